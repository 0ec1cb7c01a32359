"""An export of any shape, told by what it holds, as a stream of tickets in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from kcs.coverage.tickets import csv_rows, json_values
from kcs.coverage.tickets.columns import ASKED, Column, Columns, match_columns
from kcs.coverage.tickets.flat import flat
from kcs.coverage.tickets.help_scout import as_row, is_help_scout
from kcs.coverage.tickets.model import Count, Ticket
from kcs.coverage.tickets.names import BY_NAME, plain_name
from kcs.coverage.tickets.once import counted
from kcs.coverage.tickets.opening import Sample, lines_of, open_text, sample
from kcs.coverage.tickets.systems import System, system_of
from kcs.coverage.tickets.tables import TableReader
from kcs.coverage.tickets.threads import thread_ticket
from kcs.coverage.tickets.values import order_of
from kcs.errors import FileProblem

_KEPT_HEADERS = 200
_LOOKED_AT = 20
_DATES = ("created_at", "closed_at")
_DOCTYPE = re.compile(r"\s*(?:(?:<\?.*?\?>|<!--.*?-->)\s*)*<!DOCTYPE", re.DOTALL | re.IGNORECASE)


@dataclass(slots=True)
class Tickets:
    """One export. Iterate to read it, once or again; `count` is of the last time and right when that has ended.

    `shape` (csv, jsonl, json, xml), `encoding` and `separator` are known at once, `system` and `columns` (of the first
    row) too. `asks`: whether a ticket has to say what was asked.
    """

    path: Path
    shape: str
    encoding: str
    separator: str
    system: str
    columns: tuple[Column, ...]
    count: Count = field(default_factory=Count)
    asks: bool = True
    _read: Callable[[Count], Iterator[Ticket]] = field(default=lambda _: iter(()), repr=False)

    def __iter__(self) -> Iterator[Ticket]:
        self.count = Count()
        return counted(self._read(self.count), self.count, self.asks)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the user said of the columns."""

    mapping: Mapping[str, Sequence[str]]
    order: str
    zone: tzinfo
    needs: Sequence[Sequence[str]]

    @property
    def asks(self) -> bool:
        return self.needs == ASKED


def open_tickets(
    path: Path,
    mapping: Mapping[str, Sequence[str]] | None = None,
    *,
    order: str = "",
    encoding: str = "",
    zone: tzinfo = UTC,
    needs: Sequence[Sequence[str]] = ASKED,
) -> Tickets:
    """The export at `path`, whatever made it. `mapping`: field -> columns that hold it. `order` of day and month in dates such
    as 03/04/2026: dmy or mdy; empty: told by the dates themselves, and where these do not tell, such a date is not read.

    FileProblem (with the line) where it cannot be read, is of no shape that is known, or no column holds what it `needs`.
    """
    wish = _Wish(mapping or {}, order, zone, needs)
    begin = sample(path, encoding)
    text = begin.text.lstrip()
    if re.match(r"(?i)<(?:!doctype\s+)?(?:html|table)\b", text):
        raise FileProblem(
            "is a web page, not a table", path=str(path), line=1, hint="export the tickets as CSV"
        )
    if text.startswith("<"):
        return _xml(path, begin, wish)
    # A cell of a table may begin with a bracket; then no quote or brace follows it.
    if re.match(r"\{\s*[\"}]|\[\s*[{\]]", text):
        return _json(path, begin, wish)
    return _csv(path, begin, wish)


def _csv(path: Path, begin: Sample, wish: _Wish) -> Tickets:
    shape = csv_rows.shape_of(begin)
    if shape is None or not (wish.mapping or _has_known(begin, shape)):
        shape = _one_column(begin, wish) or csv_rows.below_a_title(begin, _is_known) or shape
    if shape is None:
        raise FileProblem(
            "is no table, no JSON and no XML",
            path=str(path),
            line=1,
            hint="export the tickets as CSV or JSON",
        )
    few = list(csv_rows.rows_of(iter(begin.lines()), shape, lambda *_: None))
    if not few:
        raise FileProblem(
            "has no row that can be read", path=str(path), line=1, hint="export the tickets again"
        )
    header = [one.strip().removeprefix("\ufeff") for one in few[0].cells]
    columns = match_columns(header, wish.mapping, str(path), strict=True, needs=wish.needs)
    system = system_of(header)
    order = wish.order or _order(columns, [row.cells for row in few[1:]])

    def read(count: Count) -> Iterator[Ticket]:
        reader = TableReader(columns, system, count, order, wish.zone)
        with open_text(path, begin.encoding) as stream:
            rows = csv_rows.rows_of(lines_of(stream, path, begin.encoding), shape, count.refuse)
            next(rows, None)
            for row in rows:
                yield reader.ticket(row.cells, row.line)

    return Tickets(
        path, "csv", begin.encoding, shape.separator, system.name, columns.all, asks=wish.asks, _read=read
    )


def _is_known(name: str) -> bool:
    return plain_name(name) in BY_NAME


