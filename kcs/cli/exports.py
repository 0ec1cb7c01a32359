"""Options for reading a ticket export, the same in every command that takes one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from kcs.coverage import Export
    from kcs.coverage.tickets import Tickets

PANEL = "How to read the tickets"
Mapping = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="Which column holds a field: subject=Summary. Repeatable.",
        rich_help_panel=PANEL,
    ),
]
Dates = Annotated[
    str, typer.Option("--dates", metavar="dmy|mdy", help="How to read 03/04/2026.", rich_help_panel=PANEL)
]
Encoding = Annotated[
    str,
    typer.Option("--encoding", help="If it is neither UTF-8 nor UTF-16: cp874.", rich_help_panel=PANEL),
]


def read_export(
    file: Path | None, mapping: list[str] | None, dates: str, encoding: str, needs: str = "--tickets"
) -> Export | None:
    """The export, where one is named.
    UsageProblem for options that say nothing, or are about no file; `needs` names one.
    """
    if dates not in ("", "dmy", "mdy"):
        raise UsageProblem(f"--dates {dates!r} is unknown", hint="dmy or mdy")
    if file is None:
        for option, given in (("--map", mapping), ("--dates", dates), ("--encoding", encoding)):
            if given:
                raise UsageProblem(f"{option} says how to read an export: it needs {needs} FILE")
        return None
    from kcs.coverage import Export
    from kcs.coverage.tickets.columns import read_mapping

    return Export(file, read_mapping(mapping or []), dates, encoding)


@contextmanager
def watched(tickets: Tickets | None) -> Iterator[None]:
    """Shows at a terminal how much of the export was read: one of gigabytes takes minutes."""
    if tickets is None:
        yield
        return
    from kcs.render.progress import counting

    with counting("tickets read", 0, lambda: (tickets.part(), 0)) as tick:
        tickets.watch = lambda: tick(tickets.count.rows)
        yield
