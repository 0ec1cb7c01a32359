"""As many pairs as can be made at once, if not everybody may be paired with everybody (Edmonds 1965).

networkx has this too, but would be a dependency of two megabytes for one function.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

Mates = list[int]
"""Whom each one is paired with, by number; -1 for nobody."""


def pair_up(friends: Sequence[Sequence[int]], order: Iterable[int]) -> Mates:
    """The largest set of pairs. `friends[one]`: with whom one may be paired, the most wanted first.

    Among all sets of that size, somebody earlier in `order` is left out only if nobody later can be left out instead.
    """
    mates = [-1] * len(friends)
    for one in order:
        if mates[one] < 0:
            end, came_from = _way(friends, mates, one)
            while end >= 0:
                before = came_from[end]
                after = mates[before]
                mates[end], mates[before] = before, end
                end = after
    return mates


def _way(friends: Sequence[Sequence[int]], mates: Mates, start: int) -> tuple[int, Mates]:
    """The end of a path from `start` to somebody free, of which every second step is a pair; -1 if there is none.

    Also, for each person on it, from whom the path came. Odd cycles are treated as one person, named by their `base`.
    """
    came_from, base = [-1] * len(friends), list(range(len(friends)))
    reached = {start}
    waiting = deque([start])
    while waiting:
        one = waiting.popleft()
        for other in friends[one]:
            if base[one] == base[other] or mates[one] == other:
                continue
            if other == start or (mates[other] >= 0 and came_from[mates[other]] >= 0):
                top = _meeting(base, mates, came_from, one, other)
                circle = _branch(base, mates, came_from, one, other, top)
                circle |= _branch(base, mates, came_from, other, one, top)
                for member in range(len(friends)):
                    if base[member] in circle:
                        base[member] = top
                        if member not in reached:
                            reached.add(member)
                            waiting.append(member)
            elif came_from[other] < 0:
                came_from[other] = one
                if mates[other] < 0:
                    return other, came_from
                reached.add(mates[other])
                waiting.append(mates[other])
    return -1, came_from


def _meeting(base: Mates, mates: Mates, came_from: Mates, one: int, other: int) -> int:
    """Where the paths from the start to two people part."""
    seen = set()
    while True:
        one = base[one]
        seen.add(one)
        if mates[one] < 0:
            break
        one = came_from[mates[one]]
    while base[other] not in seen:
        other = came_from[mates[base[other]]]
    return base[other]


def _branch(base: Mates, mates: Mates, came_from: Mates, one: int, child: int, top: int) -> set[int]:
    """The bases on one side of an odd cycle, whose members can now be reached from both sides."""
    found = set()
    while base[one] != top:
        found |= {base[one], base[mates[one]]}
        came_from[one] = child
        child = mates[one]
        one = came_from[child]
    return found
