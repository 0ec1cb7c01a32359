"""The words of a ticket: as search is given them, and with their lines for who reads them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kcs.coverage.asked import asked, beginning, on_one_line
from kcs.coverage.tickets import Ticket

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


def test_characters_of_a_web_page_are_those_that_it_shows() -> None:
    said = asked(
        Ticket("1", subject="Can&#39;t see Teams&reg;", description="R&D; a&amp;b&nbsp;c &#x1F600; &no-such;")
    )
    assert said.subject == "Can't see Teams®"
    assert said.text.split() == ["R&D;", "a&b", "c", "\U0001f600", "&no-such;"]
