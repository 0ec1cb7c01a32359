"""citations.py BASE: what counting the citations of a real base costs, in seconds of CPU.

The first count may have to read every text for its links; the second has what the first kept.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import given
from kcs.article.days import Interval
from kcs.insight.queue import citations, queue
from kcs.kb.base import KnowledgeBase

# Seconds of a second count, at the most.
LIMIT = 0.3


def main(folder: Path) -> int:
    """Print the times; 1 where the second count takes longer than LIMIT."""
    taken = 0.0
    for turn in ("first", "again"):
        kb = KnowledgeBase.open(folder)
        assert kb.articles and kb.links and kb.verdicts
        start = time.process_time()
        found = citations(kb)
        taken = time.process_time() - start
        print(f"{turn}: {len(kb.articles)} articles, {sum(found.values())} citations: {taken:.3f} s")
    start = time.process_time()
    waiting = queue(kb, kb.articles, Interval(days=14))
    print(f"the queue of {len(waiting)}: {time.process_time() - start:.3f} s")
    return 0 if taken < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(given.base(__doc__)))
