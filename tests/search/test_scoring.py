"""The order of what an engine found is the same however it is reckoned."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kcs.search.engines.scoring import _best

SCORES = st.dictionaries(st.integers(1, 40), st.sampled_from([0.0, 0.5, 0.5000000000000001, 1.0, 2.5, 7.0]))


@given(SCORES, st.integers(0, 45))
def test_the_best_are_those_that_come_first_of_all(scores: dict[int, float], most: int) -> None:
    ordered, asked = sorted(scores.items(), key=lambda one: (-one[1], one[0])), most
    while 0 < most < len(ordered) and ordered[most][1] == ordered[most - 1][1]:
        most += 1  # none is left out that scores as much as the last
    assert _best(scores, asked) == ordered[:most]
