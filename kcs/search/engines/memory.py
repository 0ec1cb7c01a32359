"""The engine that keeps its postings in memory: for a cache folder that cannot be written, and to measure others by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from heapq import nsmallest
from math import log

from kcs.search.model import Entry, Found, Plan, Term

K1, B = 0.9, 0.75


class MemoryEngine:
    """Exact BM25 over plain lists. Nothing outlives the process."""

    def __init__(self) -> None:
        self._fields = {"words": _Postings(), "clusters": _Postings()}
        self._records: dict[int, str] = {}

    def change(self, gone: Collection[int], new: Iterable[Entry]) -> None:
        """Take out the entries with these numbers and bring in the new ones."""
        for number in gone:
            if self._records.pop(number, None) is not None:
                for postings in self._fields.values():
                    postings.remove(number)
        for entry in new:
            self._records[entry.number] = entry.terms.record
            self._fields["words"].add(entry.number, entry.terms.words)
            self._fields["clusters"].add(entry.number, entry.terms.clusters)

    def find(self, plan: Plan, most: int, within: Collection[int] | None = None) -> Found:
        """The best `most` entries that fit; `within`: only among these numbers."""
        scores: dict[int, float] = defaultdict(float)
        total = len(self._records)
        for postings, terms in (
            (self._fields["words"], plan.words),
            (self._fields["clusters"], plan.clusters),
        ):
            postings.score(terms, scores, total)
        fit: Collection[int] = scores.keys()
        for group in plan.required:
            having = self._having(group)
            fit = [number for number in fit if number in having]
        without = self._having(plan.forbidden)
        if without:
            fit = [number for number in fit if number not in without]
        if within is not None:
            allowed = within if isinstance(within, (set, frozenset)) else frozenset(within)
            fit = [number for number in fit if number in allowed]
        best = nsmallest(most, fit, key=lambda number: (-scores[number], number))
        return Found(len(fit), tuple((number, scores[number]) for number in best))

    def _having(self, terms: Iterable[Term]) -> set[int]:
        found: set[int] = set()
        for field, term in terms:
            found.update(self._fields[field].having(term))
        return found

    def records(self, numbers: Iterable[int]) -> Mapping[int, str]:
        """The records of these entries."""
        return {number: self._records[number] for number in numbers}

    def close(self) -> None:
        """Nothing is held."""


class _Postings:
    """One field: term -> {number: frequency}, and how long each entry is in it."""

    def __init__(self) -> None:
        self._terms: dict[str, dict[int, int]] = {}
        self._lengths: dict[int, int] = {}
        self._length = 0

    def add(self, number: int, terms: Mapping[str, int]) -> None:
        if not terms:
            return
        for term, times in terms.items():
            self._terms.setdefault(term, {})[number] = times
        self._lengths[number] = length = sum(terms.values())
        self._length += length

    def remove(self, number: int) -> None:
        if number not in self._lengths:
            return
        self._length -= self._lengths.pop(number)
        for postings in self._terms.values():
            postings.pop(number, None)

    def having(self, term: str) -> Iterable[int]:
        return self._terms.get(term, ())

    def score(self, terms: Mapping[str, float], scores: dict[int, float], total: int) -> None:
        average = self._length / max(len(self._lengths), 1)
        lengths = self._lengths
        for term, weight in terms.items():
            postings = self._terms.get(term)
            if not postings:
                continue
            most = weight * (K1 + 1) * log(1 + (total - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, times in postings.items():
                scores[number] += most * times / (times + K1 * (1 - B + B * lengths[number] / average))
