"""Many questions in one process: what each takes, what of that the engine takes, and what a script's query takes.

python bench/search_warm.py ROOT ENGINE [NUMBER [KIND FOLDER]]   prints JSON: milliseconds of CPU, at the median and at
95 of 100. KIND and FOLDER: a script of bench/search_scripts.py and where its index lies; it is asked the same words.
"""

from __future__ import annotations

import gc
import json
import random
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
# Not the folder of this file: its modules are `bench.x`, and none may stand in for one of Python's.
sys.path[:] = [str(PROJECT), *(one for one in sys.path if Path(one or ".").resolve() != PROJECT / "bench")]

from bench.search_scripts import asker  # noqa: E402
from kcs.kb.base import KnowledgeBase  # noqa: E402
from kcs.search.analysis.query import ask  # noqa: E402
from kcs.search.searcher import DEPTH, Searcher  # noqa: E402


def main() -> None:
    """Questions are two to five words of a title, in any order."""
    gc.disable()  # as the program does
    root, engine = Path(sys.argv[1]), sys.argv[2]
    number = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    kb = KnowledgeBase.open(root)
    searcher = Searcher.open(kb, engine)
    draw = random.Random(11)
    titles = [words for article in kb.articles if len(words := article.title.split()) > 2]
    bare = asker(*sys.argv[4:6]) if len(sys.argv) > 5 else None
    whole, alone, beside, added = [], [], [], []
    for turn in range(number + 10):
        words = draw.choice(titles)
        text = " ".join(draw.sample(words, min(len(words), draw.randint(2, 5))))
        begun = time.process_time()
        question = ask(text, searcher.vocabulary)
        searcher.best(question, 10)
        middle = time.process_time()
        searcher._index.find(question.plan, DEPTH)
        end = time.process_time()
        if bare:
            bare([word for word in map(plain, text.split()) if word])
        if turn >= 10:
            whole.append((middle - begun) * 1000)
            alone.append((end - middle) * 1000)
            added.append(whole[-1] - alone[-1])
            beside.append((time.process_time() - end) * 1000)
    for one in (whole, alone, beside, added):
        one.sort()
    print(json.dumps({
        "p50": whole[number // 2], "p95": whole[number * 95 // 100],
        "engine_p50": alone[number // 2], "engine_p95": alone[number * 95 // 100],
        "script_p50": beside[number // 2], "added_p50": added[number // 2],
    }))  # fmt: skip


def plain(word: str) -> str:
    """What a query language of a script's engine takes for a word."""
    return "".join(sign for sign in word if sign.isalnum())


if __name__ == "__main__":
    main()
