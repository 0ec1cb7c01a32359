"""Picking a hit with the arrow keys."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from kcs.render.ansi import painted, width
from kcs.render.keys import keys
from kcs.render.search import block
from kcs.render.terminal import safe
from kcs.search.borders import cells

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.search.answer import Answer, Hit

_UP = ("\x1b[A", "\x1bOA", "k", "\xe0H", "\x00H", "\x10")
_DOWN = ("\x1b[B", "\x1bOB", "j", "\xe0P", "\x00P", "\x0e", "\t")
_TAKE = ("\r", "\n")
_LEAVE = ("\x1b", "q", "\x04")
_CODE = re.compile(r"\x1b\[[0-9;]*m")
_HELP = "arrows choose · Enter shows it · q leaves"


def pick(kb: KnowledgeBase, answer: Answer) -> Hit | None:
    """The hit that the user takes; None if they leave. Ctrl-C interrupts as everywhere."""
    at, drawn = 0, list[str]()
    with keys() as typed:
        try:
            while True:
                lines = _drawn(kb, answer, at)
                _draw(lines, drawn)
                drawn = lines
                key = next(typed, _LEAVE[0])
                if key in _TAKE:
                    return answer.hits[at]
                if key in _LEAVE:
                    return None
                at = _moved(key, at, len(answer.hits))
        finally:
            _draw([], drawn)


def _moved(key: str, at: int, count: int) -> int:
    if key in _UP:
        return (at - 1) % count
    if key in _DOWN:
        return (at + 1) % count
    return int(key) - 1 if key.isdecimal() and 1 <= int(key) <= count else at


def _drawn(kb: KnowledgeBase, answer: Answer, at: int) -> list[str]:
    """A line per hit, and everything about the current one; as much around that as the terminal has room for."""
    before, chosen, after = list[str](), list[str](), list[str]()
    for number, hit in enumerate(answer.hits, 1):
        if number - 1 == at:
            chosen = [*block(kb, number, hit)]
            continue
        title = " ".join((hit.article.title or hit.article.path).split())
        (after if chosen else before).append(painted(_short(f"{number:>2}  {safe(title)}", width()), "dim"))
    columns, rows = _size()
    help_line = painted(_short(_HELP, columns), "dim")
    # The cursor is in a row of its own below.
    room = rows - 1 - _rows([help_line], columns)
    while chosen[1:] and _rows(chosen, columns) > room:
        chosen.pop()
    while (before or after) and _rows([*before, *chosen, *after], columns) > room:
        if len(before) > len(after):
            before.pop(0)
        else:
            after.pop()
    return [*before, *chosen, *after, help_line]


def _short(text: str, columns: int) -> str:
    if cells(text) < columns:
        return text
    used = accumulate(map(cells, text))
    kept = sum(1 for _ in takewhile(lambda one: one <= columns - 2, used))
    return text[:kept] + "…"


def _size() -> tuple[int, int]:
    """The terminal's present columns and rows."""
    try:
        size = os.get_terminal_size(1)
    except OSError:
        return 80, 24
    return size.columns or 80, size.lines or 24


def _rows(lines: Sequence[str], columns: int) -> int:
    """How many rows they take, those that are wider than the terminal more than one."""
    return sum(max(1, -(-cells(_CODE.sub("", line)) // columns)) for line in lines)


def _draw(lines: Sequence[str], over: Sequence[str]) -> None:
    """Redraw in place; the old drawing takes more rows if the terminal became narrower."""
    if over:
        sys.stdout.write(f"\x1b[{_rows(over, _size()[0])}A\r\x1b[J")
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
