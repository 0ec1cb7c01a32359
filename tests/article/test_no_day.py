"""What is said of a text that was to be a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.article.no_day import why_no_day


@pytest.mark.parametrize(
    ("text", "what", "write"),
    [
        ("2026-02-30", "February 2026 has 28 days", "2026-11-22"),
        ("2024-02-30", "February 2024 has 29 days", "2026-11-22"),
        ("2026-13-01", "no month 13", "2026-11-22"),
        ("0000-01-01", "no year 0", "2026-11-22"),
        ("30/02/2026", "February 2026 has 28 days", "2026-11-22"),
        ("31.04.2026", "April 2026 has 30 days", "2026-11-22"),
        ("25/12/2026", "not written", "write 2026-12-25"),
        ("12/25/2026", "not written", "write 2026-12-25"),
        ("03/04/2026", "two days", "write 2026-03-04 or 2026-04-03"),
        ("04/04/2026", "not written", "write 2026-04-04"),
        ("2026-2-3", "not written", "write 2026-02-03"),
        (" 2026-02-03 ", "not written", "write 2026-02-03"),
        ("๒๐๒๖-๐๒-๑๑", "not written", "write 2026-02-11"),
        ("๒๕๖๙-๐๒-๑๑", "not written", "write 2026-02-11"),
        ("๒๕/๑๒/๒๕๖๙", "not written", "write 2026-12-25"),
        ("๒๙/๐๒/๒๕๖๙", "February 2026 has 28 days", "2026-11-22"),
        ("١١/٠٢/٢٠٢٦", "two days", "write 2026-02-11 or 2026-11-02"),
        ("3 Feb 2026", "not written", "write 2026-02-03"),
    ],
)
def test_it_says_what_is_wrong_and_what_to_write(text: str, what: str, write: str) -> None:
    told = why_no_day(text)
    assert told is not None and what in told[0] and write in told[1]


@pytest.mark.parametrize(
    "text", ["", "yesterday", "main", "90d", "2026", "v2026.1", "deadbeef", "1/2", "²-²-²"]
)
def test_what_is_not_like_a_day_is_left_to_others(text: str) -> None:
    assert why_no_day(text) is None


@given(st.text("0123456789-/. ๐๒Feb²", max_size=12) | st.dates().map(str))
def test_whatever_is_typed_it_ends_in_words_and_what_it_says_to_write_is_a_day(text: str) -> None:
    told = why_no_day(text)
    for word in told[1].removeprefix("write ").split(" or ") if told and told[1].startswith("write") else ():
        assert date.fromisoformat(word)
