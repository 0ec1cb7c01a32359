"""What is wrong with a text that was to be a day, and what to
write in its place: for errors, read only when there is one.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import month_name, monthrange
from datetime import date

from kcs.article.days import parse_day

WRITE = "a day is written 2026-11-22"
# Thai digits go with Thai years: 2569 of the Buddhist era is 2026.
_THAI_DIGIT = re.compile("[๐-๙]")
_ERA, _FIRST_OF_ERA = 543, 2400
_PARTS = re.compile(r"(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/. ])(\d{1,2})\6(\d{4})", re.ASCII)


def why_no_day(text: str) -> tuple[str, str] | None:
    """(what it is, what to write) for text like a day that is none; None if it is not like a day."""
    plain = "".join(str(unicodedata.decimal(one, one)) for one in text).strip()
    if found := _PARTS.fullmatch(plain):
        year, between, month, day, first, _, second, last = found.groups()
        if _THAI_DIGIT.search(text) and (thai := int(year or last)) >= _FIRST_OF_ERA:
            year = last = str(thai - _ERA)
        if first is None:
            # Written in one, only eight digits are a day.
            return _of_one(int(year), int(month), int(day)) if between or len(plain) == 8 else None
        return _of_two(int(last), int(first), int(second))
    read = parse_day(plain)
    return ("is not written as days are here", f"write {read}") if read else None


def _of_one(year: int, month: int, day: int) -> tuple[str, str]:
    read = _day(year, month, day)
    return ("is not written as days are here", f"write {read}") if read else (_missing(year, month), WRITE)


def _of_two(year: int, one: int, other: int) -> tuple[str, str]:
    """The same for a day whose month comes first in some countries and second in others."""
    read = sorted({day for day in (_day(year, one, other), _day(year, other, one)) if day})
    if len(read) == 2:
        return "may be two days", f"write {read[0]} or {read[1]}"
    if read:
        return "is not written as days are here", f"write {read[0]}"
    return _missing(year, one if other > 12 >= one else other), WRITE


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _missing(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return f"is not a date: there is no month {month}"
    if not 1 <= year <= 9999:
        return f"is not a date: there is no year {year}"
    return f"is not a date: {month_name[month]} {year} has {monthrange(year, month)[1]} days"
