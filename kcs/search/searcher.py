"""The best articles for a question. Opening brings the index up to date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from kcs.search.engines.engine import Damaged, Superseded
from kcs.search.index_open import open_index
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.search.analysis.question import Question
    from kcs.search.analysis.vocabulary import Vocabulary
    from kcs.search.index import Index
    from kcs.search.index_state import IndexState
    from kcs.search.index_update import Progress
    from kcs.search.model import Term

# The least number of candidates for the second stage.
DEPTH = 30

# How often another process may change the index between two looks before we report an error.
_PATIENCE = 5

T = TypeVar("T")


class Ranking(NamedTuple):
    """An article's place in an answer.
    `score` orders one answer; `match`, in [0, 1], may be compared between answers.
    """

    path: str
    score: float
    match: float


class Reach(NamedTuple):
    """Limits the hits to possible members of the first `most`,
    whichever scores are later multiplied by `factor` (<= 1).
    """

    most: int
    factor: float

    def of(self, ranked: Sequence[tuple[int, float]]) -> int:
        """How many of these, best first, qualify."""
        if len(ranked) <= self.most:
            return len(ranked)
        # The least score of the first ones; anything lower comes after them.
        least = ranked[self.most - 1][1] * self.factor
        return self.most + sum(score > least for _, score in ranked[self.most :])


class Ranked(NamedTuple):
    """`total`: how many articles hold anything asked for; `hits`: the best of them."""

    total: int
    hits: list[Ranking]


class Searcher:
    """One base, open for any number of questions. `notes` are sentences to print."""

    def __init__(
        self, kb: KnowledgeBase, index: Index, notes: tuple[str, ...], again: Callable[[bool], Index]
    ) -> None:
        """`again` reopens the index; with True, it rebuilds it."""
        self._kb = kb
        self._index = index
        self._again = again
        self._bound: tuple[Collection[str], IndexState, set[int]] | None = None
        self.notes = notes

    @classmethod
    def open(cls, kb: KnowledgeBase, engine: str | None = None, progress: Progress | None = None) -> Searcher:
        """`engine`: one other than the base's. `progress` reports long work: kcs.render.progress.counting."""
        opened = open_index(kb, engine, progress)

        def again(rebuild: bool) -> Index:
            return open_index(kb, engine, progress, rebuild=rebuild).index

        return cls(kb, opened.index, opened.notes, again)

    @property
    def vocabulary(self) -> Vocabulary:
        """The terms of the base."""
        return self._sound(lambda index: index.vocabulary)

    @property
    def total(self) -> int:
        """How many articles are in the index."""
        return self._index.engine.total

    def best(
        self, question: Question, most: int, within: Collection[str] | None = None, reach: Reach | None = None
    ) -> Ranked:
        """The best `most` articles, reranked and judged; with 0, only the count. `within`: only among these paths."""
        return self._sound(lambda index: self._best(index, question, most, within, reach))

    def _best(
        self,
        index: Index,
        question: Question,
        most: int,
        within: Collection[str] | None,
        reach: Reach | None,
    ) -> Ranked:
        from kcs.search.analysis.match import judge
        from kcs.search.analysis.rerank import rerank

        numbers = None if within is None else self._numbers(index, within)
        if not most:
            return Ranked(index.ask(question.plan, 1, numbers).total, [])
        found = index.find(question.plan, max(most, DEPTH), numbers)
        records = index.records(number for number, _ in found.best)
        paths, places = self._kb.articles.paths, index.places
        ranked = in_order(rerank(question, found.best, records, index.vocabulary.average), places)
        judged = judge(question, ranked, records, reach.of(ranked[:most]) if reach else most)
        return Ranked(
            found.total, [Ranking(paths[places[one.number]], one.score, one.match) for one in judged]
        )

    def found(self, question: Question, within: Collection[str] | None = None) -> list[str]:
        """The paths of all articles that hold anything asked for."""
        return self._sound(lambda index: self._found(index, question, within))

    def _found(self, index: Index, question: Question, within: Collection[str] | None) -> list[str]:
        numbers = None if within is None else self._numbers(index, within)
        best = index.ask(question.plan, max(index.engine.total, 1), numbers).best
        return [self._kb.articles.paths[index.places[number]] for number, _ in best]

    def glance(self, question: Question, within: Collection[str] | None = None) -> float:
        """How well the best may answer, without reranking: kcs.search.analysis.match.glance."""
        return self._sound(lambda index: self._glance(index, question, within))

    def _glance(self, index: Index, question: Question, within: Collection[str] | None) -> float:
        from kcs.search.analysis.match import COMPARED, GLANCED, glance

        numbers = None if within is None else self._numbers(index, within)
        found = index.find(question.plan, GLANCED, numbers).best
        return glance(question, found, index.records(number for number, _ in found[:COMPARED]))

    def holding(self, groups: Sequence[frozenset[Term]]) -> list[str]:
        """The paths of all articles with at least one term of each group, for a closer look."""
        return self._sound(lambda index: self._holding(index, groups))

    def _holding(self, index: Index, groups: Sequence[frozenset[Term]]) -> list[str]:
        from kcs.search.model import Plan

        terms = [term for group in groups for term in group]
        words = {text: 1.0 for field, text in terms if field == "words"}
        clusters = {text: 1.0 for field, text in terms if field == "clusters"}
        found = index.ask(Plan(words, clusters, tuple(groups)), max(index.engine.total, 1))
        return [self._kb.articles.paths[index.places[number]] for number, _ in found.best]

    def said(self, paths: Collection[str]) -> dict[str, str]:
        """All words of each of these articles in order, folded, with a blank before and after each."""
        return self._sound(lambda index: self._said(index, paths))

    def _said(self, index: Index, paths: Collection[str]) -> dict[str, str]:
        pairs = zip(index.state.numbers, self._kb.articles, strict=True)
        numbers = {article.path: number for number, article in pairs if number}
        records = index.records(numbers[path] for path in paths if path in numbers)
        return {path: records[numbers[path]].text if path in numbers else "" for path in paths}

    def _numbers(self, index: Index, paths: Collection[str]) -> set[int]:
        """The entries' numbers, kept for the same set: questions mostly exclude the same part of a base."""
        if self._bound and self._bound[0] is paths and self._bound[1] is index.state:
            return self._bound[2]
        wanted = paths if isinstance(paths, (set, frozenset, dict)) else set(paths)
        pairs = zip(index.state.numbers, self._kb.articles.paths, strict=True)
        numbers = {number for number, path in pairs if number and path in wanted}
        if isinstance(paths, frozenset):
            self._bound = paths, index.state, numbers
        return numbers

    def ask_index(self, ask: Callable[[Index], T]) -> T:
        """The answer of a sound index to `ask`, which may be called again: for kcs.search.bulk."""
        return self._sound(ask)

    def _sound(self, ask: Callable[[Index], T]) -> T:
        """The answer of a sound index: rebuilds a damaged one, reopens a changed one."""
        for _ in range(_PATIENCE):
            try:
                return ask(self._index)
            except Damaged as error:
                self._index.close()
                self._index = self._again(not isinstance(error, Superseded))
        return ask(self._index)

    def close(self) -> None:
        """Close the files."""
        self._index.close()


def in_order(ranked: Iterable[tuple[int, float]], places: Mapping[int, int]) -> list[tuple[int, float]]:
    """Numbers and scores, best first; equal ones by path, since numbers depend on when an entry was indexed, which
    differs between machines."""
    return sorted(ranked, key=lambda one: (-one[1], places[one[0]]))
