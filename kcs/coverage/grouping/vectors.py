"""A ticket as weighted terms: the rarer a term is among tickets, the more it weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log, sqrt

# A Thai word makes several pairs of clusters, so one pair weighs less than a word.
_CLUSTERS = 0.6
_SUBJECT = 2
# A long mail is represented by its weightiest terms: what every mail holds says nothing.
_LONGEST = 40
# A term in only one ticket is mostly a typing error or a name: it weighs no more than one in two tickets.
_RAREST = 2
_MOST_TERMS = 1_000_000
# What the nearest articles weigh together, compared with all words, if few tickets are near them: two tickets
# near the same articles ask about the same thing. Their terms begin with a line break, which no word
# contains.
_NEAR = 0.45
_ARTICLE = "\n"

Vector = Mapping[str, float]


def counts_of(subject: str, text: str, near: Sequence[str] = ()) -> dict[str, float]:
    """The terms of a ticket and how often each occurs; the subject counts twice. `near`: the articles nearest to it."""
    from kcs.article.letters import normal
    from kcs.search import meaningful, runs
    from kcs.search.analysis import analyse_text

    found: dict[str, float] = {}
    for words, times in ((subject, _SUBJECT), (text, 1)):
        if not words:
            continue
        # "who is" and "how do I" are in most questions of one language, but rare where there are four.
        said = " ".join(run.text for run in meaningful(list(runs(normal(words)))))
        terms = analyse_text("", said)
        for term, count in terms.words.items():
            found[term] = found.get(term, 0.0) + times * count
        for term, count in terms.clusters.items():
            found[term] = found.get(term, 0.0) + _CLUSTERS * times * count
    if found:
        found |= {f"{_ARTICLE}{one}": 1.0 for one in near}
    return found


class Frequencies:
    """How many tickets hold each term. Bounded: beyond `most` terms the rarest are dropped until half are left."""

    def __init__(self, most: int = _MOST_TERMS) -> None:
        self._counts: dict[str, int] = {}
        self._total = 0
        self._most = most

    def add(self, terms: Mapping[str, float]) -> None:
        """Count one ticket."""
        self._total += 1
        counts = self._counts
        for term in terms:
            counts[term] = counts.get(term, 0) + 1
        rare = 0
        while len(self._counts) > (self._most // 2 if rare else self._most):
            rare += 1
            self._counts = {term: number for term, number in self._counts.items() if number > rare}

    def vector(self, counts: Mapping[str, float]) -> dict[str, float]:
        """The ticket's weightiest terms and the articles it is near, a vector of length 1; empty if it has no terms."""
        weighed = {
            term: min(count, 1.0) * (1 + log(max(count, 1.0))) * self._rarity(term)
            for term, count in counts.items()
        }
        near = {term: weighed.pop(term) for term in counts if term.startswith(_ARTICLE)}
        if len(weighed) > _LONGEST:
            kept = sorted(weighed.items(), key=lambda one: (-one[1], one[0]))[:_LONGEST]
            weighed = dict(kept)
        length = _length(weighed)
        if near and length:
            share = _NEAR / sqrt(len(near)) / log(1 + self._total / _RAREST)
            near = {term: share * rarity for term, rarity in near.items()}
            length /= sqrt(1 - _length(near) ** 2)
        return {term: weight / length for term, weight in weighed.items()} | near if length else {}

    def _rarity(self, term: str) -> float:
        return log(1 + self._total / max(self._counts.get(term, 1), _RAREST))


def _length(vector: Vector) -> float:
    return sqrt(sum(weight * weight for weight in vector.values()))
