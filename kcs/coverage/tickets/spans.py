"""Spans of time as help desks write them, in minutes: `12`, `1:30:00`, `1h 30m`, `PT1H30M`, `1 ชม. 30 นาที`."""

from __future__ import annotations

import re
from datetime import UTC
from math import inf

from kcs.coverage.tickets.values import moment_of_any_year

_HOUR, _DAY, _WEEK = 60.0, 24 * 60.0, 7 * 24 * 60.0
# So many minutes nobody spends: sums of them would say nothing, or be no number any more.
LONGEST = 1e9
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")
_CLOCK = re.compile(r"(\d{1,9}):(\d\d)(?::(\d\d))?")
_PART = re.compile(r" ?(?:,|and\b)? ?(\d+(?:[.,]\d+)?) ?([^\d\s.,;:]*)\.?", re.IGNORECASE)
# How the words begin; the first that fits. `Std.` and `semanas` are no seconds, and nobody knows how long a month is.
_UNITS: tuple[tuple[str, float], ...] = (
    ("mo", 0), ("mes", 0), ("mê", 0), ("mé", 0), ("maa", 0), ("ms", 0), ("mil", 0),
    ("std", _HOUR), ("stund", _HOUR), ("sem", _WEEK), ("sett", _WEEK), ("tag", _DAY), ("giorn", _DAY),
    ("ora", _HOUR), ("ore", _HOUR), ("uur", _HOUR), ("uren", _HOUR),
    ("w", _WEEK), ("d", _DAY), ("j", _DAY), ("h", _HOUR), ("m", 1), ("s", 1 / 60),
    ("tuần", _WEEK), ("ngày", _DAY), ("giờ", _HOUR), ("phút", 1), ("giây", 1 / 60),
    ("สัปดาห์", _WEEK), ("วัน", _DAY), ("ชั่วโมง", _HOUR), ("ชม", _HOUR), ("นาที", 1), ("วินาที", 1 / 60),
    ("أسبوع", _WEEK), ("يوم", _DAY), ("أيام", _DAY), ("ساع", _HOUR), ("دقيق", 1), ("دقائق", 1), ("ثاني", 1 / 60), ("ثوان", 1 / 60),
)  # fmt: skip


def minutes(text: str, unit: float = 1.0) -> float | None:
    """Minutes of a number, in the column's unit; of a clock; of numbers with units, the largest first; and of
    the moments after 1970 that ServiceNow writes spans as. None for anything else, and for what takes a
    lifetime or less than nothing.
    """
    found = _minutes(" ".join(text.replace("\u00a0", " ").split()), unit)
    return found if found is not None and 0 <= found < LONGEST else None


def _minutes(text: str, unit: float) -> float | None:
    try:
        number = float(_plain(text.replace(" ", ""), unit))
        return number * unit if number < LONGEST else None  # a moment in seconds since 1970 is no span
    except ValueError:
        pass
    if (found := _CLOCK.fullmatch(text)) is not None:
        return int(found[1]) * _HOUR + int(found[2]) + int(found[3] or 0) / 60
    if text.startswith("1970-"):
        since = moment_of_any_year(text, "", UTC)
        return None if since is None else since.timestamp() / 60
    return _of_units(text)


def _plain(text: str, unit: float) -> str:
    """A number as Python writes it."""
    point, comma = text.rfind("."), text.rfind(",")
    if 0 <= point < comma and text.count(",") == 1:
        return text.replace(".", "").replace(",", ".")  # 1.500,75
    # `1,500` seconds are 25 minutes, and nobody spends as many hours: there it is one and a half.
    grouped = point >= 0 or text.count(",") != 1 or (unit < _HOUR and _THOUSANDS.fullmatch(text))
    return text.replace(",", "" if grouped else ".")


def _of_units(text: str) -> float | None:
    if re.match(r"P[\dT]", text):  # ISO 8601: before the T, M is a month
        days, _, clock = text[1:].partition("T")
        if "M" in days:
            return None
        text = f"{days} {clock}".strip()
    at, total, last = 0, 0.0, inf
    while at < len(text):
        found = _PART.match(text, at)
        if found is None:
            return None
        # `1h30` is an hour and a half.
        unit = _unit(found[2].casefold()) if found[2] else 1.0 if last == _HOUR else 0.0
        if not 0 < unit < last:
            return None
        total, last, at = total + float(found[1].replace(",", ".")) * unit, unit, found.end()
    return total if last < inf else None


def _unit(word: str) -> float:
    """So many minutes; 0 if nobody knows."""
    return next((each for begin, each in _UNITS if word.startswith(begin)), 0.0)
