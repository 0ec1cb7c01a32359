"""One run of `kcs gaps` over a file of tickets, as bench/coverage_scale.py measures it: prints JSON.

python -m bench.coverage_step BASE TICKETS ENGINE
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kcs.coverage.export import Export
from kcs.coverage.gaps import Wish, find_gaps
from kcs.kb.base import KnowledgeBase

# Seconds between two lines of progress.
_EVERY = 10


class Watch:
    """CPU of each stretch of work in seconds, child processes included, by what is counted meanwhile."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = {}
        self._said = time.monotonic()

    @contextmanager
    def counting(self, what: str, *_: object) -> Iterator[Callable[[int], None]]:
        """As kcs.render.progress.counting."""
        begin = used()
        yield lambda number: self._say(what, number)
        self.taken[what] = self.taken.get(what, 0.0) + used() - begin

    def _say(self, what: str, number: int) -> None:
        if time.monotonic() > self._said + _EVERY:
            self._said = time.monotonic()
            print(f"{what}: {number:,}", file=sys.stderr, flush=True)


def used() -> float:
    """Seconds of user and system CPU, of child processes that have ended too."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def main() -> None:
    """Judge and group."""
    begin, watch = time.monotonic(), Watch()
    kb = KnowledgeBase.open(Path(sys.argv[1]))
    wish = Wish(Export(Path(sys.argv[2])), engine=sys.argv[3])
    found = find_gaps(kb, wish, watch.counting).tickets
    if found is None:
        raise RuntimeError("no ticket was read")
    topics = [(one.count, one.cost, one.words, one.examples, one.nearest, one.match) for one in found.topics]
    print(json.dumps({
        "judged": found.judged, "verdicts": dict(found.verdicts), "topics": len(found.topics),
        "judging": watch.taken["tickets judged"], "grouping": watch.taken["tickets grouped"],
        "seconds": time.monotonic() - begin,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "all": repr(topics),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
