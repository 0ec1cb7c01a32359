"""Commands that hints name: where `--kb` was given and matters they say it too, so that they work as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable

_base = ""
_commands: tuple[str, ...] = ()


def name_base(folder: str, commands: Iterable[str]) -> None:
    """From now on the `commands` of hints get `--kb folder`; an empty folder ends that."""
    global _base, _commands
    _base, _commands = folder, tuple(commands)


def with_base(hint: str) -> str:
    """The hint with `--kb FOLDER` behind each command in it that needs it; what stands in quotes is somebody's own words."""
    if not _base or "kcs " not in hint:
        return hint
    from shlex import quote

    names = "|".join(map(re.escape, _commands))
    option = f" --kb {quote(_base)}"
    # A quote in a shell's quotes is written '"'"'; an apostrophe stands behind a letter.
    quoted = r"(?<!\w)'[^'\n]*'|\"[^\"\n]*\""
    command = rf"(?<![\w./-])kcs (?:{names})(?![\w-])(?! --kb )"
    return re.sub(rf"{quoted}|({command})", lambda found: found[0] + (option if found[1] else ""), hint)
