"""Cells of exports as values: moments and lists. None if a cell says something that cannot be understood."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

# The clock and the zone, groups 4 to 8 of each.
_CLOCK = r"(?:,?(?: at)?[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?"
_WEEKDAY = r"(?:[A-Za-z]{3,9},\s*)?"
_ISO = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)" + _CLOCK)
_DAY_FIRST = re.compile(_WEEKDAY + r"(\d\d?)[-/. ](\d\d?|[^\W\d_]{3,9})\.?[-/. ](\d\d(?:\d\d)?)" + _CLOCK)
_MONTH_FIRST = re.compile(_WEEKDAY + r"([A-Za-z]{3,9})\.? (\d\d?),? (\d{4})" + _CLOCK)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# As German, French and Spanish begin those that English does not; Jira writes them in its user's language.
_MONTHS_ELSEWHERE = {
    "mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12, "fév": 2, "avr": 4, "juin": 6, "juil": 7, "aoû": 8, "déc": 12,
    "ene": 1, "abr": 4, "ago": 8, "dic": 12,
}  # fmt: skip
_APART = re.compile(r"[,;|\s]+")
# Thai exports count years from 543 before.
_BUDDHIST = 2400
# No help desk is older: before it lie the days that programs write for none, 1753, 1900, and 1970 for a moment of 0.
_FIRST = 1971
# What programs write where there is no day: MySQL's zeros, the
# calendar's first and last, and the dash of Zendesk's views.
_NO_DAY = re.compile(r"(?:0000-00-00|0001-01-01|9999-12-31)(?!\d)|[-–—]$")


def says_no_day(text: str) -> bool:
    """Whether the cell is empty, or holds a day that stands for none."""
    return not text or _NO_DAY.match(text) is not None


def moment(text: str, order: str = "", zone: tzinfo = UTC) -> datetime | None:
    """ISO and the like, seconds or milliseconds since 1970, `12/Mar/24 10:02 AM`, `Mar 12, 2024`, a mail's date.

    `12/03/2024` only where `order` (dmy or mdy) says how to read it.
    Naive ones are in `zone`. None for a year without help desks.
    """
    found = moment_of_any_year(text.strip(), order, zone)
    return found if found is not None and _FIRST <= found.year < _BUDDHIST else None


def moment_of_any_year(text: str, order: str, zone: tzinfo) -> datetime | None:
    """As `moment`, for a stripped text, of years before help desks too."""
    whole, _, parts = text.partition(".")
    if whole.isdecimal() and 9 <= len(whole) <= 16 and (not parts or parts.isdecimal()):
        return _epoch(int(whole))
    try:
        found = datetime.fromisoformat(text)
        if found.year > _BUDDHIST:
            found = found.replace(year=found.year - 543)
        return found if found.tzinfo else found.replace(tzinfo=zone)
    except ValueError:
        pass
    try:
        return _iso(text, zone) or _day_first(text, order, zone) or _month_first(text, zone)
    except (ValueError, OverflowError):
        return None


def _epoch(number: int) -> datetime | None:
    seconds = number / 10 ** (3 * ((len(str(number)) - 8) // 3)) if number >= 10**11 else number
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _iso(text: str, zone: tzinfo) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    return _clock(int(found[1]), int(found[2]), int(found[3]), found, zone)


def _day_first(text: str, order: str, zone: tzinfo) -> datetime | None:
    found = _DAY_FIRST.fullmatch(text)
    if not found:
        return None
    day, month = found[1], found[2]
    if month.isdecimal():
        if order not in ("dmy", "mdy"):
            return None
        day, month = (day, month) if order == "dmy" else (month, day)
    return _clock(int(found[3]), _month(month), int(day), found, zone)


def _month_first(text: str, zone: tzinfo) -> datetime | None:
    found = _MONTH_FIRST.fullmatch(text)
    return _clock(int(found[3]), _month(found[1]), int(found[2]), found, zone) if found else None


def _clock(year: int, month: int, day: int, found: re.Match[str], zone: tzinfo) -> datetime:
    hour, minute, second = (int(one or 0) for one in found.groups()[3:6])
    if half := (found[7] or "").lower():
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    year = year + 2000 if year < 100 else year - 543 if year > _BUDDHIST else year
    # ISO's other name for the next midnight.
    ended = (hour, minute, second) == (24, 0, 0)
    at = datetime(year, month, day, 0 if ended else hour, minute, second, tzinfo=_zone(found[8], zone))
    return at + timedelta(days=ended)


def _zone(said: str | None, zone: tzinfo) -> tzinfo:
    if not said:
        return zone
    if said[0] not in "+-":
        return UTC
    ahead = timedelta(hours=int(said[1:3]), minutes=int(said[-2:]))
    return timezone(ahead if said[0] == "+" else -ahead)


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    begin = text[:4].lower()
    return _MONTHS_ELSEWHERE.get(begin) or _MONTHS_ELSEWHERE.get(begin[:3]) or _MONTHS.index(begin[:3]) + 1


def order_of(texts: list[str]) -> str:
    """dmy or mdy, if one of these dates of two numbers and a year has only one reading; else empty."""
    pairs = [
        (int(one[1]), int(one[2]))
        for text in texts
        if (one := _DAY_FIRST.fullmatch(text.strip())) and one[2].isdecimal()
    ]
    first, second = max((one for one, _ in pairs), default=0), max((two for _, two in pairs), default=0)
    if max(first, second) <= 12 or min(first, second) > 12:
        return ""
    return "dmy" if first > 12 else "mdy"


def listed(texts: list[str]) -> tuple[str, ...]:
    """The items of cells that hold lists: separated by blanks, commas, semicolons or bars; each once."""
    return tuple(dict.fromkeys(item for text in texts for item in _APART.split(text.strip(" []\"'")) if item))
