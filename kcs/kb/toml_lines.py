"""What the standard TOML reader lacks: the line of a key (for errors), and writing a string."""

from __future__ import annotations

import re

# Text, not compiled patterns: only errors need them.
_HEADER = r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$"
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
    """The line (from 1) of the key or table `keys`; `nth` picks among the tables of an array, from 0. None if not found."""
    table: tuple[str, ...] = ()
    seen: dict[tuple[str, ...], int] = {}
    fallback = None
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(_HEADER, line):
            table = _parts(header[1])
            seen[table] = seen.get(table, -1) + 1
            found = table
        elif assignment := re.match(_ASSIGNMENT, line):
            found = table + _parts(assignment[1])
        else:
            continue
        if seen.get(keys[:1], 0) not in (nth, 0) or (nth and seen.get(keys[:1], -1) != nth):
            continue
        if found == keys or (len(found) > len(keys) and found[: len(keys)] == keys):
            return number
        if fallback is None and found == keys[: len(found)]:
            fallback = number
    return fallback
