"""citations.py BASE: how long counting the citations of a real base takes."""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import given
from kcs.article.days import Interval
from kcs.insight.queue import citations, queue
from kcs.kb.base import KnowledgeBase

LIMIT = 0.3


def main(folder: Path) -> int:
    """Print both times; 1 where counting takes longer than LIMIT."""
    kb = KnowledgeBase.open(folder)
    assert kb.articles and kb.links and kb.verdicts
    start = time.perf_counter()
    found = citations(kb)
    counted = time.perf_counter() - start
    start = time.perf_counter()
    waiting = queue(kb, kb.articles, Interval(days=14))
    print(f"{len(kb.articles)} articles, {sum(found.values())} citations: {counted:.3f} s")
    print(f"the queue of {len(waiting)}: {time.perf_counter() - start:.3f} s")
    return 0 if counted < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(given.base(__doc__)))
