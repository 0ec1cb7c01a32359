"""Our NamedTuple is typing's, for the first values of a class and for all others."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs import tuples


class Ours(tuples.NamedTuple):
    """As it is used."""

    one: int
    two: str = "b"
    three: tuple[int, ...] = ()

    @property
    def both(self) -> str:
        """A property of its own."""
        return f"{self.one}{self.two}"


class Typings(typing.NamedTuple):
    """The same of typing's."""

    one: int
    two: str = "b"
    three: tuple[int, ...] = ()


def made(kind: Any, given_: list[int], named: dict[str, int]) -> Any:
    """The values, or that there are none."""
    try:
        return tuple(kind(*given_, **named))
    except TypeError as error:
        return str(error).replace("Typings", "Ours")


@pytest.mark.parametrize("count", [0, 1000], ids=["first", "many"])
@given(
    st.lists(st.integers(0, 9), max_size=5),
    st.dictionaries(st.sampled_from(["one", "two", "three", "four"]), st.integers(0, 9)),
)
def test_it_takes_and_refuses_what_typings_does(count: int, given_: list[int], named: dict[str, int]) -> None:
    class Fresh(tuples.NamedTuple):  # a class that has no values yet
        one: int
        two: str = "b"
        three: tuple[int, ...] = ()

    vars(Fresh)["_count"][0] = count
    Fresh.__name__ = Fresh.__qualname__ = "Ours"
    assert made(Fresh, given_, named) == made(Typings, given_, named)


@pytest.mark.parametrize("turn", [1, 2, 200])
def test_its_values_are_typings_values(turn: int) -> None:
    values: list[list[Any]] = [[kind(1, three=(2, 3)) for kind in (Ours, Typings)] for _ in range(turn)]
    ours, theirs = values[-1]
    assert ours == theirs == (1, "b", (2, 3)) and hash(ours) == hash(theirs) and ours.both == "1b"
    assert repr(ours) == repr(theirs).replace("Typings", "Ours")
    assert ours._asdict() == theirs._asdict() and Ours._fields == Typings._fields
    assert ours._replace(two="c") == theirs._replace(two="c") and type(ours._replace(one=2)) is Ours
    assert Ours._make([1, "b", ()]) == Ours(1) and issubclass(Ours, tuple)
    for again in (pickle.loads(pickle.dumps(ours)), copy.deepcopy(ours)):
        assert again == ours and type(again) is Ours
    match ours:
        case Ours(one, two):
            assert (one, two) == (1, "b")
    for wrong in (lambda: ours._replace(four=4), lambda: Ours._make([1]), lambda: ours.four):
        with pytest.raises((TypeError, ValueError, AttributeError)):
            wrong()
    with pytest.raises(AttributeError):
        ours.one = 2
