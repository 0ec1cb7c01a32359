"""How much of an export of tickets could be read, what could not, and how its columns are understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.counting import counted
from kcs.render.reasons import joined
from kcs.render.terminal import note, table

if TYPE_CHECKING:
    from kcs.coverage.tickets import Count, Tickets

_PROBLEMS = 5


def count_summary(name: str, count: Count) -> None:
    """How much of a file was read; what was not, with its lines."""
    note(count_words(name, count))
    for one in count.problems[:_PROBLEMS]:
        note(f"  {name}:{one.line}: {one.message}" if one.line else f"  {name}: {one.message}")
    if count.refused > _PROBLEMS:
        note(f"  and {count.refused - _PROBLEMS:,} more")
    for one in count.misreadings:
        note(f"  {name}:{one.line}: {one.message}")
    if count.unread.keys() & {"created_at", "closed_at"}:
        note("  a day such as 03/04/2026 is not guessed: --dates dmy or --dates mdy says how to read it")


def count_words(name: str, count: Count) -> str:
    """`closed.csv: 8 of 10 tickets read (2 refused)`."""
    more = joined([
        f"{count.refused:,} refused" if count.refused else "",
        f"{count.repeated:,} repeated" if count.repeated else "",
        f"{count.cut:,} cut off by the export" if count.cut else "",
        *(f"{number:,} without a {field} that can be read" for field, number in sorted(count.unread.items())),
    ], ", ")  # fmt: skip
    return f"{name}: {count.read:,} of {counted(count.rows, 'ticket')} read{f' ({more})' if more else ''}"


def columns_text(tickets: Tickets) -> None:
    """How a file is understood, column by column."""
    separator = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}.get(tickets.separator, "")
    note(f"{tickets.path}: {joined((tickets.shape, tickets.encoding, separator, tickets.system))}")
    table(("Column", "Field"), [(one.name, one.field or "–") for one in tickets.columns], ("", "cyan"))
    if not any(one.field for one in tickets.columns):
        note(f"read in the form of {tickets.system}, not by columns")
