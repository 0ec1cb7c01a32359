"""The second stage of ranking: grams and word sequences of the question, counted in the records of the candidates.

They find what words alone do not (other endings, a typing error that is a word, word order, the question's language),
and would make an index fifteen times the text. Their weights are reckoned among the candidates themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import Protocol

from kcs.search.analysis.question import Question
from kcs.search.model import Record

K1, B = 0.9, 0.75
# What a gram in the title weighs on top.
TITLE = 0.8


class Seen(Protocol):
    """What is counted in the candidates, one value per candidate."""

    @property
    def lengths(self) -> Sequence[int]:
        """Letters of each one's text."""

    @property
    def title_lengths(self) -> Sequence[int]:
        """Letters of each one's title, the blanks around it included."""

    def grams(self, gram: str) -> Sequence[int]:
        """How often it is in each: words that occur once count one, twice two, more often four."""

    def titled(self, gram: str) -> Sequence[int]:
        """How often it is in each one's title."""

    def sequences(self, sequence: str) -> Sequence[int]:
        """How often the words follow each other in each; ask for shorter sequences first."""


class Read:
    """Seen, counted in the records themselves."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._titles = [one.title for one in records]
        self._texts = [one.text for one in records]
        # For counting grams in a record by its distinct words.
        self._groups = [(one.once, one.twice, one.more) for one in records]
        self._begun: dict[str, list[int]] = {}
        self.lengths = list(map(len, self._texts))
        self.title_lengths = list(map(len, self._titles))

    def grams(self, gram: str) -> list[int]:
        """As Seen says."""
        groups = self._groups
        return [one.count(gram) + 2 * two.count(gram) + 4 * more.count(gram) for one, two, more in groups]

    def titled(self, gram: str) -> list[int]:
        """As Seen says."""
        return [title.count(gram) for title in self._titles]

    def sequences(self, sequence: str) -> list[int]:
        """As Seen says."""
        # It can only be where its beginning is, if that was counted.
        begun = self._begun.get(sequence[: sequence.rfind(" ", 0, -1) + 1]) or [1] * len(self._texts)
        times = [text.count(sequence) if one else 0 for one, text in zip(begun, self._texts, strict=True)]
        self._begun[sequence] = times
        return times


def rerank(
    question: Question, found: Sequence[tuple[int, float]], records: Mapping[int, Record], average: float
) -> list[tuple[int, float]]:
    """The candidates (number, score) reranked, best first; `average`: the mean length of all records' texts."""
    if not question.grams and not question.sequences and not question.called:
        return list(found)
    return rerank_seen(question, found, Read([records[number] for number, _ in found]), average)


def rerank_seen(
    question: Question, found: Sequence[tuple[int, float]], seen: Seen, average: float
) -> list[tuple[int, float]]:
    """The same with counts from elsewhere."""
    if not question.grams and not question.sequences and not question.called:
        return list(found)
    again = _Again([score for _, score in found])
    lengths = [K1 * (1 - B + B * length / average) for length in seen.lengths]
    titled = [length for length in seen.title_lengths if length > 2]
    mean = sum(titled) / len(titled) if titled else 1.0
    title_lengths = [K1 * (0.5 + 0.5 * length / mean) for length in seen.title_lengths]

    def count(again: _Again, grams: Mapping[str, float], sequences: Mapping[str, float]) -> None:
        for gram, weight in grams.items():
            if again.add(weight, seen.grams(gram), lengths) and titled:
                again.add(weight * TITLE, seen.titled(gram), title_lengths)
        for sequence, weight in sequences.items():
            again.add(weight, seen.sequences(sequence), lengths)

    count(again, question.grams, question.sequences)
    for others in question.called:
        each = [_Again([0.0] * len(found)) for _ in others]
        for one, other in zip(each, others, strict=True):
            count(one, other.grams, other.sequences)
        # What lists all synonyms says no more than what has one of them.
        best = map(max, zip(*(one.scores for one in each), strict=True))
        again.scores = [score + more for score, more in zip(again.scores, best, strict=True)]
    order = sorted(zip(again.scores, range(len(found)), strict=True), key=lambda one: (-one[0], one[1]))
    return [(found[place][0], score) for score, place in order]


class _Again:
    """Scores to which BM25 of further features is added one by one."""

    def __init__(self, scores: list[float]) -> None:
        self.scores = scores

    def add(self, weight: float, times: Sequence[int], lengths: Sequence[float]) -> bool:
        """Whether any candidate has it."""
        number = len(times) - times.count(0)
        if not number:
            return False
        most = weight * log(1 + (len(times) - number + 0.5) / (number + 0.5)) * (K1 + 1)
        scores = self.scores
        for place, count in enumerate(times):
            if count:
                scores[place] += most * count / (count + lengths[place])
        return True
