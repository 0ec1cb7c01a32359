"""What `kcs new` tells of templates, without making an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.cli.options import Format, read_day
from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from pathlib import Path

    from kcs.kb.settings.config import Config


def show_templates(
    kb: Path | None, as_of: str | None, kind: str, language: str, format: Format, extra: list[str]
) -> None:
    """The templates, or one of them: of the base if there is one, else those that ship."""
    from kcs.authoring.new import preview
    from kcs.authoring.templates import all_templates
    from kcs.render import new as render

    if extra:
        raise UsageProblem("--list and --preview make nothing", hint=f"leave out {', '.join(extra)}")
    root, config = _base_or_none(kb)
    if not kind:
        templates, problems = all_templates(root)
        (render.templates_json if format is Format.JSON else render.templates_text)(templates, problems)
        return
    day = read_day(as_of, "--as-of") or config.today()
    template, text = preview(root, config, day, kind, language)
    if format is Format.JSON:
        render.preview_json(template, text)
    else:
        print(text, end="")


def _base_or_none(kb: Path | None) -> tuple[Path | None, Config]:
    from kcs.kb.place import find_root
    from kcs.kb.settings.config import CONFIG_NAME, Config, load_config

    try:
        root = find_root(kb)
    except UsageProblem:
        if kb is not None:
            raise
        return None, Config()
    return root, load_config(root / CONFIG_NAME)
