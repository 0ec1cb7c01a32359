"""Commands that hints name: where `--kb` was given and matters they say it too, so that they work as they are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_base = ""
_commands: tuple[str, ...] = ()
_needed: Callable[[], bool] | None = None


def name_base(folder: str, commands: Iterable[str], needed: Callable[[], bool] | None = None) -> None:
    """From now on the `commands` of hints get `--kb folder`; an empty folder ends that.

    `needed` tells whether it matters, asked at the first hint: most runs have none.
    """
    global _base, _commands, _needed
    _base, _commands, _needed = folder, tuple(commands), needed


def with_base(hint: str) -> str:
    """The hint with `--kb FOLDER` behind each command in it that
    needs it; what stands in quotes is somebody's own words.
    """
    global _base, _needed
    if not _base or "kcs " not in hint:
        return hint
    if _needed is not None:
        _base, _needed = _base if _needed() else "", None
        return with_base(hint)
    from shlex import quote

    names = "|".join(map(re.escape, _commands))
    option = f" --kb {quote(_base)}"
    # A quote in a shell's quotes is written '"'"'; an apostrophe stands behind a letter.
    quoted = r"(?<!\w)'[^'\n]*'|\"[^\"\n]*\""
    command = rf"(?<![\w./-])kcs (?:{names})(?![\w-])(?! --kb )"
    return re.sub(rf"{quoted}|({command})", lambda found: found[0] + (option if found[1] else ""), hint)
