"""Who reviews with whom this time: a round-robin that continues when people are away, join or leave.

Nobody meets somebody again before having met everybody else who is there.
The result depends only on people, past rounds and seed: the same give the same pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kcs.digest import sha256
from kcs.teamwork.matching import pair_up
from kcs.tuples import NamedTuple

Pair = tuple[str, str]
"""Two people, the first by id first."""


class Past(NamedTuple):
    """How often each pair was drawn, and in how many rounds each person took part."""

    pairs: Mapping[Pair, int]
    rounds: Mapping[str, int]


class Drawn(NamedTuple):
    """`alone`: those who sit out, because the number is odd or everybody they have not met is taken."""

    pairs: tuple[Pair, ...]
    alone: tuple[str, ...]


def pair(one: str, other: str) -> Pair:
    """Two people as a pair."""
    return (one, other) if one < other else (other, one)


def draw(
    team: Sequence[str],
    absent: Sequence[str],
    past: Past,
    seed: str = "",
    *,
    possible: Callable[[str, str], bool] = lambda *_: True,
) -> Drawn:
    """The pairs of one round among `team`, without the `absent` and only such as are `possible`.

    As many pairs as the rule allows; those who took part least often are left out last.
    """
    everybody = sorted(
        set(team), key=lambda one: sha256(f"{seed}\0{one}".encode("utf-8", "surrogatepass")).digest()
    )
    here = [one for one in everybody if one not in absent]
    fresh = _fresh(here, past, possible)
    table = [[one for one in round_ if one in fresh] for round_ in _round_robin(everybody)]

    def best(round_: Sequence[Pair]) -> tuple[int, int]:
        met = {one for pair_ in round_ for one in pair_}
        return -len(round_), -sum(past.rounds.get(one, 0) for one in here if one not in met)

    # A whole round of the table, as far as possible: rounds mixed at random end in pairs that cannot be completed.
    planned = set(min(table, key=best, default=()))
    mates = {one: other for pair_ in planned for one, other in (pair_, pair_[::-1])}
    number = {one: place for place, one in enumerate(here)}
    friends: list[list[int]] = [[] for _ in here]
    for one, other in sorted(fresh, key=lambda one: (one not in planned, number[one[0]], number[one[1]])):
        friends[number[one]].append(number[other])
        friends[number[other]].append(number[one])
    order = sorted(here, key=lambda one: (past.rounds.get(one, 0), one not in mates, number[one]))
    found = pair_up(friends, [number[one] for one in order])
    pairs = {pair(here[one], here[other]) for one, other in enumerate(found) if other >= 0}
    return Drawn(
        tuple(sorted(pairs)), tuple(sorted(here[one] for one, other in enumerate(found) if other < 0))
    )


def _fresh(here: Sequence[str], past: Past, possible: Callable[[str, str], bool]) -> set[Pair]:
    """The pairs in which neither person has met anybody else here less often."""
    met = {
        pair(one, other): past.pairs.get(pair(one, other), 0)
        for place, one in enumerate(here)
        for other in here[:place]
        if possible(one, other)
    }
    least: dict[str, int] = {}
    for both, times in met.items():
        for one in both:
            least[one] = min(times, least.get(one, times))
    return {both for both, times in met.items() if times == least[both[0]] == least[both[1]]}


def _round_robin(people: Sequence[str]) -> Iterator[list[Pair]]:
    """The rounds in which everybody meets everybody once: one stays, the others go round.
    If the number is odd, one rests.
    """
    seats = [*people, *([""] if len(people) % 2 else [])]
    for _ in range(len(seats) - 1):
        half = len(seats) // 2
        facing = zip(seats[:half], reversed(seats[half:]), strict=True)
        yield [pair(one, other) for one, other in facing if one and other]
        seats = [seats[0], seats[-1], *seats[1:-1]]
