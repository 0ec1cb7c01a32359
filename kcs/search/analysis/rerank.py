"""The second stage of ranking: grams and word sequences of the question, counted in the records of the candidates.

They find what words alone do not (other endings, a typing error that is a word, words in order, the language of the
question) and would make an index fifteen times the text. How much each says is reckoned among the candidates themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from kcs.search.analysis.question import Question

K1, B = 0.9, 0.75
# What a gram in the title weighs on top.
TITLE = 0.8


def rerank(
    question: Question, found: Sequence[tuple[int, float]], records: Mapping[int, str], average: float
) -> list[tuple[int, float]]:
    """The candidates (number, score) anew, best first; `average`: the mean length of all records' texts."""
    if not question.grams and not question.sequences:
        return list(found)
    lines = [records[number].split("\n") for number, _ in found]
    texts = [one[1] for one in lines]
    # How often a gram is in a record, by its distinct words: those that are there once, twice, more often.
    groups = [(one[2], one[3], one[4]) for one in lines]
    again = _Again([score for _, score in found])
    lengths = [K1 * (1 - B + B * len(text) / average) for text in texts]
    titles = [one[0] for one in lines]
    titled = [len(title) for title in titles if len(title) > 2]
    mean = sum(titled) / len(titled) if titled else 1.0
    title_lengths = [K1 * (0.5 + 0.5 * len(title) / mean) for title in titles]
    for gram, weight in question.grams.items():
        times = [one.count(gram) + 2 * two.count(gram) + 4 * more.count(gram) for one, two, more in groups]
        if again.add(weight, times, lengths) and titled:
            again.add(weight * TITLE, [title.count(gram) for title in titles], title_lengths)
    seen: dict[str, list[int]] = {}
    for sequence, weight in question.sequences.items():
        # It is only where its beginning is, if that was counted: they come with the shorter ones first.
        begun = seen.get(sequence[: sequence.rfind(" ", 0, -1) + 1]) or [1] * len(texts)
        times = [text.count(sequence) if one else 0 for one, text in zip(begun, texts, strict=True)]
        seen[sequence] = times
        again.add(weight, times, lengths)
    order = sorted(zip(again.scores, range(len(found)), strict=True), key=lambda one: (-one[0], one[1]))
    return [(found[place][0], score) for score, place in order]


class _Again:
    """Scores to which BM25 of one more feature is added at a time."""

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
