"""A figure with its parts and its target, and the sentence that goes with all figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil, floor
from typing import Any, Literal

from kcs.tuples import NamedTuple

CAUTION = "an indicator: set no goals on activities"

Unit = Literal["percent", "count", "ratio", "days", "minutes", "hours", "points"]
Better = Literal["higher", "lower", "within", ""]


class Metric(NamedTuple):
    """`value` None if it cannot be known; then `needs` says what would tell.

    `numerator` and `denominator` are in the words of `over` and `of`, `between` stands between them. `target` is a number, or a pair for `within`.
    `beside`: figures that belong next to it, by their words. `source`: git, ledger, tickets, or the name of a file.
    """

    name: str
    title: str
    unit: Unit
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    over: str = ""
    of: str = ""
    target: float | tuple[float, float] | None = None
    better: Better = ""
    source: str = ""
    beside: Mapping[str, float] = {}
    needs: str = ""
    between: str = "of"

    @property
    def met(self) -> bool | None:
        """Whether it meets its target; None without a target or a value."""
        if self.value is None or self.target is None:
            return None
        if isinstance(self.target, tuple):
            return self.target[0] <= self.value <= self.target[1]
        return self.value <= self.target if self.better == "lower" else self.value >= self.target


class Period(NamedTuple):
    """From the beginning of `first` to the end of `last`."""

    first: date
    last: date

    @property
    def months(self) -> list[str]:
        """Its months, such as `2026-11`."""
        found, year, month = [], self.first.year, self.first.month
        while (year, month) <= (self.last.year, self.last.month):
            found.append(f"{year:04}-{month:02}")
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return found

    def of_month(self, month: str) -> Period:
        """The part of it in a month."""
        year, number = map(int, month.split("-"))
        begin = date(year, number, 1)
        following = date(year + number // 12, number % 12 + 1, 1)
        return Period(max(self.first, begin), min(self.last, following - timedelta(days=1)))

    def holds(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.first <= day <= self.last


def share(part: int, whole: int, better: Better = "") -> float | None:
    """Percent with one digit; None for no whole.
    Rounded away from what is `better`: a share of 5.02 is not within a target of 5.
    """
    if not whole:
        return None
    if better == "lower":
        return -(-part * 1000 // whole) / 10
    return part * 1000 // whole / 10 if better == "higher" else round(part * 100 / whole, 1)


def rounded(value: float, target: float | tuple[float, float] | None) -> float:
    """`value` with one digit; a value that lies outside the range of `target` is not rounded into it."""
    exact = round(value, 6)
    near = round(exact, 1) + 0.0  # never -0.0
    if isinstance(target, tuple):
        least, most = target
        if exact > most >= near:
            return ceil(exact * 10) / 10
        if exact < least <= near:
            return floor(exact * 10) / 10
    return near


def target_of(targets: Mapping[str, Any], name: str) -> float | tuple[float, float] | None:
    """The targets in `[targets]`."""
    found = targets.get(name)
    return tuple(found) if isinstance(found, list | tuple) else found
