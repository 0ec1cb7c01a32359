"""What a command may import: start-up time is a feature, and one careless import costs more than all of ours."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import kcs
from tests.conftest import JD, Base, identity

DENIED = {
    "pydantic", "git", "rich", "whoosh", "jinja2", "markdown_it", "frontmatter", "yaml", "numpy", "platformdirs",
    "subprocess", "tempfile", "difflib", "tomllib", "zoneinfo", "asyncio", "http", "email", "urllib.request",
}  # fmt: skip
# Typer's own needs, of which we are no judge, are measured and taken off.
DUMP = "import sys; {}; print('\\n' + '\\n'.join(sys.modules))"
VERSION = {
    "kcs",
    "kcs.errors",
    "kcs.streams",
    "kcs.cli",
    "kcs.cli.commands",
    "kcs.cli.group",
    "kcs.cli.main",
    "kcs.tuples",
}
LIST = VERSION | {
    "kcs.digest", "kcs.hints", "kcs.patterns",
    "kcs.article", "kcs.article.days", "kcs.article.states", "kcs.article.trust",
    "kcs.cli.filters", "kcs.cli.list_articles", "kcs.cli.options",
    "kcs.kb", "kcs.kb.articles", "kcs.kb.base", "kcs.kb.catalogue", "kcs.kb.contents", "kcs.kb.files", "kcs.kb.globs",
    "kcs.kb.known_standings", "kcs.kb.moves", "kcs.kb.place", "kcs.kb.records", "kcs.kb.select", "kcs.kb.source",
    "kcs.kb.state", "kcs.kb.walk",
    "kcs.kb.git", "kcs.kb.git.folder", "kcs.kb.git.repository", "kcs.kb.git.run",
    "kcs.kb.kept", "kcs.kb.kept.cache", "kcs.kb.kept.oids", "kcs.kb.kept.rows", "kcs.kb.kept.shelf",
    "kcs.kb.kept.standings",
    "kcs.kb.settings", "kcs.kb.settings.config", "kcs.kb.settings.kept", "kcs.kb.settings.named", "kcs.kb.settings.policy", "kcs.kb.settings.team",
    "kcs.render", "kcs.render.listing", "kcs.render.terminal",
}  # fmt: skip
# Beside the rooms of search itself, of which those stay out that only some queries need.
SEARCH = LIST - {"kcs.cli.filters", "kcs.cli.list_articles", "kcs.kb.select", "kcs.render.listing"} | {
    "kcs.article.blocks", "kcs.article.body", "kcs.article.containers",
    "kcs.article.front_matter", "kcs.article.headings", "kcs.article.ids", "kcs.article.inline", "kcs.article.leaves", "kcs.article.letters",
    "kcs.article.lines", "kcs.article.plain_words", "kcs.article.slugs", "kcs.article.spans", "kcs.article.stamps", "kcs.article.tags", "kcs.patterns",
    "kcs.cli.search", "kcs.faces", "kcs.kb.ledger", "kcs.kb.ledger_lines", "kcs.kb.keys", "kcs.kb.offsets", "kcs.kb.recent",
    "kcs.render.ansi", "kcs.render.reasons", "kcs.render.search", "kcs.render.trust",
}  # fmt: skip
NOT_TO_SEARCH = {
    "kcs.search.index_update", "kcs.search.requiring", "kcs.search.phrases", "kcs.search.forward", "kcs.search.pins", "kcs.search.translations",
    "kcs.search.changed", "kcs.search.index_keys", "kcs.search.many", "kcs.search.near",
}  # fmt: skip
# Beside the rooms of articles, of the audit and of personal data.
HOOK = LIST - {"kcs.cli.filters", "kcs.cli.list_articles", "kcs.kb.select", "kcs.render.listing"} | {
    "kcs.authoring", "kcs.authoring.standard", "kcs.authoring.templates", "kcs.cli.check", "kcs.counting", "kcs.faces", "kcs.foreign",
    "kcs.kb.commit_tree", "kcs.kb.fields", "kcs.kb.fingerprints", "kcs.kb.git.index", "kcs.kb.kept.by_path", "kcs.kb.opening",
    "kcs.kb.past", "kcs.kb.past.references", "kcs.kb.past.versions", "kcs.kb.staged", "kcs.kb.values",
    "kcs.render.findings", "kcs.render.findings.text",
}  # fmt: skip


def test_typer_gets_types_and_no_text_to_compile() -> None:
    for file in sorted((Path(kcs.__file__).parent / "cli").glob("*.py")):
        text = file.read_text()
        assert "app.command(" not in text or "from __future__ import annotations" not in text, file.name


def modules(code: str, env: Mapping[str, str], cwd: Path) -> set[str]:
    """All that is loaded when the code has run."""
    done = subprocess.run(
        [sys.executable, "-c", DUMP.format(code)], env=dict(env), cwd=cwd, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return (
        set(done.stdout.rpartition("\n\n")[2].splitlines())
        if "\n\n" in done.stdout
        else set(done.stdout.splitlines())
    )


def of_command(arguments: list[str], env: Mapping[str, str], cwd: Path) -> set[str]:
    """What the real entry point loads, beyond an empty Typer program."""
    command = (
        f"sys.argv = ['kcs', *{arguments!r}]\ntry:\n    from kcs.cli.main import main\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\nfinally:\n    pass\npass"
    )
    empty = (
        "import typer; app = typer.Typer(); app.command()(lambda: None); app(args=[], standalone_mode=False)"
    )
    return modules(command, env, cwd) - modules(empty, env, cwd)


def test_version(kcs_env: dict[str, str], tmp_path: Path) -> None:
    loaded = of_command(["--version"], kcs_env, tmp_path)
    assert {one for one in loaded if one.startswith("kcs")} == VERSION
    assert not loaded & DENIED


@pytest.mark.parametrize("which", ["native", "adopted"])
def test_second_list_in_a_pipe(which: str, request: pytest.FixtureRequest) -> None:
    base: Base = request.getfixturevalue(which)
    env = {**base.env, **identity(JD)}
    first = of_command(["list"], env, base.root)
    assert "kcs.article.front_matter" in first, "the first run reads every file"
    loaded = of_command(["list"], env, base.root)
    assert {one for one in loaded if one.startswith("kcs")} == LIST
    assert not loaded & DENIED


@pytest.mark.parametrize("which", ["native", "adopted"])
def test_second_search_in_a_pipe(which: str, request: pytest.FixtureRequest) -> None:
    base: Base = request.getfixturevalue(which)
    env = {**base.env, **identity(JD)}
    of_command(["list"], env, base.root)
    of_command(["search", "outlook", "password", "port"], env, base.root)
    loaded = of_command(["search", "outlook", "password", "port"], env, base.root)
    ours = {one for one in loaded if one.startswith("kcs")}
    assert {one for one in ours if not one.startswith("kcs.search")} <= SEARCH
    assert not loaded & (DENIED | NOT_TO_SEARCH)


@pytest.mark.parametrize("options", [[], ["--verified"]])
def test_second_check_before_a_commit(native: Base, options: list[str]) -> None:
    """Whoever commits waits for it.
    Stamps are YAML that only the parser reads; nothing else that is slow may come along.
    """
    env, path = {**native.env, **identity(JD)}, "articles/email/outlook.md"
    of_command(["verify", path, "--quiet"], env, native.root)
    native.git("add", path)
    of_command(["check", *options], env, native.root)
    loaded = of_command(["check", *options], env, native.root)
    ours = {one for one in loaded if one.startswith("kcs")}
    rooms = ("kcs.article", "kcs.audit", "kcs.privacy")
    assert "kcs.audit.runner" in ours and {one for one in ours if not one.startswith(rooms)} <= HOOK
    assert not loaded & (DENIED - {"yaml", "frontmatter"})
