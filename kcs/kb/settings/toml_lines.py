"""What the standard TOML reader lacks: the line of a key (for errors), and writing a string."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kcs.errors import ConfigProblem

# Text, not compiled patterns: only errors need them.
_HEADER = r"\s*\[\[?([^\]]+)\]\]?\s*(?:#.*)?$"
_ASSIGNMENT = (
    r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PART = r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'"""


def quoted(text: str) -> str:
    """`text` as a TOML string on one line."""
    import json

    # A JSON string is a TOML basic string, except for DEL, which JSON does not escape.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def line_of(text: str, *keys: str, nth: int = 0) -> int | None:
    """The line (from 1) of the key or table `keys`; `nth` picks among the tables
    of an array (`[[policy]]`, `[[rules.KCS405]]`), from 0. None if not found.
    """
    table: tuple[str, ...] = ()
    arrays: dict[tuple[str, ...], int] = {}
    fallback, deepest = None, 0
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(_HEADER, line):
            table = _parts(header[1])
            if line.lstrip().startswith("[["):
                arrays[table] = arrays.get(table, -1) + 1
            found = table
        elif assignment := re.match(_ASSIGNMENT, line):
            found = table + _parts(assignment[1])
        else:
            continue
        if arrays.get(keys[:1], arrays.get(keys[:2], 0)) != nth:
            continue
        if found == keys or (len(found) > len(keys) and found[: len(keys)] == keys):
            return number
        if len(found) > deepest and found == keys[: len(found)]:
            fallback, deepest = number, len(found)
    return fallback


def opened_before(text: str, line: int) -> tuple[str, str] | None:
    """What is wrong with the header in `line`, and what to do, if
    an earlier one opened its table already; None if none did.

    Every table stands in the kcs.toml of a new base, and whoever follows the documentation appends one.
    """
    lines = text.split("\n")
    header = re.match(_HEADER, lines[line - 1])
    first = line_of(text, *_parts(header[1])) if header else None
    if not (header and first and first < line):
        return None
    name = header[1]
    if lines[first - 1].lstrip().startswith("[["):
        return f"[{name}] stands below [[{name}]]", f"write [[{name}]] for one more"
    return f"[{name}] stands twice", f"write its keys below the first one, in line {first}"


def refuse_endless(text: str, found: Mapping[str, Any], name: str) -> None:
    """ConfigProblem, with the line, for an integer of more than the 64 bits that TOML asks a reader to take.

    Python reads one of thousands of digits in hexadecimal, and then can neither print nor keep it.
    """
    if (place := _endless(found)) is not None:
        keys, nth = place
        raise ConfigProblem(
            f"is not valid TOML: {'.'.join(keys)} is a number of more than 64 bits",
            path=name,
            line=line_of(text, *keys, nth=nth),
        )


def _endless(value: Any, keys: tuple[str, ...] = (), nth: int = 0) -> tuple[tuple[str, ...], int] | None:
    """The keys of the first such number; `nth`: in which table of an array."""
    if isinstance(value, int):
        return None if -(2**63) <= value < 2**63 else (keys, nth)
    inside: Iterable[tuple[Any, tuple[str, ...], int]] = ()
    if isinstance(value, dict):
        inside = ((one, (*keys, name), nth) for name, one in value.items())
    elif isinstance(value, list):
        inside = ((one, keys, number if isinstance(one, dict) else nth) for number, one in enumerate(value))
    return next((place for one in inside if (place := _endless(*one)) is not None), None)
