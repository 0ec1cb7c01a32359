"""Lines of Markdown: their ends, their indentation in columns, the cells of a table row."""

from __future__ import annotations

import re

from kcs.patterns import later

_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = later(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


def split_lines(text: str) -> list[str]:
    """Lines without their ends (LF, CRLF or CR, nothing else)."""
    lines = re.split(r"\r\n|\n|\r", text) if "\r" in text else text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def cells(row: str) -> list[str]:
    """The cells of a table row, not stripped."""
    parts = _PIPE.split(row.strip(" \t"))
    return parts[not parts[0] : len(parts) - (len(parts) > 1 and not parts[-1])]


def is_table_head(row: str, delimiter: str) -> bool:
    """Whether `row` is the head of a table that goes on with `delimiter`."""
    if "|" not in row or delimiter.strip("|:- \t\n") or not _DELIMITER.match(delimiter):
        return False
    if len(delimiter) < 2 or (delimiter[0] == "-" and delimiter[1] in " \t"):
        return False
    return 0 < len(cells(row)) == len(cells(delimiter))


def columns(blanks: str, column: int) -> int:
    """Width of `blanks` that start at `column`, tab stops being 4 apart."""
    if "\t" not in blanks:
        return len(blanks)
    at = column
    for blank in blanks:
        at += 4 - at % 4 if blank == "\t" else 1
    return at - column


def strip(text: str, column: int, width: int) -> tuple[str, int]:
    """`text` at `column` without up to `width` columns of blanks; what is left of a cut tab becomes blanks."""
    used = taken = 0
    while used < width and text[taken : taken + 1] in (" ", "\t"):
        used += 4 - (column + used) % 4 if text[taken] == "\t" else 1
        taken += 1
    if used > width:
        return " " * (used - width) + text[taken:], column + width
    return text[taken:], column + used
