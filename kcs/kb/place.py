"""Which knowledge base a command works on: --kb, KCS_KB, the folder it is called in, or the one the user chose."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Literal

from kcs.errors import ConfigProblem, UsageProblem, nearest_hint
from kcs.kb.files import read_kept
from kcs.kb.settings.config import CONFIG_NAME, parse_toml

Why = Literal["option", "KCS_KB", "folder", "settings"]
_SETTINGS = frozenset({"commit", "kb"})


def find_root(given: Path | None) -> Path:
    """The folder that holds kcs.toml. UsageProblem, saying what to do, if there is none."""
    return locate(given)[0]


def locate(given: Path | None) -> tuple[Path, Why]:
    """The same, and what decided."""
    why: Why = "option"
    if given is None and (named := os.environ.get("KCS_KB")):
        given, why = Path(named), "KCS_KB"
    if given is not None:
        root = _upwards(given)
        if root is None:
            raise _none_at(given, why)
        return root, why
    if root := _upwards(Path.cwd()):
        return root, "folder"
    return _chosen(), "settings"


def full_path(folder: Path) -> Path:
    """The whole path. Without `..`: the folders above `kb/../other` are not those that its parts name."""
    folder = folder.absolute()
    return Path(os.path.realpath(folder)) if ".." in folder.parts else folder


def from_home(path: Path | str) -> Path:
    """With `~` as the user's home.
    Somebody's who is not known here stays as it is, as in a shell: pathlib raises RuntimeError.
    """
    return Path(os.path.expanduser(path))  # noqa: PTH111


def _upwards(folder: Path) -> Path | None:
    folder = full_path(folder)
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG_NAME).is_file():
            return candidate
    return None


def settings_file() -> Path:
    """The path of the user's own settings."""
    from kcs.kb.kept.cache import user_folder

    return user_folder("config") / "config.toml"


def user_settings() -> dict[str, object]:
    """The user's own settings (`commit`, `kb`) from config.toml; empty if there are none."""
    path = settings_file()
    try:
        raw = read_kept(path)
    except OSError:
        return {}
    found = parse_toml(raw, str(path))[1]
    if not _SETTINGS.issuperset(found):
        _name_unknown(raw, str(path))
    if not isinstance(commit := found.get("commit", False), bool):
        raise ConfigProblem(f"commit is {commit!r}, but must be true or false", path=str(path))
    return found


@cache
def _name_unknown(raw: bytes, path: str) -> None:
    """Warn on stderr, once a run. No error: the settings may be for a newer kcs."""
    from kcs.kb.settings.toml_lines import line_of
    from kcs.streams import tell

    text, found = parse_toml(raw, path)
    for name in found:
        if name not in _SETTINGS:
            hint = nearest_hint(name, sorted(_SETTINGS))
            tell(f"kcs: {path}:{line_of(text, name) or 1}: unknown key {name!r} is ignored; {hint}")


def _none_at(given: Path, why: Why) -> UsageProblem:
    from shlex import quote

    named = ", which KCS_KB names" if why == "KCS_KB" else ""
    if not given.exists():
        hint = "let it name another one, or unset it" if named else "name one that exists"
        return UsageProblem(f"there is no folder {given}{named}", hint=hint)
    return UsageProblem(
        f"no knowledge base at {given}{named}: no {CONFIG_NAME} there or in a folder above it",
        hint=f"kcs init --adopt --kb {quote(str(given))} writes one for the articles that lie there",
    )


def _chosen() -> Path:
    named = user_settings().get("kb")
    if named is None:
        raise UsageProblem(
            f"no knowledge base here: no {CONFIG_NAME} in this folder or one above it",
            hint="kcs init --adopt writes one for the articles that lie here, kcs init NAME makes a new base;"
            " --kb or KCS_KB names another folder, kcs use PATH the one for everywhere",
        )
    if not isinstance(named, str):
        raise ConfigProblem(
            f"kb is {named!r}, but must be a path", path=str(settings_file()), hint="kcs use PATH"
        )
    root = _upwards(from_home(named))
    if root is None:
        raise UsageProblem(
            f"no knowledge base here, and none at {named}, the one your settings name",
            hint="kcs use PATH names another, kcs use --clear none",
        )
    return root
