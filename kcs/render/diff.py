"""A diff for eyes: lines in colour, and within a changed line the words that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kcs.render.terminal import console, safe

if TYPE_CHECKING:
    from rich.text import Text

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Beyond this, two lines have so little in common that marking words says nothing.
_ALIKE = 0.5


def diff_for_eyes(lines: Sequence[str]) -> None:
    """Print a unified diff (without its two header lines) in colour."""
    shown = console()
    for line in coloured(lines):
        shown.print(line, soft_wrap=True)


def coloured(lines: Sequence[str]) -> Iterator[Text]:
    """The lines with their styles; runs of removed and added lines of the same length are compared word by word."""
    from rich.text import Text

    place = 0
    while place < len(lines):
        removed = _run(lines, place, "-")
        added = _run(lines, place + len(removed), "+")
        if not removed and not added:
            style = "cyan" if lines[place].startswith("@@") else "dim"
            yield Text(safe(lines[place]), style)
            place += 1
            continue
        pairs = _paired(removed, added)
        yield from (pair[0] for pair in pairs)
        yield from (pair[1] for pair in pairs)
        if not pairs:
            yield from (Text(safe(line), "red") for line in removed)
            yield from (Text(safe(line), "green") for line in added)
        place += len(removed) + len(added)


def _run(lines: Sequence[str], start: int, sign: str) -> list[str]:
    end = start
    while end < len(lines) and lines[end].startswith(sign):
        end += 1
    return list(lines[start:end])


def _paired(removed: Sequence[str], added: Sequence[str]) -> list[tuple[Text, Text]]:
    if len(removed) != len(added):
        return []
    return [_words(old, new) for old, new in zip(removed, added, strict=True)]


def _words(old: str, new: str) -> tuple[Text, Text]:
    from difflib import SequenceMatcher

    from rich.text import Text

    before, after = Text(safe(old), "red"), Text(safe(new), "green")
    left, right = _WORD.findall(before.plain[1:]), _WORD.findall(after.plain[1:])
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return before, after
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            _mark(before, left, a, b, "bold red reverse")
            _mark(after, right, c, d, "bold green reverse")
    return before, after


def _mark(line: Text, words: Sequence[str], first: int, last: int, style: str) -> None:
    start = 1 + sum(map(len, words[:first]))
    line.stylize(style, start, start + sum(map(len, words[first:last])))
