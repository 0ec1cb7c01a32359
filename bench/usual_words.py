"""Titles of a base with a word put as people say it for short
(kcs.search.analysis.usual): are they still found and answered?

    python -m bench.usual_words BASE

A title with *password* is asked as it stands and with *pw* for it, with the usual synonyms and without; up to
twelve titles a word, by seed. Prints for each table of words MRR@10 of the title's own article, and the share
that is called answered.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from kcs.article.letters import normal
from kcs.search.analysis import query, usual

if TYPE_CHECKING:
    from kcs.search.searcher import Searcher

_MOST, _LONGEST, _SHOWN = 12, 120, 10
_TABLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "anywhere": usual.ANYWHERE,
    "Vietnamese": usual.VIETNAMESE,
    "Thai": usual.THAI,
    "Arabic": usual.ARABIC,
}


class Case(NamedTuple):
    """A title, and the same with a name for one of its words."""

    table: str
    name: str
    path: str
    typed: str
    short: str


class Found(NamedTuple):
    """1 divided by the place of the right article (0: not among ten), and whether any article answers."""

    reciprocal: float
    answered: bool


def main() -> int:
    """Ask all, print the means."""
    from kcs.kb.base import KnowledgeBase
    from kcs.search.searcher import Searcher

    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    kb = KnowledgeBase.open(Path(sys.argv[1]))
    chosen = _chosen([(one.path, normal(one.title)) for one in kb.articles if one.title])
    searcher = Searcher.open(kb)
    typed = _asked(searcher, chosen, [one.typed for one in chosen])
    now = _asked(searcher, chosen, [one.short for one in chosen])
    query.usual = lambda *_: {}  # type: ignore[attr-defined]
    without = _asked(searcher, chosen, [one.short for one in chosen])
    searcher.close()
    print("| words | titles | as typed | for short, without | for short, with |")
    for table in _TABLES:
        mine = [nth for nth, one in enumerate(chosen) if one.table == table]
        if mine:
            cells = (_mean([some[nth] for nth in mine]) for some in (typed, without, now))
            print(f"| {table} | {len(mine)} | {' | '.join(cells)} |")
    return 0


def _mean(found: Sequence[Found]) -> str:
    return f"{fmean(one.reciprocal for one in found):.3f}, {fmean(one.answered for one in found):.2f}"


def _chosen(titles: Sequence[tuple[str, str]]) -> list[Case]:
    by_name = defaultdict[tuple[str, str], list[Case]](list)
    for path, title in titles:
        for case in _cases(path, title) if len(title) <= _LONGEST else ():
            by_name[case.table, case.name].append(case)
    draw = random.Random(1)
    return [one for some in by_name.values() for one in draw.sample(some, min(len(some), _MOST))]


def _cases(path: str, title: str) -> Iterator[Case]:
    for table, words in _TABLES.items():
        if table == "Vietnamese" and title.isascii():
            continue
        for name, others in words.items():
            for other in others:
                short = _instead(title, normal(other), normal(name))
                if short and normal(name) not in title and name not in others:
                    yield Case(table, name, path, title, short)


def _instead(title: str, word: str, name: str) -> str:
    thai = "\u0e00" < word[0] < "\u0e7f"
    pattern = re.escape(word) if thai else rf"(?<!\w){re.escape(word)}(?!\w)"
    changed = re.sub(pattern, lambda _: name, title, count=1)
    return changed if changed != title else ""


def _asked(searcher: Searcher, cases: Sequence[Case], questions: Sequence[str]) -> list[Found]:
    from kcs.search.analysis.match import FLOOR

    found = []
    for case, words in zip(cases, questions, strict=True):
        hits = searcher.best(query.ask(words, searcher.vocabulary), _SHOWN).hits
        place = next((nth for nth, hit in enumerate(hits, 1) if hit.path == case.path), 0)
        found.append(Found(1 / place if place else 0.0, any(hit.match >= FLOOR for hit in hits)))
    return found


if __name__ == "__main__":
    sys.exit(main())
