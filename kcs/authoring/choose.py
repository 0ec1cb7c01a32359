"""Which base kcs works on when called from anywhere: one line in the user's own settings."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from kcs.errors import ConfigProblem, UsageProblem
from kcs.kb.files import read_ours, write_file
from kcs.kb.place import Why, find_root, from_home, locate, settings_file, user_settings
from kcs.kb.settings.config import parse_toml
from kcs.kb.settings.toml_lines import quoted

_LINE = re.compile(r"""[ \t]*(?:kb|"kb"|'kb')[ \t]*=.*""")
_TABLE = re.compile(r"[ \t]*\[")


@dataclass(frozen=True, slots=True)
class Choice:
    """The base that counts here and why; `chosen` is what the settings name, empty for none. `root` None: no base."""

    root: Path | None
    why: Why | None
    chosen: str
    settings: Path


def in_use() -> Choice:
    """What a command called here without --kb would work on. UsageProblem if it would find nothing."""
    root, why = locate(None)
    return Choice(root, why, _chosen(), settings_file())


def choose(path: Path) -> Choice:
    """Write the base at `path` into the settings."""
    root = find_root(from_home(path)).absolute()
    _rewrite(_plain(root))
    return _now()


def clear() -> Choice:
    """Remove the choice from the settings, if there is one."""
    _rewrite(None)
    return _now()


def _now() -> Choice:
    try:
        return in_use()
    except UsageProblem:
        return Choice(None, None, _chosen(), settings_file())


def _chosen() -> str:
    named = user_settings().get("kb")
    return named if isinstance(named, str) else ""


def _plain(root: Path) -> str:
    try:
        str(root).encode()
    except UnicodeEncodeError:
        raise UsageProblem(
            f"{str(root)!r} has bytes in its name that are not UTF-8, which the settings cannot hold",
            hint="rename the folder",
        ) from None
    # As reached, not resolved: a link in a home folder may later point elsewhere on purpose.
    return os.path.normpath(root)


def _rewrite(kb: str | None) -> None:
    file = settings_file()
    raw = read_ours(file) if file.exists() else b""
    text, old = parse_toml(raw, str(file))
    if kb is None and "kb" not in old:
        return
    new = edited(text, kb)
    wanted = {key: value for key, value in old.items() if key != "kb"} | (
        {"kb": kb} if kb is not None else {}
    )
    try:
        holds = parse_toml(new.encode(), str(file))[1] == wanted
    except ConfigProblem:
        holds = False
    if not holds:
        raise ConfigProblem(
            "kb cannot be changed in that file safely", path=str(file), hint="change that line by hand"
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigProblem(f"cannot be made: {error.strerror}", path=str(file.parent)) from error
    write_file(file, (b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b"") + new.encode())


def edited(text: str, kb: str | None) -> str:
    """The settings with `kb` at this value, or without it; all other lines stay."""
    lines = text.splitlines(keepends=True)
    newline = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    top = next((number for number, line in enumerate(lines) if _TABLE.match(line)), len(lines))
    own = [number for number in range(top) if _LINE.match(lines[number])]
    for number in reversed(own):
        del lines[number]
    if kb is not None:
        place = own[0] if own else 0
        lines.insert(place, f"kb = {quoted(kb)}{newline}")
    return "".join(lines)
