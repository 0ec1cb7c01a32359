"""Many questions in one process: what each takes, and what of that the engine takes.

python bench/search_warm.py ROOT ENGINE [NUMBER]   prints JSON: milliseconds of CPU, at the median and at 95 of 100.
"""

from __future__ import annotations

import gc
import json
import random
import sys
import time
from pathlib import Path

from kcs.kb.base import KnowledgeBase
from kcs.search.analysis.query import ask
from kcs.search.searcher import DEPTH, Searcher


def main() -> None:
    """Questions are two to five words of a title, in any order."""
    gc.disable()  # as the program does
    root, engine = Path(sys.argv[1]), sys.argv[2]
    number = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    kb = KnowledgeBase.open(root)
    searcher = Searcher.open(kb, engine)
    draw = random.Random(11)
    titles = [words for article in kb.articles if len(words := article.title.split()) > 2]
    whole, alone = [], []
    for turn in range(number + 10):
        words = draw.choice(titles)
        text = " ".join(draw.sample(words, min(len(words), draw.randint(2, 5))))
        begun = time.process_time()
        question = ask(text, searcher.vocabulary)
        searcher.best(question, 10)
        middle = time.process_time()
        searcher._index.find(question.plan, DEPTH)
        if turn >= 10:
            whole.append((middle - begun) * 1000)
            alone.append((time.process_time() - middle) * 1000)
    whole.sort()
    alone.sort()
    print(json.dumps({
        "p50": whole[number // 2], "p95": whole[number * 95 // 100],
        "engine_p50": alone[number // 2], "engine_p95": alone[number * 95 // 100],
    }))  # fmt: skip


if __name__ == "__main__":
    main()
