"""A packed column says what a list of names says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kcs.kb.kept.oids import Oids

# Few letters, so that names meet others at places that are no name's beginning.
NAMES = st.sampled_from(
    ["", *("".join(pair) * 10 for pair in (("11", "12"), ("12", "11"), ("1a", "1a"), ("ff", "00")))]
)
COLUMNS = st.lists(NAMES, max_size=300)


@given(COLUMNS)
def test_it_is_the_list(names: list[str]) -> None:
    packed = Oids.of(names)
    assert list(packed) == names and len(packed) == len(names)
    assert [packed[place] for place in range(len(names))] == names
    assert packed[1:3] == names[1:3] and list(Oids(packed.packed, packed.size)) == names


@given(COLUMNS, NAMES)
def test_it_knows_what_is_in_it(names: list[str], name: str) -> None:
    packed = Oids.of(names)
    for looked in (packed.for_looks(1), packed.for_looks(1_000)):
        assert (name in looked) == (name in names) or not name
    for other in ("", "1112", "no name", "00" * 20, None, name + "11"):
        assert other not in packed


@given(COLUMNS, st.dictionaries(st.integers(0, 299), NAMES, max_size=12))
def test_what_is_changed_differs(names: list[str], changes: dict[int, str]) -> None:
    changes = {place: name for place, name in changes.items() if place < len(names)}
    now = [changes.get(place, name) for place, name in enumerate(names)]
    packed = Oids.of(names)
    assert list(packed.with_(changes)) == now and list(packed) == names
    differing = [place for place, (one, other) in enumerate(zip(names, now, strict=True)) if one != other]
    assert packed.differing(packed.with_(changes)) == differing


def test_names_of_another_length_are_other_names() -> None:
    short, long = Oids.of(["11" * 20, ""]), Oids.of(["11" * 32, ""])
    assert short.differing(long) == [0, 1]
    assert short.differing(Oids.of(["11" * 20])) == [0, 1]
    # A column of unknown names does not know how long one is.
    assert list(Oids.of(["", ""]).with_({1: "22" * 32})) == ["", "22" * 32]
