"""Days and intervals as people write them in front matter:
read exactly, refused when ambiguous, written back in kind.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache

from kcs.patterns import later
from kcs.tuples import NamedTuple

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTH_FIRST, DAY_FIRST = "month-first", "day-first"
ORDERS = (MONTH_FIRST, DAY_FIRST)
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}
_MONTH = r"(?P<name>[A-Z][a-z]{2,8})\.?"

# YAML allows an hour of one digit (`8:14:55`), and public bases have it; .NET writes seven digits of a second.
_TIME = later(
    r"(\d{4}-\d{2}-\d{2})[Tt ]+((?:(?<= )\d|\d\d):\d{2}(?::\d{2}(\.\d{1,9})?)?)( ?(?:Z|z|[+-]\d{2}(?::?\d{2})?))?$"
)
_UNITS = frozenset(
    ["d", "day", "days", "w", "week", "weeks", "m", "mo", "month", "months", "y", "year", "years"]
)
# How often, as many bases write it (`review_cycle: quarterly`). Biannual and bimonthly mean two things each.
HOW_OFTEN = {
    "daily": "1d",
    "weekly": "7d",
    "monthly": "1m",
    "quarterly": "3m",
    **dict.fromkeys(("half-yearly", "semi-annual", "semi-annually", "semiannual", "semiannually"), "6m"),
    **dict.fromkeys(("annual", "annually", "yearly"), "1y"),
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_DIGITS = 5
_MOST_DAYS = 36_525


def parse_day(text: str, timezone: tzinfo = UTC, order: str = "") -> date | None:
    """The day that `text` names, or None if it names none or more than one.

    `order` (`month-first`, `day-first`) is how a base says that its 01/05/2026 are written; without it they are none.

    A moment with an offset gives its day in `timezone`; one without is taken literally.
    """
    text = text.strip()
    try:
        if len(text) == 10 and text[4] == "-":
            return date.fromisoformat(text)
        moment = parse_moment(text)
        if moment is not None:
            return moment.astimezone(timezone).date() if moment.tzinfo else moment.date()
        for notation in _notations(order):
            if match := notation.match(text):
                return _from_parts(match)
    except (ValueError, OverflowError):
        pass
    return None


@cache
def _notations(order: str = "") -> tuple[re.Pattern[str], ...]:
    # Only orders that can be read in one way: 03/04/2020 is not among them, and is a finding instead of a guess.
    patterns = [
        r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<d>\d{1,2})(?P<sep>[ -])" + _MONTH + r"(?P=sep)(?P<y>\d{4})",
        _MONTH + r" (?P<d>\d{1,2})(?P<comma>,?) (?P<y>\d{4})",
    ]
    if order:
        first, second = ("m", "d") if order == MONTH_FIRST else ("d", "m")
        patterns.append(
            rf"(?P<{first}>\d{{1,2}})(?P<sep>[-/.])(?P<{second}>\d{{1,2}})(?P=sep)(?P<y>\d{{4}})(?P<{order[0]}_first>)"
        )
    # Digits of other scripts are no days here, as in ISO 8601: Thai ones go with Thai years, 543 ahead of ours.
    return tuple(re.compile(pattern + r"\s*$", re.ASCII) for pattern in patterns)


def parse_moment(text: str) -> datetime | None:
    """A date with a time (ISO 8601, `Z` or an offset optional), or None."""
    match = _TIME.match(text.strip())
    if not match:
        return None
    day, time, _, offset = match.groups()
    try:
        return datetime.fromisoformat(f"{day}T{'0' * (time[1] == ':')}{time}{(offset or '').strip().upper()}")
    except ValueError:
        return None


def _from_parts(match: re.Match[str]) -> date:
    parts = match.groupdict()
    name = parts.get("name")
    if name is None:
        month = int(parts["m"])
    else:
        month = _MONTH_NUMBERS.get(name[:3].lower(), 0)
        if month and not _MONTHS[month - 1].startswith(name) and name != "Sept":
            month = 0
    return date(int(parts["y"]), month, int(parts["d"]))


def write_like(day: date, example: str, order: str = "") -> str:
    """`day` in the notation of `example` (`order` as in parse_day); ISO 8601 if the example is empty or unreadable."""
    example = example.strip()
    if moment := _TIME.match(example):
        # Noon is the same day in nearly every zone, whichever offset the base writes.
        _, time, fraction, offset = moment.groups()
        seconds = ":00" * (time.count(":") == 2) + "".join(
            "0" if sign.isdigit() else sign for sign in fraction or ""
        )
        return f"{day.isoformat()}{example[10]}12:00{seconds}{offset or ''}"
    for notation in _notations(order):
        if match := notation.match(example):
            return _write_parts(day, match)
    return day.isoformat()


def _write_parts(day: date, match: re.Match[str]) -> str:
    parts = match.groupdict()
    sep = parts.get("sep") or ""
    padded = len(parts["d"]) == 2
    number = f"{day.day:02d}" if padded else str(day.day)
    if (name := parts.get("name")) is not None:
        full = _MONTHS[day.month - 1]
        word = full if len(name) > 3 or name == "May" else full[:3]
        if "comma" in parts:
            return f"{word} {number}{parts['comma']} {day.year}"
        return f"{number}{sep}{word}{sep}{day.year}"
    month = f"{day.month:02d}" if len(parts["m"]) == 2 else str(day.month)
    if "m_first" in parts:
        return f"{month}{sep}{number}{sep}{day.year}"
    if "d_first" in parts:
        return f"{number}{sep}{month}{sep}{day.year}"
    return f"{day.year}{sep}{month}{sep}{number}"


class Interval(NamedTuple):
    """A span of calendar time. Months keep the day of the month where the target month has it, else its last day."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The day this interval after `day`; the calendar's first or last day if it is beyond."""
        try:
            if self.months:
                from calendar import monthrange  # it loads `locale`, and most intervals are days

                years, month = divmod(day.month - 1 + self.months, 12)
                year = day.year + years
                day = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
            return day + timedelta(days=self.days)
        except (OverflowError, ValueError):
            return date.min if self.months < 0 or self.days < 0 else date.max

    def __str__(self) -> str:
        if self.months:
            years, rest = divmod(self.months, 12)
            number, unit = (self.months, "month") if rest else (years, "year")
            return f"{number} {unit}{'s' if number != 1 else ''}"
        return f"{self.days}d"


def parse_interval(text: str) -> Interval | None:
    """`90d`, `2 weeks`, `6 months`, `1 year`, `quarterly`; None if it is none of these or longer than a century."""
    text = text.strip().lower()
    text = HOW_OFTEN.get(text, text)
    digits = text.rstrip(_LETTERS)
    unit, digits = text[len(digits) :], digits.rstrip()
    if unit not in _UNITS or not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        return None
    number = int(digits)
    span = {
        "d": Interval(days=number),
        "w": Interval(days=7 * number),
        "m": Interval(months=number),
        "y": Interval(months=12 * number),
    }[unit[0]]
    return span if 0 < span.days + span.months * 30 <= _MOST_DAYS else None
