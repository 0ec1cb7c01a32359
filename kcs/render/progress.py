"""Progress of long work, on stderr and only where somebody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_PATIENCE = 0.5


@contextmanager
def counting(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Gives a function to be told how far the work is; shows nothing when it is done within half a second."""
    if not sys.stderr.isatty():
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
