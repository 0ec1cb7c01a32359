"""JSON of tickets: objects one a line, or what a page of a help desk's answer holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from kcs.coverage.tickets.opening import is_text
from kcs.tuples import NamedTuple

# Some pages hold their tickets one level deeper, under this key.
BELOW = "_embedded"
KEYS = ("tickets", "conversations", "issues", "result", "results", "records", "data", "items", "_results")
# An object with one of these is a ticket, whatever lists it holds.
OF_A_TICKET = (
    "subject",
    "raw_subject",
    "summary",
    "short_description",
    "fields",
    "source",
    "conversation_parts",
)


# Whole, and more than Python reads.
TOO_MUCH = "is nested too deep, or holds a number of thousands of digits"


class Value(NamedTuple):
    """One object, and the line where it begins."""

    line: int
    record: dict[str, Any]


# Spreadsheet libraries write `NaN` for an empty cell.
DECODER = json.JSONDecoder(parse_constant=lambda _: None)


def is_lines(text: str) -> bool:
    """Whether each line is an object of its own."""
    first, _, rest = text.lstrip().partition("\n")
    if not first.startswith("{"):
        return False
    try:
        value = DECODER.decode(first)
    except (ValueError, RecursionError):
        # A broken first line before whole ones.
        return any(line.startswith("{") and line.rstrip().endswith("}") for line in rest.split("\n")[:2])
    return unwrapped(value) == [value] or rest.lstrip()[:1] == "{"


def of_lines(lines: Iterator[str], refuse: Callable[[int, str], None]) -> Iterator[Value]:
    """The objects; other lines go to `refuse`. A line may hold a page of tickets: `{"tickets": [...]}`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if not is_text(line):
            refuse(number, "holds bytes that are not UTF-8")
            continue
        try:
            value = DECODER.decode(line)
        except json.JSONDecodeError as error:
            refuse(number, f"is broken JSON: {error.msg}")
            continue
        except (ValueError, RecursionError):
            refuse(number, TOO_MUCH)
            continue
        for one in unwrapped(value):
            if isinstance(one, dict):
                yield Value(number, one)
            else:
                refuse(number, "is JSON, but no object")


def unwrapped(value: Any) -> list[Any]:
    """The tickets of a page of an answer, else the value itself."""
    if isinstance(value, dict) and not any(key in value for key in OF_A_TICKET):
        page = value[BELOW] if isinstance(value.get(BELOW), dict) else value
        for key in KEYS:
            if isinstance(page.get(key), list):
                return list(page[key])
    return [value]
