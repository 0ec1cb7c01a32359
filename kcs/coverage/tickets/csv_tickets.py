"""Tickets as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kcs.coverage.tickets import csv_rows
from kcs.coverage.tickets.columns import Columns, match_columns
from kcs.coverage.tickets.export import DATES, Tickets, Wish
from kcs.coverage.tickets.model import Count, Ticket
from kcs.coverage.tickets.names import BY_NAME, plain_name
from kcs.coverage.tickets.opening import Sample, lines_of, open_text
from kcs.coverage.tickets.systems import system_of
from kcs.coverage.tickets.tables import TableReader
from kcs.coverage.tickets.values import order_of
from kcs.errors import FileProblem


def csv_tickets(path: Path, begin: Sample, wish: Wish) -> Tickets:
    """The rows below a header. FileProblem if there is no table, or a needed column is missing."""
    shape = csv_rows.shape_of(begin)
    if shape is None or not (wish.mapping or _has_known(begin, shape)):
        shape = _one_column(begin, wish) or csv_rows.below_a_title(begin, _is_known) or shape
    if shape is None:
        raise FileProblem(
            "is not a table, JSON or XML",
            path=str(path),
            line=1,
            hint="export the tickets as CSV or JSON",
        )
    few = list(csv_rows.rows_of(iter(begin.lines()), shape, lambda *_: None))
    if not few:
        raise FileProblem(
            "has no row that can be read", path=str(path), line=1, hint="export the tickets again"
        )
    header = _names(few[0].cells)
    columns = match_columns(header, wish.mapping, str(path), strict=True, needs=wish.needs)
    system = system_of(header)
    order = wish.order or _order(columns, [row.cells for row in few[1:]])

    def read(count: Count) -> Iterator[Ticket]:
        reader = TableReader(columns, system, count, order, wish.zone)
        with open_text(path, begin.encoding, count.saw) as stream:
            rows = csv_rows.rows_of(lines_of(stream, path, begin.encoding), shape, count.refuse)
            next(rows, None)
            for row in rows:
                # Of exports that were put together.
                if row.cells[-1] == few[0].cells[-1] and _names(row.cells) == header:
                    count.refuse(row.line, "is the header again")
                else:
                    yield reader.ticket(row.cells, row.line)

    return Tickets(
        path, "csv", begin.encoding, shape.separator, system.name, columns.all, asks=wish.asks, _read=read
    )


def _names(cells: Sequence[str]) -> list[str]:
    return [one.strip().removeprefix("\ufeff") for one in cells]


def _is_known(name: str) -> bool:
    return plain_name(name) in BY_NAME


def _has_known(begin: Sample, shape: csv_rows.Shape) -> bool:
    header = next(csv_rows.rows_of(iter(begin.lines()), shape, lambda *_: None), None)
    return header is not None and any(map(_is_known, header.cells))


def _one_column(begin: Sample, wish: Wish) -> csv_rows.Shape | None:
    """A list of questions below a name that says so: one cell a line, whatever signs are in it."""
    header = next(iter(begin.lines()), begin.text).strip().strip('"')
    named = [column for field in ("subject", "description") for column in wish.mapping.get(field, ())]
    known = BY_NAME.get(plain_name(header), ("", 0))[0] in ("subject", "description")
    return csv_rows.Shape("\x1f") if known or header in named else None


def _order(columns: Columns, rows: Sequence[Sequence[str]]) -> str:
    places = [place for name in DATES for place in columns.places.get(name, ())]
    return order_of([cells[place] for cells in rows for place in places])
