"""How often one article answers, lately and before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from kcs.coverage.spool import Judged
from kcs.coverage.topics import note_product

# Thirteen weeks, by the day: a month that has only begun has few tickets, and would pass for a fall.
SPAN = timedelta(weeks=13)


@dataclass(slots=True)
class Used:
    """Known issues: tickets that one article answered. `linked`: how many of them have a link that says so.

    `minutes`: its share of the time of each ticket that tells one; `untimed`: its shares of the others, in tickets.

    `last`, `before`: how many came in the SPAN that ends with the newest ticket, and in the one before it.
    """

    path: str
    count: int = 0
    linked: int = 0
    minutes: float = 0.0
    untimed: float = 0.0
    last: int = 0
    before: int = 0
    products: Counter[str] = field(default_factory=Counter)


def note_use(used: Used, one: Judged, end: date | None, zone: tzinfo) -> None:
    """Count a ticket; `end`: the day of the newest one."""
    used.count += 1
    used.linked += one.linked
    note_time(used, one.minutes, len(one.near))
    if one.at and end:
        note_day(used, datetime.fromtimestamp(one.at, zone).date(), end)
    note_product(used.products, one.product)


def note_time(used: Used, minutes: float | None, articles: int) -> None:
    """Count the article's share of a ticket's time, which all
    its articles have in common: together they cost no more.
    """
    if minutes is None:
        used.untimed += 1 / articles
    else:
        used.minutes += minutes / articles


def note_day(used: Used, day: date, end: date) -> None:
    """Count a ticket of this day in the span that ends with `end`, or in the one before it."""
    spans = (end - day) // SPAN
    used.last += spans == 0
    used.before += spans == 1
