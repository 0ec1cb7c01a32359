from __future__ import annotations

from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.article.days import ORDERS, Interval, parse_day, parse_interval, parse_moment, write_like


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-06-01", date(2020, 6, 1)),
        (" 2020-06-01 ", date(2020, 6, 1)),
        ("2020-6-1", date(2020, 6, 1)),
        ("2020/06/01", date(2020, 6, 1)),
        ("2020.6.1", date(2020, 6, 1)),
        ("20200601", date(2020, 6, 1)),
        ("June 1, 2020", date(2020, 6, 1)),
        ("Sept 1, 2020", date(2020, 9, 1)),
        ("1 Jun 2020", date(2020, 6, 1)),
        ("1-May-2020", date(2020, 5, 1)),
        ("2026-11-20T23:30:00Z", date(2026, 11, 20)),
        ("2026-11-20 23:30", date(2026, 11, 20)),
        ("2026-11-20 8:14:55 -0400", date(2026, 11, 20)),
        ("2026-11-20T08:14:55.1234567Z", date(2026, 11, 20)),
        ("2026-02-30", None),
        ("2020-05-128", None),
        ("202-04-23", None),
        ("03/04/2020", None),
        ("2020-06/01", None),
        ("Foo 3, 2019", None),
        ("tomorrow", None),
        ("๒๕๖๙/๑๑/๒๒", None),
        ("๒๕๖๙๑๑๒๒", None),
        ("٢٠٢٦.١١.٢٢", None),
        ("", None),
        ("2026-11-20T25:00:00Z", None),
    ],
)
def test_a_day_is_read_exactly_or_not_at_all(text: str, day: date | None) -> None:
    assert parse_day(text) == day


def test_a_moment_is_the_day_it_was_in_the_bases_zone() -> None:
    bangkok = timezone(timedelta(hours=7))
    assert parse_day("2026-11-20T23:30:00Z", bangkok) == date(2026, 11, 21)
    assert parse_day("2026-11-20T23:30:00Z", UTC) == date(2026, 11, 20)
    assert parse_day("2026-11-20T23:30:00", bangkok) == date(2026, 11, 20)


@given(st.text(max_size=30))
def test_no_text_is_a_crash(text: str) -> None:
    parse_day(text)
    parse_moment(text)
    parse_interval(text)


EXAMPLES = [
    "2020-06-01",
    "2020/6/1",
    "20200601",
    "June 1, 2020",
    "1 Jun 2020",
    "01 June 2020",
    "2020-06-01T08:00:00Z",
    "2020-06-01T08:00:00.123Z",
    "2020-06-01 08:00",
    "2020-06-01 8:00:05 -0400",
]


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.sampled_from(EXAMPLES))
def test_a_day_written_like_another_reads_back(day: date, example: str) -> None:
    assert parse_day(write_like(day, example)) == day


@given(
    st.dates(date(1990, 1, 1), date(2200, 1, 1)),
    st.sampled_from([*EXAMPLES, "03/04/2020", "3.4.2020", "12-25-2020", "25-12-2020"]),
    st.sampled_from(ORDERS),
)
def test_with_an_order_a_day_reads_back_as_well(day: date, example: str, order: str) -> None:
    assert parse_day(write_like(day, example, order), order=order) == day


def test_an_order_says_which_number_is_the_month() -> None:
    assert parse_day("03/04/2020") is None
    assert parse_day("03/04/2020", order="month-first") == date(2020, 3, 4)
    assert parse_day("03/04/2020", order="day-first") == date(2020, 4, 3)
    assert parse_day("25/04/2020", order="month-first") is None
    assert parse_day("3/4-2020", order="day-first") is None
    assert write_like(date(2026, 11, 3), "1/5/2020", "month-first") == "11/3/2026"
    assert write_like(date(2026, 11, 3), "01.05.2020", "day-first") == "03.11.2026"


@pytest.mark.parametrize(
    ("example", "written"),
    [
        ("2020-06-01", "2026-11-03"),
        ("2020/6/1", "2026/11/3"),
        ("June 1, 2020", "November 3, 2026"),
        ("Jun 01 2020", "Nov 03 2026"),
        ("1-May-2020", "3-November-2026"),
        ("2020-06-01 08:15:00 +0200", "2026-11-03 12:00:00 +0200"),
        ("03/04/2020", "2026-11-03"),
        ("", "2026-11-03"),
    ],
)
def test_the_notation_is_kept(example: str, written: str) -> None:
    assert write_like(date(2026, 11, 3), example) == written


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("90d", date(2026, 11, 22), date(2027, 2, 20)),
        ("6 months", date(2026, 8, 31), date(2027, 2, 28)),
        ("6 months", date(2027, 8, 31), date(2028, 2, 29)),
        ("1 year", date(2024, 2, 29), date(2025, 2, 28)),
        ("12 months", date(2024, 2, 29), date(2025, 2, 28)),
        ("2 weeks", date(2026, 12, 25), date(2027, 1, 8)),
        ("1 month", date(2026, 1, 31), date(2026, 2, 28)),
        ("quarterly", date(2026, 1, 31), date(2026, 4, 30)),
        ("Annual", date(2026, 2, 1), date(2027, 2, 1)),
        ("semi-annually", date(2026, 2, 1), date(2026, 8, 1)),
    ],
)
def test_intervals_follow_the_calendar(text: str, start: date, end: date) -> None:
    interval = parse_interval(text)
    assert interval is not None
    assert interval.after(start) == end


@pytest.mark.parametrize(
    "text", ["", "0d", "-3d", "never", "90", "d", "3 fortnights", "99999d", "200 years", "1.5y", "biannual"]
)
def test_what_is_no_interval_is_refused(text: str) -> None:
    assert parse_interval(text) is None


def test_an_interval_beyond_the_calendar_ends_with_it() -> None:
    assert Interval(months=12).after(date(9999, 6, 1)) == date.max
    assert Interval(days=-7).after(date.min) == Interval(months=-1).after(date.min) == date.min


@given(st.integers(1, 1200), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_months_never_skip_a_month(months: int, day: date) -> None:
    after = Interval(months=months).after(day)
    assert (after.year - day.year) * 12 + after.month - day.month == months
    assert after.day <= day.day


@pytest.mark.parametrize(
    "text",
    [
        "at 2026-11-20T09:12:00Z",
        "2026-11-20T09:12:00Z.",
        "12026-11-20T09:12:00Z",
        "2026-11-20T9:12Z",
    ],
)
def test_what_has_a_moment_in_it_is_none(text: str) -> None:
    assert parse_moment(text) is None and parse_day(text) is None
    assert write_like(date(2026, 11, 20), text) == "2026-11-20"
    assert parse_moment("2026-11-31T09:12:00Z") is None


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        (Interval(days=90), "90d"), (Interval(days=1), "1d"), (Interval(months=1), "1 month"), (Interval(months=6), "6 months"),
        (Interval(months=12), "1 year"), (Interval(months=18), "18 months"), (Interval(months=24), "2 years"),
    ],
)  # fmt: skip
def test_an_interval_is_said_as_it_can_be_written(interval: Interval, said: str) -> None:
    assert str(interval) == said and parse_interval(said) == interval
