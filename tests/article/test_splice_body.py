"""Places of a body that are changed: every other byte stays, and what would be read otherwise is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.article.body_splice import splice_body
from kcs.article.front_matter import read
from kcs.errors import CannotEdit

HEADS = st.sampled_from(
    [b"", b"---\na: 1\n---\n", b"--- \r\na: 1\r\n...\r\n", b"---\n# c\n---", b"---\ra: \xe1\xba\xa5\r---\r"]
)
BODIES = st.text("ab-.\n\r:\u00e9\U0001f600", max_size=20)


@given(
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    HEADS,
    BODIES,
    st.lists(st.tuples(st.integers(0, 20), BODIES | st.just("---\nb: 2\n---\n")), max_size=4),
    st.randoms(),
)
def test_only_these_places_change_or_it_is_refused(
    bom: bytes, head: bytes, text: str, news: list[tuple[int, str]], random: object
) -> None:
    raw = bom + head + text.encode()
    before = read(raw)
    places = sorted({min(place, len(before.body)) for place, _ in news})
    pieces = [
        (start, end, new) for start, end, (_, new) in zip(places[::2], places[1::2], news, strict=False)
    ]
    wanted, at = "", 0
    for start, end, new in pieces:
        wanted, at = wanted + before.body[at:start] + new, end
    wanted += before.body[at:]
    after = raw[: len(raw) - len(before.body.encode())] + wanted.encode()
    if read(after).body == wanted:
        random.shuffle(pieces)  # type: ignore[attr-defined]
        assert splice_body(raw, pieces) == after
        assert read(after).meta == before.meta
    else:
        with pytest.raises(CannotEdit, match="the front matter would change with it") as refused:
            splice_body(raw, pieces)
        assert refused.value.line == 1


@pytest.mark.parametrize(
    ("raw", "piece"),
    [
        (b"x\na: 1\n---\n", (0, 1, "---")),  # text becomes front matter
        (b"x\n---\n", (0, 1, "---")),  # an empty one too
        (b"---\na: 1\nb\n", (9, 10, "---")),  # what was never closed
    ],
)  # fmt: skip
def test_a_text_that_would_become_front_matter_is_refused(raw: bytes, piece: tuple[int, int, str]) -> None:
    with pytest.raises(CannotEdit, match="the front matter would change with it"):
        splice_body(raw, [piece])


def test_a_text_that_is_not_utf_8_is_refused_with_its_line() -> None:
    with pytest.raises(CannotEdit, match="not UTF-8") as refused:
        splice_body(b"---\na: 1\n---\nx \xff\n", [(0, 1, "y")])
    assert refused.value.line == 4 and "UTF-8" in refused.value.hint