def _has_known(begin: Sample, shape: csv_rows.Shape) -> bool:
    header = next(csv_rows.rows_of(iter(begin.lines()), shape, lambda *_: None), None)
    return header is not None and any(map(_is_known, header.cells))


def _one_column(begin: Sample, wish: _Wish) -> csv_rows.Shape | None:
    """A list of questions below a name that says so: one cell a line, whatever signs are in it."""
    header = next(iter(begin.lines()), begin.text).strip().strip('"')
    named = [column for field in ("subject", "description") for column in wish.mapping.get(field, ())]
    known = BY_NAME.get(plain_name(header), ("", 0))[0] in ("subject", "description")
    return csv_rows.Shape("\x1f") if known or header in named else None


def _order(columns: Columns, rows: Sequence[Sequence[str]]) -> str:
    places = [place for name in _DATES for place in columns.places.get(name, ())]
    return order_of([cells[place] for cells in rows for place in places])


def _json(path: Path, begin: Sample, wish: _Wish) -> Tickets:
    as_lines = json_values.is_lines(begin.text)

    def values(refuse: Callable[[int, str], None]) -> Iterator[json_values.Value]:
        with open_text(path, begin.encoding) as stream:
            if as_lines:
                yield from json_values.of_lines(lines_of(stream, path, begin.encoding), refuse)
            else:
                yield from json_values.Window(stream, str(path)).objects(refuse)

    return _objects(path, "jsonl" if as_lines else "json", begin.encoding, values, wish)


def _xml(path: Path, begin: Sample, wish: _Wish) -> Tickets:
    # It may name entities that grow without end or lie elsewhere.
    if _DOCTYPE.match(begin.text):
        raise FileProblem("declares a document type, which no export needs", path=str(path), line=1)

    def values(_: Callable[[int, str], None]) -> Iterator[json_values.Value]:
        from kcs.coverage.tickets.xml_values import of_xml

        with path.open("rb") as stream:
            yield from of_xml(stream, path)

    return _objects(path, "xml", begin.encoding, values, wish)


def _objects(
    path: Path,
    shape: str,
    encoding: str,
    values: Callable[[Callable[[int, str], None]], Iterator[json_values.Value]],
    wish: _Wish,
) -> Tickets:
    """Objects: of a help desk's own shape, else as rows of a table whose header may change from one to the next."""
    few = list(_first_few(values(lambda *_: None)))
    if not few:
        raise FileProblem(
            "holds no ticket", path=str(path), line=1, hint="a list of objects, or one object a line"
        )
    known = None if wish.mapping else thread_ticket(few[0], 0, Count(), wish.zone)
    names, _ = flat(_plain(few[0]))
    if known:
        system, columns = known[0], tuple(Column(one, "") for one in dict.fromkeys(names))
    else:
        system = system_of(names).name
        # Of objects the first may lack what others have.
        needs = wish.needs if wish.asks else ()
        columns = match_columns(names, wish.mapping, str(path), strict=True, needs=needs).all
        wish = replace(wish, order=wish.order or order_of(list(_dates(few, wish, path))))

    def read(count: Count) -> Iterator[Ticket]:
        row_of = partial(_row, readers={}, wish=wish, count=count, path=path)
        for line, record in values(count.refuse):
            if record.get("status") == "deleted":  # an incremental export names them, their text scrubbed
                count.refuse(line, f"{record.get('id', 'the ticket')} was deleted")
                continue
            thread = None if wish.mapping else thread_ticket(record, line, count, wish.zone)
            yield thread[1] if thread else row_of(record, line)

    return Tickets(path, shape, encoding, "", system, columns, asks=wish.asks, _read=read)


def _first_few(values: Iterator[json_values.Value]) -> Iterator[Mapping[str, Any]]:
    """What breaks behind the first is told when it is read."""
    for number in range(_LOOKED_AT):
        try:
            yield next(values).record
        except StopIteration:
            return
        except FileProblem:
            if not number:
                raise
            return


def _dates(records: Sequence[Mapping[str, Any]], wish: _Wish, path: Path) -> Iterator[str]:
    for names, texts in map(flat, map(_plain, records)):
        places = match_columns(names, wish.mapping, str(path), strict=False).places
        yield from (texts[place] for name in _DATES for place in places.get(name, ()))


def _plain(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return as_row(record) if is_help_scout(record) else record


def _row(
    record: Mapping[str, Any],
    line: int,
    *,
    readers: dict[tuple[str, ...], TableReader],
    wish: _Wish,
    count: Count,
    path: Path,
) -> Ticket:
    names, texts = flat(_plain(record))
    reader = readers.get(names)
    if reader is None:
        if len(readers) >= _KEPT_HEADERS:
            readers.clear()
        columns = match_columns(names, wish.mapping, str(path), strict=False)
        system: System = system_of(names)
        reader = readers[names] = TableReader(columns, system, count, wish.order, wish.zone)
    return reader.ticket(texts, line)
