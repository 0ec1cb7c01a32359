"""Groups of tickets in one pass and bounded memory.

A ticket joins the group to which it is most similar on average, if it is similar enough; the others wait, and
when a few thousand wait, they are grouped with one another and with the existing groups. The result depends
on nothing but the order: the same tickets in the same order give the same groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kcs.coverage.grouping.linkage import join
from kcs.coverage.grouping.vectors import Vector

# Fixed on one half of the judged questions (docs/coverage-quality.md).
LEAST = 0.23
WAITING = 3_000
MOST_GROUPS = 20_000
EXAMPLES = 8
_TERMS = 60
_CROWDED = 300
_CANDIDATES = 12
_SETTLED = 4_000


@dataclass(slots=True, eq=False)
class Group:
    """`sums`: term -> sum over the tickets. `examples`: keys of its first tickets. `order`: of its first ticket."""

    order: int
    sums: dict[str, float]
    size: int = 0
    examples: list[int] = field(default_factory=list)

    def likeness(self, vector: Vector) -> float:
        """The mean over its tickets, from 0 to 1."""
        sums = self.sums
        return sum(weight * sums[term] for term, weight in vector.items() if term in sums) / self.size


class Grouper:
    """`add` vectors, then `groups`. A key is any number by which the caller knows a ticket."""

    def __init__(self, least: float = LEAST, waiting: int = WAITING, most: int = MOST_GROUPS) -> None:
        self._least = least
        self._waiting: list[tuple[int, Vector]] = []
        self._room = waiting
        self._most = most
        self._groups: dict[int, Group] = {}
        self._holders: dict[str, set[int]] = {}
        self.let_go = 0

    def add(self, key: int, vector: Vector) -> int | None:
        """Add one ticket. Returns its group if known at once; `drain` gives those that had to wait."""
        group = self._nearest(vector)
        if group is not None:
            self._put(group, key, vector)
            return group.order
        self._waiting.append((key, vector))
        return None

    @property
    def is_full(self) -> bool:
        """Whether it is time to `drain`."""
        return len(self._waiting) >= self._room

    def drain(self) -> Iterator[tuple[int, int]]:
        """Group those that wait: (key, its group) of each."""
        waiting, self._waiting = self._waiting, []
        for places in join([vector for _, vector in waiting], [1] * len(waiting), self._least):
            group = self._home(places, waiting)
            for place in places:
                key, vector = waiting[place]
                self._put(group, key, vector)
                yield key, group.order
        self._prune()

    def has(self, order: int) -> bool:
        """Whether the group is still kept."""
        return order in self._groups

    def settle(self) -> Iterator[tuple[int, int]]:
        """Join groups that became alike, once all tickets are
        in: (the dissolved group's order, the group it joined).
        """
        ranked = self.groups()[:_SETTLED]
        means = [{term: total / one.size for term, total in one.sums.items()} for one in ranked]
        for places in join(means, [one.size for one in ranked], self._least):
            into, *others = (ranked[place] for place in places)
            for gone in others:
                self._take_in(into, gone)
                yield gone.order, into.order

    def _take_in(self, into: Group, gone: Group) -> None:
        into.size += gone.size
        into.examples = (into.examples + gone.examples)[:EXAMPLES]
        for term, total in gone.sums.items():
            into.sums[term] = into.sums.get(term, 0.0) + total
            self._holders[term].add(into.order)
            self._forget(term, gone.order)
        del self._groups[gone.order]

    def groups(self) -> list[Group]:
        """The groups, the largest first."""
        return sorted(self._groups.values(), key=lambda one: (-one.size, one.order))

    def _home(self, places: list[int], waiting: list[tuple[int, Vector]]) -> Group:
        """The group to which these are similar enough, else a new one."""
        sums: dict[str, float] = {}
        for place in places:
            for term, weight in waiting[place][1].items():
                sums[term] = sums.get(term, 0.0) + weight / len(places)
        if (known := self._nearest(sums)) is not None:
            return known
        order = waiting[places[0]][0]
        group = self._groups[order] = Group(order, {})
        return group

    def _put(self, group: Group, key: int, vector: Vector) -> None:
        group.size += 1
        if len(group.examples) < EXAMPLES:
            group.examples.append(key)
        sums, order = group.sums, group.order
        for term, weight in vector.items():
            if term in sums:
                sums[term] += weight
            else:
                sums[term] = weight
                self._holders.setdefault(term, set()).add(order)
        if len(sums) > 2 * _TERMS:
            self._shorten(group)

    def _shorten(self, group: Group) -> None:
        """Keep its weightiest terms."""
        kept = dict(sorted(group.sums.items(), key=lambda one: (-one[1], one[0]))[:_TERMS])
        for term in group.sums.keys() - kept.keys():
            self._forget(term, group.order)
        group.sums = kept

    def _forget(self, term: str, order: int) -> None:
        holders = self._holders[term]
        holders.discard(order)
        if not holders:
            del self._holders[term]

    def _nearest(self, vector: Vector) -> Group | None:
        """The most similar group, if it is similar enough. Terms that most groups hold are not used to look for one."""
        seen: dict[int, float] = {}
        for term, weight in vector.items():
            holders = self._holders.get(term)
            if holders is not None and len(holders) <= _CROWDED:
                for order in holders:
                    seen[order] = seen.get(order, 0.0) + weight * weight
        if not seen:
            return None
        candidates = sorted(seen.items(), key=lambda one: (-one[1], one[0]))[:_CANDIDATES]
        groups = [self._groups[order] for order, _ in candidates]
        best = max(groups, key=lambda one: (one.likeness(vector), -one.order))
        return best if best.likeness(vector) >= self._least else None

    def _prune(self) -> None:
        """If there are too many groups, the smallest are dropped, the oldest of these first.
        `let_go` counts their tickets.
        """
        if len(self._groups) <= self._most:
            return
        ranked = sorted(self._groups.values(), key=lambda one: (one.size, one.order))
        for group in ranked[: len(ranked) - self._most * 3 // 4]:
            for term in group.sums:
                self._forget(term, group.order)
            del self._groups[group.order]
            self.let_go += group.size
