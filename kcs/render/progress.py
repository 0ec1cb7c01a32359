"""Progress of long work, on stderr: on a terminal a running count, elsewhere one plain line for a large index."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kcs.counting import counted
from kcs.streams import tell

_PATIENCE = 0.5
# Search's name for its unrequested work: from this many articles on, a second's work, it is never silent.
_UNASKED, _LARGE = "indexing", 500


@contextmanager
def counting(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Gives a function to be told how far the work is; at a terminal, shows nothing if it is done within half a second."""
    if not sys.stderr.isatty():
        if what == _UNASKED and total and total >= _LARGE:
            tell(f"kcs: {what} {counted(total, 'article')}")
        yield lambda _: None
        return
    begun = shown = time.monotonic()

    def tick(number: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - begun > _PATIENCE and now - shown > 0.1:
            shown = now
            of = f" of {total:,}" if total else ""
            print(f"\r{what}: {number:,}{of}", end="", file=sys.stderr, flush=True)

    try:
        yield tick
    finally:
        if shown > begun:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
