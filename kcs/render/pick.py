"""Picking a hit with the arrow keys."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kcs.render.ansi import painted, width
from kcs.render.keys import keys
from kcs.render.search import block
from kcs.render.terminal import safe

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.search.answer import Answer, Hit

_UP = ("\x1b[A", "\x1bOA", "k", "\xe0H", "\x00H", "\x10")
_DOWN = ("\x1b[B", "\x1bOB", "j", "\xe0P", "\x00P", "\x0e", "\t")
_TAKE = ("\r", "\n")
_LEAVE = ("\x1b", "q", "\x04")
_HELP = "arrows choose · Enter shows it · q leaves"


def pick(kb: KnowledgeBase, answer: Answer) -> Hit | None:
    """The hit that the user takes; None where they leave. Ctrl-C interrupts as everywhere."""
    at, drawn = 0, 0
    with keys() as typed:
        try:
            while True:
                lines = _drawn(kb, answer, at)
                _draw(lines, drawn)
                drawn = len(lines)
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
    """A line a hit, and all that is known of the one in question."""
    lines: list[str] = []
    for number, hit in enumerate(answer.hits, 1):
        title = hit.article.title or hit.article.path
        if number - 1 == at:
            lines += block(kb, number, hit)
        else:
            lines.append(painted(_short(f"{number:>2}  {safe(title)}", width()), "dim"))
    return [*lines, painted(_HELP, "dim")]


def _short(text: str, columns: int) -> str:
    from kcs.search.borders import cells

    while cells(text) > columns - 1:
        text = text[: -2 if not text.endswith("…") else -3] + "…"
    return text


def _draw(lines: list[str], over: int) -> None:
    """Draw in place of the `over` lines that were drawn before."""
    if over:
        sys.stdout.write(f"\x1b[{over}A\r\x1b[J")
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
