"""likeness.py BASE: how many of the pairs of articles that are alike the sketches find, against all pairs compared.

Also what it costs: sketching every text, finding candidates, and both for all pairs.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import given
from kcs.article.states import ARCHIVED
from kcs.audit.alike import LEAST, candidates
from kcs.audit.sketches import phrases, sketch
from kcs.kb.base import KnowledgeBase


def main(base: Path) -> None:
    """One line for each share of phrases."""
    kb = KnowledgeBase.open(base)
    articles = [one for one in kb.articles if not one.unreadable and one.confidence != ARCHIVED]
    texts = [f"{one.title}\n{kb.read(one).body}" for one in articles]
    started = time.process_time()
    sets = [phrases(text) for text in texts]
    sketches = [sketch(one) for one in sets]
    sketched = time.process_time() - started
    started = time.process_time()
    found = set(candidates(sketches))
    searched = time.process_time() - started
    started = time.process_time()
    truth = _all_pairs(sets)
    compared = time.process_time() - started
    print(
        f"{len(articles)} articles: {sketched:.2f} s to sketch, {searched:.2f} s for {len(found)} candidates"
    )
    print(f"all pairs compared: {compared:.2f} s")
    for percent in (LEAST, 60, 70, 80, 90):
        wanted = {pair for pair, share in truth.items() if share >= percent}
        if wanted:
            hits = len(wanted & found)
            print(
                f"at least {percent}% alike: {hits} of {len(wanted)} pairs found, {100 * hits / len(wanted):.1f}%"
            )


def _all_pairs(sets: list[frozenset[int]]) -> dict[tuple[int, int], float]:
    """The share of phrases of every pair that shares any, in percent."""
    holders: dict[int, list[int]] = {}
    for place, one in enumerate(sets):
        for number in one:
            holders.setdefault(number, []).append(place)
    together: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        together.update((first, second) for at, first in enumerate(places) for second in places[at + 1 :])
    return {(a, b): 100 * count / (len(sets[a]) + len(sets[b]) - count) for (a, b), count in together.items()}


if __name__ == "__main__":
    main(given.base(__doc__))
