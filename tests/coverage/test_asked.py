"""The words of a ticket: as search is given them, and with their lines for who reads them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kcs.coverage.asked import beginning, on_one_line

_LONGEST = 400


def plainly(text: str) -> str:
    """The first sentences on one line, as they were always searched and grouped."""
    kept = ""
    for sentence in re.split(r"(?<=[.!?؟。])\s+|\n+", text.strip()):
        if kept and len(kept) + len(sentence) > _LONGEST:
            break
        kept = f"{kept} {sentence}".strip()
    return kept[:_LONGEST]


_WORD = st.text("ab1-*ก", min_size=1, max_size=90)
_TEXT = st.lists(_WORD | st.sampled_from([" ", ". ", "\n", ".\n", "\n\n", "! \n ", "?\n\n\n"])).map("".join)


@given(_TEXT)
def test_lines_are_kept_and_change_nothing_of_what_is_searched(text: str) -> None:
    lined = beginning(text)
    assert on_one_line(lined).split() == plainly(text).split()
    whole = [" ".join(line.split()) for line in text.split("\n")]
    assert all(any(" ".join(line.split()) in one for one in whole) for line in lined.split("\n"))


def test_an_empty_line_stays_one() -> None:
    assert (
        beginning("It fails.\n1. Open\n2. Save\n\n\nLog:\nERR 42")
        == "It fails.\n1. Open\n2. Save\n\nLog:\nERR 42"
    )
