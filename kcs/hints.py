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
    """The hint with `--kb FOLDER` behind each command in it that needs it."""
    if not _base or "kcs " not in hint:
        return hint
    from shlex import quote

    names = "|".join(map(re.escape, _commands))
    option = f" --kb {quote(_base)}"
    return re.sub(rf"(?<![\w./-])kcs (?:{names})(?![\w-])(?! --kb )", lambda found: found[0] + option, hint)
