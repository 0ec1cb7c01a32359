"""Progress of long work, on stderr: on a terminal a running count, elsewhere one plain line for a large index."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kcs.counting import counted
from kcs.streams import tell

if TYPE_CHECKING:
    from kcs.kb.articles import Article

_PATIENCE = 0.5
# Search's name for its unrequested work: from this many articles on, a second's work, it is never silent.
_UNASKED, _LARGE = "indexing", 500
# Seconds of the past that tell how quick the work is, and how many there must be.
_PAST, _ENOUGH = 30, 5


@contextmanager
def counting(
    what: str, total: int | None = None, far: Callable[[], tuple[float, int]] | None = None
) -> Iterator[Callable[[int], None]]:
    """Gives a function to be told how far the work is; at a terminal, shows nothing if it is done within half a second.

    `far`: of a file of which nobody knows how many it holds, how
    much is read, from 0 to 1, and the total once that is all.
    """
    if not sys.stderr.isatty():
        if what == _UNASKED and total and total >= _LARGE:
            tell(f"kcs: {what} {counted(total, 'article')}")
        yield lambda _: None
        return
    begun = shown = time.monotonic()
    pace = Pace()

    def tick(number: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - begun > _PATIENCE and now - shown > 0.1:
            shown = now
            of = f" of {total:,}" if total else pace.words(number, *far(), now) if far else ""
            print(f"\r{what}: {number:,}{of}\033[K", end="", file=sys.stderr, flush=True)

    try:
        yield tick
    finally:
        if shown > begun:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def along(what: str, articles: Sequence[Article]) -> Iterator[Article]:
    """These, one by one, counted as they go."""
    with counting(what, len(articles)) as tick:
        for number, one in enumerate(articles, 1):
            yield one
            tick(number)


class Pace:
    """How long work on a file still takes, by what was done in the last half minute: its stretches are not alike."""

    def __init__(self) -> None:
        self._past: deque[tuple[float, float]] = deque()
        self._is_read = False

    def words(self, number: int, part: float, total: int, now: float) -> str:
        """`, 34% read, 5 min left`; when all is read, of how many the number is. `now`: seconds."""
        is_read = part >= 1 and total > 0
        if is_read and not self._is_read:
            self._past.clear()
        self._is_read = is_read
        if is_read:
            return f" of {total:,}{self._left(number / total, now)}"
        return f", {part * 100:.0f}% read{self._left(part, now)}"

    def _left(self, part: float, now: float) -> str:
        past = self._past
        if not past or now - past[-1][0] >= 1:
            past.append((now, part))
        while len(past) > 1 and now - past[1][0] > _PAST:
            past.popleft()
        before, done = past[0]
        if now - before < _ENOUGH or part <= done:
            return ""
        left = (1 - part) * (now - before) / (part - done)
        return f", {f'{left / 60:.0f} min' if left > 90 else f'{left:.0f} s'} left"
