"""Numbers of tickets that went through a spreadsheet: `12345.0`, `1.2345E+11`. No digit is guessed."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

from kcs.authoring.intake.json_text import text_of

_POINT_ZERO = re.compile(r"(\d+)[.,]00?", re.ASCII)
# Without a point and a plus it is a name: `1E5`.
_SHORTENED = re.compile(r"(\d)(?:[.,](\d+)[Ee]\+?|[Ee]\+)(\d{1,3})", re.ASCII)
_IN_A_NAME = re.compile(rf"(?:.*[-#])?({_SHORTENED.pattern})", re.ASCII | re.DOTALL)


def id_of(value: Any) -> str:
    """A ticket's id from JSON or a cell; unchanged if digits are missing, which `lost_digits` reports."""
    if isinstance(value, float):
        if not isfinite(value) or not value.is_integer():
            return str(value) if isfinite(value) else ""
        # Beyond, two whole numbers are one float, which keeps 15 digits for sure.
        return str(int(value)) if abs(value) < 2**53 else f"{value:.14e}"
    text = text_of(value).strip()
    if found := _POINT_ZERO.fullmatch(text):
        return found[1]
    if found := _SHORTENED.fullmatch(text):
        return _whole(*found.groups()) or text
    return text


def lost_digits(name: str) -> str:
    """Why an id names no ticket for sure; empty if it does."""
    found = _IN_A_NAME.fullmatch(name)
    if not found or _whole(*found.groups()[1:]):
        return ""
    return f"has the id {found[1]}, of which a program of tables kept {1 + len(found[3] or '')} digits of {int(found[4]) + 1}"


def _whole(first: str, more: str | None, power: str) -> str:
    """The number, where all of its digits are there; else empty."""
    more, places = more or "", int(power)
    return first + more[:places] if len(more) >= places and not more[places:].strip("0") else ""
