"""What is kept by path is found again, each by itself; what was never written so is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.kb.kept.by_path import ByPath, NotWrittenSo, encoded, packed

PATHS = st.text(st.characters(codec=None), max_size=4) | st.sampled_from(
    ["a", "a/b", "a b", 'a"', "a\n", "\udc80"]
)
VALUES = st.lists(st.text(max_size=3) | st.integers(), max_size=3)


@given(st.dictionaries(PATHS, VALUES, max_size=12), PATHS)
def test_each_is_found(values: dict[str, list[object]], other: str) -> None:
    kept = ByPath(packed(values))
    for path in (*values, other):
        assert kept.get(path) == values.get(path)


@given(st.dictionaries(PATHS, VALUES, max_size=12), st.dictionaries(PATHS, st.none() | VALUES, max_size=4))
def test_some_in_place_of_others(
    values: dict[str, list[object]], others: dict[str, list[object] | None]
) -> None:
    lines = {path: None if one is None else encoded(one) for path, one in others.items()}
    both = {path: one for path, one in (values | others).items() if one is not None}
    assert ByPath(packed(values)).replaced(lines) == packed(both)


@pytest.mark.parametrize("raw", [b"", b"[]", b"7", b"null", b"3\nab", b"-1\n", b"\xb2\n"])
def test_what_was_not_written_so(raw: bytes) -> None:
    with pytest.raises(NotWrittenSo):
        ByPath(raw)


def test_a_value_that_cannot_be_read() -> None:
    with pytest.raises(NotWrittenSo):
        ByPath(packed({"a": [1]}).replace(b"[1]", b"[1,")).get("a")
