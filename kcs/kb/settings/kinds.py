"""The kinds of values that keys of kcs.toml and a rule's own keys may hold: how each is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from math import inf
from typing import Any

from kcs.article.days import parse_day, parse_interval
from kcs.kb.settings.keys import MATCH_KEYS


def _strings(value: Any) -> tuple[str, ...] | None:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        return None
    return tuple(items)


def _expressions(value: Any) -> tuple[str, ...] | None:
    """Regular expressions: one that cannot be read would find nothing, and nobody would know."""
    items = _strings(value)
    return None if items is None or any(map(why_no_expression, items)) else items


def why_no_expression(text: str) -> str:
    """Why this is no regular expression; empty if it is one."""
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        return str(error)
    return ""


def _interval(value: Any) -> str | None:
    if not isinstance(value, str) or (value != "never" and parse_interval(value) is None):
        return None
    return value


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return None
    return value if isinstance(value, date) else parse_day(value) if isinstance(value, str) else None


def _number(value: Any) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    # TOML has nan and inf; JSON, in which we give out targets, has neither.
    return value if abs(value) < inf else None


def _match(value: Any) -> Mapping[str, tuple[str, ...]] | None:
    if not isinstance(value, dict) or any(key not in MATCH_KEYS for key in value):
        return None
    read = {key: _strings(item) for key, item in value.items()}
    return (
        {key: item for key, item in read.items() if item is not None} if None not in read.values() else None
    )


def _pair(value: Any) -> tuple[float, float] | None:
    if (
        isinstance(value, list)
        and len(value) == 2
        and None not in map(_number, value)
        and value[0] <= value[1]
    ):
        return value[0], value[1]
    return None


def _worded(value: Any) -> Mapping[str, str] | None:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        return None
    return value


_KINDS: Mapping[str, Callable[[Any], Any]] = {
    "string": lambda value: value if isinstance(value, str) else None,
    "integer": lambda value: value if type(value) is int and value > 0 else None,
    "number": _number,
    "percent": lambda value: value if _number(value) is not None and 0 <= value <= 100 else None,
    "likeness": lambda value: value if type(value) is int and 50 <= value <= 100 else None,
    "share": lambda value: value if _number(value) is not None and 0 <= value <= 1 else None,
    "boolean": lambda value: value if isinstance(value, bool) else None,
    "day": _day,
    "interval": _interval,
    "strings": _strings,
    "audiences": _strings,
    "expressions": _expressions,
    "words": _worded,
    "match": _match,
    "pair": _pair,
    "any": lambda value: value,
}
WANTED = {
    "string": "a string",
    "integer": "a whole number from 1",
    "number": "a number",
    "percent": "a number from 0 to 100",
    "likeness": "a whole number from 50 to 100",
    "share": "a number from 0 to 1",
    "boolean": "true or false",
    "day": "a day such as 2026-01-31",
    "interval": 'an interval such as "90d", "6 months", "1 year" or "never"',
    "strings": "a list of strings",
    "audiences": "a list of audiences",
    "expressions": "a list of regular expressions",
    "words": "a table of words, each with what to use",
    "match": "a table of " + ", ".join(MATCH_KEYS) + ", each a string or a list of strings",
    "pair": "two numbers such as [5, 10], the lower one first",
    "any": "a value",
}


def read_value(kind: str, value: Any) -> Any:
    """`value` as a key of this kind holds it; None if it cannot. WANTED says what it must be."""
    return _KINDS[kind](value)
