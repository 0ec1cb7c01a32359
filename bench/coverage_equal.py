"""Whether tickets judged together get the verdicts that search gives each alone: prints JSON.

python -m bench.coverage_equal BASE TICKETS ENGINE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kcs.coverage.asked import asked
from kcs.coverage.judging import Judge, Nearest
from kcs.coverage.tickets import open_tickets
from kcs.kb.base import KnowledgeBase
from kcs.search import FLOOR, Searcher, ask
from kcs.search.analysis.question import Question
from kcs.search.pasted import EACH, read
from kcs.search.searcher import Ranked, Ranking


class Plain(Judge):
    """Judges by search's own answer to one question after the other; nothing is remembered."""

    def __init__(self, kb: KnowledgeBase, searcher: Searcher, floor: float) -> None:
        super().__init__(kb, searcher, floor)
        self._searcher, self._synonyms = searcher, kb.config.synonyms
        self._seen = {one.path for one in kb.articles if one.confidence != "archived"}

    def _question(self, words: str) -> Question:
        return ask(words, self._searcher.vocabulary, self._synonyms)

    def _best(self, question: Question, most: int) -> Ranked:
        return self._searcher.best(question, most, self._seen)

    def _glance(self, question: Question) -> float:
        return self._searcher.glance(question, self._seen)

    def _remembered(self, words: str) -> Nearest:
        return _nearest(self._best(self._question(words), 3).hits)

    def _read(self, text: str) -> Nearest:
        found = read(text, self._question, self._best, self._glance, EACH).answers
        return _nearest([one.hit for one in found[:3]])


def _nearest(hits: list[Ranking]) -> Nearest:
    if not hits:
        return Nearest("", 0.0)
    return Nearest(hits[0].path, round(hits[0].match, 3), tuple(one.path for one in hits[1:]))


def main() -> None:
    """Judge each ticket twice, and count what differs."""
    kb = KnowledgeBase.open(Path(sys.argv[1]))
    searcher = Searcher.open(kb, sys.argv[3])
    floor = float(kb.config.search.get("floor", FLOOR))
    quick, plain = Judge(kb, searcher, floor), Plain(kb, searcher, floor)
    tickets = verdicts = nearest = 0
    for ticket in open_tickets(Path(sys.argv[2]), {}, order="", encoding="", zone=kb.config.timezone):
        said = asked(ticket)
        one, other = quick.judge(ticket, said), plain.judge(ticket, said)
        tickets, verdicts, nearest = (
            tickets + 1,
            verdicts + (one.verdict != other.verdict),
            nearest + (one != other),
        )
    print(json.dumps({"tickets": tickets, "verdicts": verdicts, "nearest": nearest}))


if __name__ == "__main__":
    main()
