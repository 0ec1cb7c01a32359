"""Thousands of questions to one base in one process: the results of `Searcher.best`, at a tenth of the cost.

The results are exact: words, counts and records are kept for the next question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kcs.search.counted_records import CountedRecords
from kcs.search.searcher import DEPTH, Ranked, Ranking, Searcher, in_order
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.search.analysis.question import Question
    from kcs.search.analysis.vocabulary import Vocabulary
    from kcs.search.index import Index
    from kcs.search.model import Plan, Record

# Questions after which holding the vocabulary, and then all records, in memory pays.
_VOCABULARY, _RECORDS = 50, 400
# Beyond this many articles, records are too many to hold: we read them as for a single question.
_MOST = 50_000
# How many hits after the best one are named.
_OTHERS = 2


class Best(NamedTuple):
    """The article that ranks first, its match, and the paths of the next ones, best first."""

    path: str
    match: float
    others: tuple[str, ...]


class Bulk:
    """One searcher; `within`: only among these paths, None for all."""

    def __init__(self, kb: KnowledgeBase, searcher: Searcher, within: Collection[str] | None) -> None:
        self._kb, self._searcher, self._within = kb, searcher, within
        self._asked = 0
        self._holding: _Holding | None = None

    def best(self, words: str) -> Best | None:
        """The best hit for plain words; None if no article has any of them."""
        self._asked += 1
        return self._searcher.ask_index(lambda index: self._best(index, words))

    def read(self, text: str) -> Best | None:
        """The same for a text too long for one question: kcs.search.pasted."""
        return self._searcher.ask_index(lambda index: self._read(index, text))

    def _best(self, index: Index, words: str) -> Best | None:
        hits = self._ranked(index, self._understood(index, words), 1 + _OTHERS).hits
        return _best_of(hits) if hits else None

    def _read(self, index: Index, text: str) -> Best | None:
        from kcs.search.analysis import match
        from kcs.search.pasted import EACH, read

        def understand(words: str) -> Question:
            self._asked += 1
            return self._understood(index, words)

        def best(question: Question, most: int) -> Ranked:
            return self._ranked(index, question, most)

        def glance(question: Question) -> float:
            found = self._held(index).find(question.plan)
            return match.glance(
                question, found, index.records(number for number, _ in found[: match.COMPARED])
            )

        found = read(text, understand, best, glance, EACH).answers
        return _best_of([one.hit for one in found]) if found else None

    def _understood(self, index: Index, words: str) -> Question:
        from kcs.search.analysis.query import ask

        held = self._held(index)
        vocabulary = held.vocabulary if self._asked > _VOCABULARY else index.vocabulary
        return ask(words, vocabulary, self._kb.config.synonyms)

    def _held(self, index: Index) -> _Holding:
        holding = self._holding
        # The searcher reopens an index changed by another process: then what we hold is stale.
        if holding is None or holding.index is not index:
            holding = self._holding = _Holding(index, self._paths_within(index))
        return holding

    def _ranked(self, index: Index, question: Question, most: int) -> Ranked:
        """The best `most`; with 0, only the count."""
        from kcs.search.analysis.match import judge

        holding = self._held(index)
        found = holding.find(question.plan)
        if not found or not most:
            return Ranked(len(found), [])
        many = self._asked > _RECORDS and len(index.state.numbers) <= _MOST
        ranked, records = holding.rank(question, found, many=many)
        judged = judge(question, in_order(ranked, index.places), records, most)
        paths = self._kb.articles.paths
        return Ranked(
            len(found), [Ranking(paths[index.places[one.number]], one.score, one.match) for one in judged]
        )

    def _paths_within(self, index: Index) -> set[int] | None:
        if self._within is None:
            return None
        wanted = frozenset(self._within)
        pairs = zip(index.state.numbers, self._kb.articles, strict=True)
        return {number for number, article in pairs if number and article.path in wanted}


def _best_of(hits: Sequence[Ranking]) -> Best:
    return Best(hits[0].path, hits[0].match, tuple(one.path for one in hits[1 : 1 + _OTHERS]))


class _Holding:
    """What is kept of one state of the index."""

    def __init__(self, index: Index, numbers: set[int] | None) -> None:
        self.index, self._numbers = index, numbers

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return self.index.vocabulary.held()

    @cached_property
    def counted(self) -> CountedRecords:
        state, entries = self.index.state, self.index.entries

        def read(place: int) -> Record:
            from kcs.search.index_packing import record_of
            from kcs.search.model import Record

            # An unreadable article has no entry.
            if not state.numbers[place]:
                return Record("", "")
            return Record.of(record_of(entries.read(state.where(place))))

        return CountedRecords(map(read, range(len(state.numbers))), len(state.numbers), read)

    def find(self, plan: Plan) -> Sequence[tuple[int, float]]:
        """The candidates.
        Asking for twice as many and dropping some is cheaper than naming ten thousand to the engine.
        """
        numbers, index = self._numbers, self.index
        if numbers is None:
            return index.find(plan, DEPTH).best
        if index.engine.exact or not plan.clusters:
            found = index.find(plan, 2 * DEPTH)
            kept = [one for one in found.best if one[0] in numbers][:DEPTH]
            if len(kept) == DEPTH or found.total <= len(found.best):
                return kept
        return index.find(plan, DEPTH, numbers).best

    def rank(
        self, question: Question, found: Sequence[tuple[int, float]], *, many: bool
    ) -> tuple[list[tuple[int, float]], Mapping[int, Record]]:
        """The candidates, best first, and their records."""
        from kcs.search.analysis.rerank import rerank, rerank_seen

        average = self.index.vocabulary.average
        if not many:
            records = self.index.records(number for number, _ in found)
            return rerank(question, found, records, average), records
        places = [self.index.places[number] for number, _ in found]
        return rerank_seen(question, found, self.counted.candidates(places), average), _Records(self)


class _Records(Mapping[int, "Record"]):
    """Records by number, each read on demand."""

    def __init__(self, holding: _Holding) -> None:
        self._holding = holding

    def __getitem__(self, number: int) -> Record:
        return self._holding.counted.record(self._holding.index.places[number])

    def __iter__(self) -> Iterator[int]:
        return iter(self._holding.index.places)

    def __len__(self) -> int:
        return len(self._holding.index.places)
