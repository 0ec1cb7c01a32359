"""Shares out piles of equal things evenly among people, each of whom can take from some of the piles only.

No other sharing is more even: while somebody has two more than somebody else, and things can be passed from
the one to the other, through others if need be, one is passed on (semi-matching; Harvey, Ladner, Lovász and
Tamir 2006).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

Shares = list[list[int]]
"""How many of each pile (first index) each person (second) has."""

Kind = tuple[str, str]
"""What a pile holds, coarse first: a language, and an area."""


def share(sizes: Sequence[int], costs: Sequence[Sequence[int | None]], kinds: Sequence[Kind]) -> Shares:
    """How many of each pile each person gets. `costs[pile][person]`: 0 suits best; None: cannot take it.

    Piles of one kind go to few people, where that costs nothing. A pile that nobody can take goes to nobody.
    """
    people = len(costs[0]) if costs else 0
    shares = [[0] * people for _ in sizes]
    able = [[one for one in range(people) if row[one] is not None] for row in costs]
    hands = _Hands(list(sizes), costs, kinds, shares, [0] * people)
    takers = {one for row in able for one in row}
    shared = sum(size for size, row in zip(sizes, able, strict=True) if row)
    floor = shared // len(takers) if takers else 0
    # Piles that few people can take come first; the others find room elsewhere.
    order = sorted(range(len(sizes)), key=lambda pile: (len(able[pile]), kinds[pile], pile))
    for tier in sorted({cost for row in costs for cost in row if cost is not None}):
        for pile in order:
            hands.fill(pile, [one for one in able[pile] if costs[pile][one] == tier], floor)
    for pile in order:
        hands.spread(pile, able[pile])
    hands.even()
    return shares


class _Hands:
    """Everybody's share while sharing out."""

    def __init__(
        self,
        left: list[int],
        costs: Sequence[Sequence[int | None]],
        kinds: Sequence[Kind],
        shares: Shares,
        loads: list[int],
    ) -> None:
        self.left, self.costs, self.kinds, self.shares, self.loads = left, costs, kinds, shares, loads
        self.held: list[set[str | Kind]] = [set() for _ in loads]

    def give(self, pile: int, person: int, number: int) -> None:
        self.left[pile] -= number
        self.shares[pile][person] += number
        self.loads[person] += number
        self.held[person] |= {self.kinds[pile], self.kinds[pile][0]}

    def fill(self, pile: int, people: Sequence[int], most: int) -> None:
        """Give to one person after the other until each has `most`: first
        to those who have some of its kind, then to those who have least.
        """
        kind = self.kinds[pile]

        def stranger(one: int) -> tuple[bool, bool, int, int]:
            held = self.held[one]
            return kind not in held, bool(held) and kind[0] not in held, self.loads[one], one

        for person in sorted(people, key=stranger):
            number = min(self.left[pile], most - self.loads[person])
            if number > 0:
                self.give(pile, person, number)

    def spread(self, pile: int, people: Sequence[int]) -> None:
        """Give the rest, one by one, to whoever has least."""
        costs = self.costs[pile]
        while self.left[pile] and people:
            self.give(pile, min(people, key=lambda one: (self.loads[one], costs[one], one)), 1)

    def even(self) -> None:
        """Pass things on, along the shortest way, from whoever has most
        to somebody with at least two less, until there is nobody left.
        """
        settled: set[int] = set()
        while rest := [one for one in range(len(self.loads)) if one not in settled]:
            most = max(rest, key=lambda one: (self.loads[one], -one))
            if self.loads[most] - min(self.loads) < 2:
                return
            way = self._way(most)
            if not way:
                settled.add(most)
                continue
            settled.clear()
            for giver, pile, taker in way:
                self.shares[pile][giver] -= 1
                self.shares[pile][taker] += 1
            self.loads[most] -= 1
            self.loads[way[-1][2]] += 1

    def _way(self, start: int) -> list[tuple[int, int, int]]:
        """(giver, pile, taker) of each step from `start` to somebody with two less."""
        before: dict[int, tuple[int, int, int]] = {}
        pending = deque([start])
        while pending:
            giver = pending.popleft()
            if self.loads[giver] <= self.loads[start] - 2:
                way = []
                while giver != start:
                    way.append(before[giver])
                    giver = before[giver][0]
                return way[::-1]
            for taker, pile in self._takers(giver):
                if taker != start and taker not in before:
                    before[taker] = (giver, pile, taker)
                    pending.append(taker)
        return []

    def _takers(self, giver: int) -> list[tuple[int, int]]:
        """The people who can take something from this one, least loaded first, and what suits them best."""
        best: dict[int, tuple[int, int]] = {}
        for pile, row in enumerate(self.shares):
            if row[giver]:
                for taker, cost in enumerate(self.costs[pile]):
                    if cost is not None and taker != giver:
                        best[taker] = min(best.get(taker, (cost, pile)), (cost, pile))
        return [(one, best[one][1]) for one in sorted(best, key=lambda one: (self.loads[one], one))]
