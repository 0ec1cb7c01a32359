"""Average linkage of a few thousand vectors: the two most similar groups are joined until no two are similar enough.

The similarity of two groups is the mean over all pairs between them. Vectors without a common term are not similar, so
only pairs that share one are ever compared. The sums over pairs are kept in a triangular array of plain numbers: nearly
all pairs of four thousand groups share a term, and dictionaries for them would take a gigabyte.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Sequence
from operator import add

from kcs.coverage.grouping.vectors import Vector

# A term that more vectors than this have makes no pair by itself; it still counts in pairs that other terms make.
_CROWDED = 400

# Row n: the sums over all pairs of tickets between group n and each group before it.
# 0.0: nothing in common, or joined already.
_Triangle = list["array[float]"]


def join(vectors: Sequence[Vector], sizes: Sequence[int], least: float) -> list[list[int]]:
    """The places of the vectors by group; groups, and the places in them, are in order.
    `sizes`: how many tickets each stands for.

    A vector for several tickets is their mean; its length is not 1.
    """
    return _Joining(vectors, sizes, least).groups()


class _Joining:
    def __init__(self, vectors: Sequence[Vector], sizes: Sequence[int], least: float) -> None:
        self.least = least
        self.sizes = list(sizes)
        self.members: list[list[int]] = [[place] for place in range(len(vectors))]
        self.alive = [True] * len(vectors)
        self.version = [0] * len(vectors)
        # To join two groups, their sums need only be added.
        self.sums = _sums(vectors, sizes)
        self.heap = [
            (-mean, place, other, 0, 0)
            for place, row in enumerate(self.sums)
            for other, total in enumerate(row)
            if total and (mean := total / (self.sizes[place] * self.sizes[other])) >= least
        ]
        heapq.heapify(self.heap)

    def groups(self) -> list[list[int]]:
        while self.heap:
            _, one, other, seen, seen_other = heapq.heappop(self.heap)
            if (
                self.version[one] == seen
                and self.version[other] == seen_other
                and self.alive[one]
                and self.alive[other]
            ):
                self._merge(one, other)
        return [sorted(places) for places, alive in zip(self.members, self.alive, strict=True) if alive]

    def _merge(self, one: int, other: int) -> None:
        rows = {place: self._row(place) for place in (one, other)}
        # The group that has something in common with more of the others continues.
        into, gone = (other, one) if rows[one].count(0.0) > rows[other].count(0.0) else (one, other)
        row = list(map(add, rows[into], rows[gone]))
        row[into] = row[gone] = 0.0
        self._write(gone, [0.0] * len(row))
        self._write(into, row)
        self.alive[gone] = False
        self.version[into] += 1
        self.sizes[into] += self.sizes[gone]
        self.members[into] += self.members[gone]
        size = self.sizes[into]
        for third, total in enumerate(row):
            if total and (mean := total / (size * self.sizes[third])) >= self.least:
                heapq.heappush(self.heap, (-mean, into, third, self.version[into], self.version[third]))

    def _row(self, place: int) -> list[float]:
        """The sums with all groups, in order; 0 with itself."""
        return [*self.sums[place], 0.0, *[row[place] for row in self.sums[place + 1 :]]]

    def _write(self, place: int, row: list[float]) -> None:
        self.sums[place] = array("d", row[:place])
        for lower, total in zip(self.sums[place + 1 :], row[place + 1 :], strict=True):
            lower[place] = total


def _sums(vectors: Sequence[Vector], sizes: Sequence[int]) -> _Triangle:
    holders: dict[str, list[tuple[int, float]]] = {}
    for place, vector in enumerate(vectors):
        for term, weight in vector.items():
            holders.setdefault(term, []).append((place, weight * sizes[place]))
    sums = [array("d", bytes(8 * place)) for place in range(len(vectors))]
    crowded = []
    for term in sorted(holders):
        held = holders[term]
        if len(held) > _CROWDED:
            crowded.append(held)
            continue
        for at, (place, weight) in enumerate(held):
            row = sums[place]
            for other, also in held[:at]:
                row[other] += weight * also
    for held in crowded:
        for at, (place, weight) in enumerate(held):
            row = sums[place]
            for other, also in held[:at]:
                if row[other]:
                    row[other] += weight * also
    return sums
