"""BM25 and the rest of a plan, for engines that can list a term's articles: the same scores, so the same order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import chain
from math import log
from typing import Protocol

from kcs.search.model import Field, Found, Plan, Terms
from kcs.tuples import NamedTuple

K1, B = 0.9, 0.75
# A term that is there more often counts as this often with every engine:
# SQLite's has eight bits for it, and BM25 has long stopped growing.
MOST_OFTEN = 255


class Matches(NamedTuple):
    """The entries that hold a term, by number, and how much of it each holds: f (k1 + 1) / (f + k1 (1 - b + b l))."""

    numbers: Sequence[int]
    shares: Sequence[float]


NONE = Matches((), ())


class Postings(Protocol):
    """The postings from which to work out a plan."""

    total: int

    def matches(self, field: Field, term: str) -> Matches:
        """The entries that hold `term`; each once, none that is gone."""


def inverse_frequency(total: int, holding: int) -> float:
    """A term's weight: ln(1 + (N - n + 1/2) / (n + 1/2)), never below zero."""
    return log(1 + (total - holding + 0.5) / (holding + 0.5))


def find(postings: Postings, plan: Plan, most: int, within: Collection[int] | None = None) -> Found:
    """The plan's answer. Equal scores come in the order of their numbers."""
    scores: dict[int, float] = {}
    for field, term, weight in weighted(plan):
        numbers, shares = postings.matches(field, term)
        if numbers:
            weight *= inverse_frequency(postings.total, len(numbers))
            if not scores:
                scores = dict(zip(numbers, [weight * share for share in shares], strict=True))
                continue
            seen = scores.get
            for number, share in zip(numbers, shares, strict=True):
                scores[number] = seen(number, 0.0) + weight * share
    for bound in _bounds(postings, plan, within):
        if isinstance(bound, (set, frozenset)) and len(scores) < len(bound):
            scores = {number: score for number, score in scores.items() if number in bound}
        else:
            scores = {number: scores[number] for number in bound if number in scores}
    for field, term in plan.forbidden:
        for number in postings.matches(field, term).numbers:
            scores.pop(number, None)
    return Found(len(scores), tuple(_best(scores, most)))


def _best(scores: Mapping[int, float], most: int) -> list[tuple[int, float]]:
    """The `most` highest scores and all that equal the last of them; among equals, the lower number first."""
    least = min(nlargest(most, scores.values()), default=float("inf"))
    near = [(number, score) for number, score in scores.items() if score >= least]
    return sorted(near, key=lambda one: (-one[1], one[0]))


def weighted(plan: Plan) -> Iterable[tuple[Field, str, float]]:
    """All weighted terms of both fields."""
    words = (("words", term, weight) for term, weight in plan.words.items())
    clusters = (("clusters", term, weight) for term, weight in plan.clusters.items())
    return chain(words, clusters)  # type: ignore[arg-type,unused-ignore]


def _bounds(postings: Postings, plan: Plan, within: Collection[int] | None) -> Iterable[Collection[int]]:
    """Sets, all of which must hold an entry."""
    if within is not None:
        yield within
    for group in plan.required:
        yield {number for field, term in group for number in postings.matches(field, term).numbers}


class Lengths(NamedTuple):
    """How many terms all entries hold together, and how many entries hold any: the mean length of a field."""

    total: int = 0
    entries: int = 0

    def with_(self, terms: Mapping[str, int], by: int = 1) -> Lengths:
        """With one entry more, or, with `by` -1, one less."""
        return Lengths(self.total + by * sum(terms.values()), self.entries + by * bool(terms))


NO_LENGTH = Lengths()


def score(
    plan: Plan, terms: Terms, total: int, known: Callable[[str], int], lengths: Mapping[Field, Lengths]
) -> float:
    """What one entry scores, out of `total`; `known`: how many entries hold a term."""
    result = 0.0
    for field, term, weight in weighted(plan):
        own = terms.words if field == "words" else terms.clusters
        if often := min(own.get(term, 0), MOST_OFTEN):
            mean = lengths[field].total / max(lengths[field].entries, 1)
            length = K1 * (1 - B + B * sum(own.values()) / mean)
            result += weight * inverse_frequency(total, known(term)) * often * (K1 + 1) / (often + length)
    return result
