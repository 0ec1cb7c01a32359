"""The round-robin: nobody meets somebody again before having met everybody else, whoever is away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kcs.teamwork.drawing import Drawn, Pair, Past, draw, pair
from kcs.teamwork.matching import pair_up

PEOPLE = [f"p{number:02}" for number in range(1, 13)]


def played(rounds: Sequence[tuple[Sequence[str], Sequence[str]]], seed: str) -> Iterator[tuple[Past, Drawn]]:
    """Each round with what was before it; a round is a team and who of it is away."""
    pairs: Counter[Pair] = Counter()
    times: Counter[str] = Counter()
    for team, absent in rounds:
        before = Past(dict(pairs), dict(times))
        drawn = draw(team, absent, before, seed)
        yield before, drawn
        pairs.update(drawn.pairs)
        times.update(one for both in drawn.pairs for one in both)


@given(number=st.integers(2, 12), seed=st.text(max_size=3), cycles=st.integers(1, 2))
@settings(max_examples=60)
def test_a_team_that_stays_meets_whole_rounds_each_pair_once_and_sits_out_in_turn(
    number: int, seed: str, cycles: int
) -> None:
    team = PEOPLE[:number]
    length = number - 1 + number % 2
    told = [drawn for _, drawn in played([(team, ())] * (length * cycles), seed)]
    assert all(len(one.pairs) == number // 2 for one in told)
    for begin in range(0, len(told), length):
        cycle = told[begin : begin + length]
        assert sorted(both for one in cycle for both in one.pairs) == sorted(combinations(team, 2))
        assert sorted(name for one in cycle for name in one.alone) == (team if number % 2 else [])


teams = st.integers(2, 12).flatmap(
    lambda number: st.lists(
        st.tuples(
            st.sets(st.sampled_from(PEOPLE[:number]), min_size=1).map(sorted),
            st.sets(st.sampled_from(PEOPLE[:number])).map(sorted),
        ),
        max_size=24,
    )
)


@given(rounds=teams, seed=st.text(max_size=2))
@settings(max_examples=200)
def test_nobody_meets_somebody_again_before_everybody_else_who_is_there(
    rounds: list[tuple[list[str], list[str]]], seed: str
) -> None:
    for (team, absent), (before, drawn) in zip(rounds, played(rounds, seed), strict=True):
        here = sorted(set(team) - set(absent))
        assert sorted([*drawn.alone, *(one for both in drawn.pairs for one in both)]) == here
        for both in drawn.pairs:
            times = before.pairs.get(both, 0)
            for one in both:
                assert all(before.pairs.get(pair(one, other), 0) >= times for other in here if other != one)
        assert drawn.pairs or len(here) < 2


@given(
    number=st.integers(4, 12), away=st.lists(st.sampled_from(PEOPLE), max_size=8), seed=st.text(max_size=2)
)
def test_single_absences_never_bring_a_repeat_while_somebody_was_not_met(
    number: int, away: list[str], seed: str
) -> None:
    team = PEOPLE[:number]
    rounds = [(team, [one]) for one in away] + [(team, ())] * (3 * number)
    met: Counter[Pair] = Counter()
    for _, drawn in played(rounds, seed):
        met.update(drawn.pairs)
    assert min(met[both] for both in combinations(team, 2)) >= 1


@given(rounds=teams, seed=st.text(max_size=2))
@settings(max_examples=30)
def test_the_same_past_gives_the_same_pairs_whatever_the_order_of_the_names(
    rounds: list[tuple[list[str], list[str]]], seed: str
) -> None:
    backwards = [(team[::-1], absent[::-1]) for team, absent in rounds]
    assert list(played(rounds, seed)) == list(played(backwards, seed))


def test_what_is_not_possible_is_not_drawn_and_is_not_waited_for() -> None:
    team = PEOPLE[:4]
    far = {("p01", "p02")}
    met: Counter[Pair] = Counter()
    for _ in range(12):
        drawn = draw(team, (), Past(dict(met), {}), possible=lambda one, other: pair(one, other) not in far)
        assert drawn.pairs
        met.update(drawn.pairs)
    assert not met["p01", "p02"] and all(met[both] for both in combinations(team, 2) if both not in far)


def most(edges: Sequence[tuple[int, int]]) -> int:
    """By trying all."""
    if not edges:
        return 0
    (one, other), *rest = edges
    return max(most(rest), 1 + most([edge for edge in rest if not {one, other} & set(edge)]))


@given(
    edges=st.sets(
        st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda one: one[0] < one[1]), max_size=13
    )
)
@settings(max_examples=300)
def test_no_other_way_makes_more_pairs(edges: set[tuple[int, int]]) -> None:
    friends = [[b if a == one else a for a, b in sorted(edges) if one in (a, b)] for one in range(9)]
    mates = pair_up(friends, range(9))
    paired = {(one, other) for one, other in enumerate(mates) if one < other}
    assert paired <= edges and all(other < 0 or mates[other] == one for one, other in enumerate(mates))
    assert len(paired) == most(sorted(edges))
