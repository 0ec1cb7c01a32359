"""Many questions in one process: what each takes, what of that the engine takes, and what a script's query takes.

python bench/search_warm.py ROOT ENGINE [NUMBER [KIND FOLDER]]   prints JSON: milliseconds of CPU, at the median and at
95 of 100. KIND and FOLDER: a script of bench/search_scripts.py and where its index lies; it is asked the same words.

The engine alone gets each question when half of the others lie between, from an index opened for that: right after the
whole it would find all it needs in the processor's caches, and what it saves would count as ours.
"""

from __future__ import annotations

import gc
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
# Not the folder of this file: its modules are `bench.x`, and none may stand in for one of Python's.
sys.path[:] = [str(PROJECT), *(one for one in sys.path if Path(one or ".").resolve() != PROJECT / "bench")]

from bench.search_scripts import asker  # noqa: E402
from kcs.kb.base import KnowledgeBase  # noqa: E402
from kcs.search.analysis.query import ask  # noqa: E402
from kcs.search.searcher import DEPTH, Searcher  # noqa: E402

# Questions that only warm up.
_FIRST = 10


def main() -> None:
    """Each question as a whole, and by the engine alone."""
    gc.disable()  # as the program does
    root, engine = Path(sys.argv[1]), sys.argv[2]
    number = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    kb = KnowledgeBase.open(root)
    searcher, alone = Searcher.open(kb, engine), Searcher.open(kb, engine)
    bare = asker(*sys.argv[4:6]) if len(sys.argv) > 5 else None
    texts = questions(kb, number + _FIRST)

    def whole(text: str) -> object:
        return searcher.best(ask(text, searcher.vocabulary), 10)

    def engine_alone(text: str) -> float:
        return taken(alone._index.find, ask(text, alone.vocabulary).plan, DEPTH)

    for text in texts[:_FIRST]:
        whole(text), engine_alone(text), script(bare, text)
    texts = texts[_FIRST:]
    wholes, engines, scripts = [0.0] * number, [0.0] * number, dict[int, float]()
    for turn, text in enumerate(texts):
        other = (turn + number // 2) % number
        wholes[turn] = taken(whole, text)
        scripts.setdefault(turn, script(bare, text))
        engines[other] = engine_alone(texts[other])
        scripts.setdefault(other, script(bare, texts[other]))
    added = sorted(one - other for one, other in zip(wholes, engines, strict=True))
    wholes, engines, beside = sorted(wholes), sorted(engines), sorted(scripts.values())
    print(json.dumps({
        "p50": wholes[number // 2], "p95": wholes[number * 95 // 100],
        "engine_p50": engines[number // 2], "engine_p95": engines[number * 95 // 100],
        "script_p50": beside[number // 2], "added_p50": added[number // 2],
    }))  # fmt: skip


def questions(kb: KnowledgeBase, number: int) -> list[str]:
    """Two to five words of a title each, in any order."""
    draw = random.Random(11)
    titles = [words for article in kb.articles if len(words := article.title.split()) > 2]
    found = []
    for _ in range(number):
        words = draw.choice(titles)
        found.append(" ".join(draw.sample(words, min(len(words), draw.randint(2, 5)))))
    return found


def taken(work: Callable[..., object], *given: object) -> float:
    """Milliseconds of CPU."""
    begun = time.process_time()
    work(*given)
    return (time.process_time() - begun) * 1000


def script(bare: Callable[[list[str]], object] | None, text: str) -> float:
    """The same for the script's query; 0 without one."""
    words = [word for word in map(plain, text.split()) if word]
    return taken(bare, words) if bare else 0.0


def plain(word: str) -> str:
    """What a query language of a script's engine takes for a word."""
    return "".join(sign for sign in word if sign.isalnum())


if __name__ == "__main__":
    main()
