"""Average linkage of a few thousand vectors: the two likest groups are joined until none are alike enough.

How alike two groups are is the mean of all pairs between them. Vectors that share no term are not alike, so only
pairs that share one are ever looked at.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from kcs.coverage.grouping.vectors import Vector

# A term that more of the vectors have than this brings no pairs together; it still counts in those that others do.
_CROWDED = 400


def join(vectors: Sequence[Vector], sizes: Sequence[int], least: float) -> list[list[int]]:
    """The places of the vectors by group, each group and all of them in order. `sizes`: how many tickets each stands for.

    A vector of several tickets is their mean, not of length 1.
    """
    return _Joining(vectors, sizes, least).groups()


class _Joining:
    def __init__(self, vectors: Sequence[Vector], sizes: Sequence[int], least: float) -> None:
        self.least = least
        self.sizes = list(sizes)
        self.members: list[list[int]] = [[place] for place in range(len(vectors))]
        self.alive = [True] * len(vectors)
        self.version = [0] * len(vectors)
        # Sums over all pairs of tickets between two groups: adding is all that joining needs.
        self.sums = _sums(vectors, sizes)
        self.heap = [
            (-self._mean(place, other), place, other, 0, 0)
            for place, row in enumerate(self.sums)
            for other in row
            if other < place and self._mean(place, other) >= least
        ]
        heapq.heapify(self.heap)

    def _mean(self, one: int, other: int) -> float:
        return self.sums[one][other] / (self.sizes[one] * self.sizes[other])

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

    def _merge(self, into: int, gone: int) -> None:
        if len(self.sums[into]) < len(self.sums[gone]):
            into, gone = gone, into
        row, lost = self.sums[into], self.sums[gone]
        row.pop(gone, None)
        for third, total in lost.items():
            if third != into:
                row[third] = row.get(third, 0.0) + total
                others = self.sums[third]
                others.pop(gone, None)
                others[into] = row[third]
        self.sums[gone] = {}
        self.alive[gone] = False
        self.version[into] += 1
        self.sizes[into] += self.sizes[gone]
        self.members[into] += self.members[gone]
        for third in row:
            mean = self._mean(into, third)
            if mean >= self.least:
                heapq.heappush(self.heap, (-mean, into, third, self.version[into], self.version[third]))


def _sums(vectors: Sequence[Vector], sizes: Sequence[int]) -> list[dict[int, float]]:
    holders: dict[str, list[tuple[int, float]]] = {}
    for place, vector in enumerate(vectors):
        for term, weight in vector.items():
            holders.setdefault(term, []).append((place, weight * sizes[place]))
    sums: list[dict[int, float]] = [{} for _ in vectors]
    crowded = []
    for term in sorted(holders):
        held = holders[term]
        if len(held) > _CROWDED:
            crowded.append(held)
            continue
        _add(sums, held)
    for held in crowded:
        weights = dict(held)
        for place, weight in held:
            row = sums[place]
            for other in row.keys() & weights.keys():
                row[other] += weight * weights[other]
    return sums


def _add(sums: list[dict[int, float]], held: Sequence[tuple[int, float]]) -> None:
    for at, (place, weight) in enumerate(held):
        row = sums[place]
        for other, also in held[:at]:
            total = row.get(other, 0.0) + weight * also
            row[other] = total
            sums[other][place] = total
