"""Tickets as objects, JSON or XML: of a help desk's own shape, else as rows of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from kcs.coverage.tickets import json_values
from kcs.coverage.tickets.columns import FIELDS, Column, match_columns
from kcs.coverage.tickets.export import DATES, Tickets, Wish
from kcs.coverage.tickets.flat import flat
from kcs.coverage.tickets.help_scout import as_row, is_help_scout
from kcs.coverage.tickets.json_window import Window
from kcs.coverage.tickets.model import Count, Ticket
from kcs.coverage.tickets.opening import Sample, lines_of, open_bytes, open_text
from kcs.coverage.tickets.systems import System, system_of
from kcs.coverage.tickets.tables import TableReader
from kcs.coverage.tickets.threads import thread_ticket
from kcs.coverage.tickets.values import order_of
from kcs.errors import FileProblem

_KEPT_HEADERS = 200
_LOOKED_AT = 20
_LONG_LINE = 4_000_000
# What stands before the first element. What a comment is, is not tried anew:
# of thirty, the ways to read them as fewer longer ones would take hours.
PROLOG = r"(?is)\s*(?:(?><\?.*?\?>|<!--.*?-->)\s*)*+"
_DOCTYPE = re.compile(rf"{PROLOG}<!DOCTYPE")


def json_tickets(path: Path, begin: Sample, wish: Wish) -> Tickets:
    """The objects of a JSON text, or of JSON lines."""
    as_lines = json_values.is_lines(_first_line(path, begin))

    def values(count: Count) -> Iterator[json_values.Value]:
        with open_text(path, begin.encoding, count.saw) as stream:
            if as_lines:
                yield from json_values.of_lines(lines_of(stream, path, begin.encoding), count.refuse)
            else:
                yield from Window(stream, str(path)).objects(count.refuse)

    return _objects(path, "jsonl" if as_lines else "json", begin.encoding, values, wish)


def _first_line(path: Path, begin: Sample) -> str:
    """It and a little more; the beginning alone if it has no end within four million characters."""
    if begin.whole or "\n" in begin.text.lstrip():
        return begin.text
    with open_text(path, begin.encoding, lambda _: None) as stream:
        try:
            return stream.readline(_LONG_LINE) + stream.read(200)
        except UnicodeError:  # that is told when it is reached
            return begin.text


def xml_tickets(path: Path, begin: Sample, wish: Wish) -> Tickets:
    """The elements of an XML text, one ticket each."""
    # It may name entities that grow without end or are elsewhere.
    if _DOCTYPE.match(begin.text):
        raise FileProblem("declares a document type, which exports do not need", path=str(path), line=1)

    def values(count: Count) -> Iterator[json_values.Value]:
        from kcs.coverage.tickets.xml_values import of_xml

        with open_bytes(path, count.saw) as stream:
            yield from of_xml(stream, path)

    return _objects(path, "xml", begin.encoding, values, wish)


def _objects(
    path: Path,
    shape: str,
    encoding: str,
    values: Callable[[Count], Iterator[json_values.Value]],
    wish: Wish,
) -> Tickets:
    """Objects: of a help desk's own shape, else as rows of a table whose header may change from one to the next."""
    few = list(_first_few(values(Count())))
    if not few:
        raise FileProblem(
            "holds no ticket", path=str(path), line=1, hint="a list of objects, or one object a line"
        )
    known = thread_ticket(few[0], 0, Count(), wish.zone)
    names = _all_names(few)
    if known:
        system, columns = known[0], _mapped(few, wish, path)
    else:
        system = system_of(names).name
        # The first objects may lack what others have.
        needs = wish.needs if wish.asks else ()
        columns = match_columns(names, wish.mapping, str(path), strict=True, needs=needs).all
    wish = replace(wish, order=wish.order or order_of(list(_dates(few, wish, path))))

    def read(count: Count) -> Iterator[Ticket]:
        row_of = partial(_row, readers={}, wish=wish, count=count, path=path)
        only = partial(_row, readers={}, wish=wish, count=count, path=path, only=frozenset(wish.mapping))
        for line, record in values(count):
            if record.get("status") == "deleted":  # an incremental export names them, their text scrubbed
                count.refuse(line, f"{record.get('id', 'the ticket')} was deleted")
                continue
            thread = thread_ticket(record, line, count, wish.zone)
            if thread is None:
                yield row_of(record, line)
            elif wish.mapping:
                yield _laid_over(thread[1], only(record, line), wish.mapping)
            else:
                yield thread[1]

    return Tickets(path, shape, encoding, "", system, columns, asks=wish.asks, _read=read)


def _all_names(few: Sequence[Mapping[str, Any]]) -> list[str]:
    """Those of the first record, as often as it has them, and what the
    others have beside them: many programs leave out what is empty.
    """
    names = list(flat(_plain(few[0]))[0])
    known = set(names)
    more = dict.fromkeys(name for record in few[1:] for name in flat(_plain(record))[0])
    return names + [name for name in more if name not in known]


def _mapped(few: Sequence[Mapping[str, Any]], wish: Wish, path: Path) -> tuple[Column, ...]:
    """The names in records of a help desk's own shape, and the fields that the user took from some of them."""
    names = tuple(dict.fromkeys(name for record in few for name in flat(record)[0]))
    asked = match_columns(names, wish.mapping, str(path), strict=True, needs=()).all
    return tuple(one if one.field in wish.mapping else Column(one.name, "") for one in asked)


def _laid_over(ticket: Ticket, row: Ticket, fields: Collection[str]) -> Ticket:
    """The ticket with these fields of the row, where it has them."""
    # Whom the thread names must stay out of lists and drafts, whoever else is named.
    row = replace(row, requester=tuple(dict.fromkeys((*ticket.requester, *row.requester))))
    return replace(
        ticket, **{name: value for name in fields if (value := getattr(row, name)) not in ("", (), None)}
    )


def _first_few(values: Iterator[json_values.Value]) -> Iterator[Mapping[str, Any]]:
    """Breakage after the first object is reported when reached."""
    for number in range(_LOOKED_AT):
        try:
            yield next(values).record
        except StopIteration:
            return
        except FileProblem:
            if not number:
                raise
            return


def _dates(records: Sequence[Mapping[str, Any]], wish: Wish, path: Path) -> Iterator[str]:
    for names, texts in map(flat, map(_plain, records)):
        places = match_columns(names, wish.mapping, str(path), strict=False).places
        yield from (texts[place] for name in DATES for place in places.get(name, ()))


def _plain(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return as_row(record) if is_help_scout(record) else record


def _row(
    record: Mapping[str, Any],
    line: int,
    *,
    readers: dict[tuple[str, ...], TableReader],
    wish: Wish,
    count: Count,
    path: Path,
    only: Collection[str] = FIELDS,
) -> Ticket:
    names, texts = flat(_plain(record))
    reader = readers.get(names)
    if reader is None:
        if len(readers) >= _KEPT_HEADERS:
            readers.clear()
        columns = match_columns(names, wish.mapping, str(path), strict=False)
        columns = replace(columns, places={name: at for name, at in columns.places.items() if name in only})
        system: System = system_of(names)
        reader = readers[names] = TableReader(columns, system, count, wish.order, wish.zone)
    return reader.ticket(texts, line)
