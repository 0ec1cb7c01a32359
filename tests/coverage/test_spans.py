"""Spans of time in the cells of exports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.coverage.tickets.spans import minutes

_UNITS = {"w": 10_080, "d": 1440, "h": 60, "m": 1, "s": 1 / 60}


@pytest.mark.parametrize(
    ("written", "spent"),
    [
        ("12", 12), ("1.500,75", 1500.75), ("1 500", 1500), ("1:30", 90), ("0:01:30", 1.5), ("1970-01-01 00:25:00", 25),
        ("1h30m", 90), ("1h 30m", 90), ("1h30", 90), ("2d4h", 3120), ("1,5 h", 90), ("5m30s", 5.5), ("PT1H30M", 90), ("P1DT2H", 1560),
        ("2 hours, 5 minutes", 125), ("2 hours and 5 minutes", 125), ("3\u00a0hrs", 180), ("1 Std. 30 Min.", 90), ("2 semanas", 20_160),
        ("1 giờ 30 phút", 90), ("1 ชม. 30 นาที", 90), ("30 วินาที", 0.5), ("2 ساعة", 120), ("١٢", 12),
    ],
)  # fmt: skip
def test_a_span_is_read_whole(written: str, spent: float) -> None:
    assert minutes(written) == pytest.approx(spent)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "h",
        "P",
        "-5",
        "12 %",
        "1m1h",
        "2h 3h",
        "P1M",
        "P1MT2H",
        "2 months",
        "30 ms",
        "5 x",
        "nan",
        "1h and",
        "1h 5 x",
        "9" * 400 + "h",
        "9" * 400 + ":00",
        "9" * 5000 + ":00",
        "99999999:00",
    ],
)
def test_what_is_no_span_is_not_guessed(written: str) -> None:
    assert minutes(written) is None


@given(
    st.fixed_dictionaries({}, optional={unit: st.integers(0, 999) for unit in _UNITS}),
    st.sampled_from(["", " ", ", "]),
)
def test_units_from_the_largest_down_add_up(parts: dict[str, int], between: str) -> None:
    units = [unit for unit in _UNITS if unit in parts]
    said = between.join(f"{parts[unit]}{unit}" for unit in units)
    wanted = sum(parts[unit] * _UNITS[unit] for unit in units)
    assert minutes(said) == (pytest.approx(wanted) if units else None)


@given(st.text("0123456789 .,:hdmswPT-", max_size=40))
def test_no_cell_breaks_it(text: str) -> None:
    found = minutes(text)
    assert found is None or found >= 0


@pytest.mark.parametrize("written", ["1w{}x", "1d{}!", "{}x"])
def test_a_cell_of_blanks_takes_no_time(written: str) -> None:
    """(This ends: with a step for each way to share out the blanks it takes years.)"""
    assert minutes(written.format(" " * 20_000)) is None


@pytest.mark.parametrize(
    "month", ["mo", "months", "Monate", "mois", "mes", "meses", "mês", "mese", "maanden"]
)
def test_a_month_is_no_minute_in_any_language(month: str) -> None:
    assert minutes(f"1 {month}") is None
