"""A row of any table as a ticket."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from kcs.authoring.intake import id_of, person_of, plain_text
from kcs.coverage.tickets.columns import Columns
from kcs.coverage.tickets.export import DATES
from kcs.coverage.tickets.model import Count, Ticket
from kcs.coverage.tickets.names import zone_in
from kcs.coverage.tickets.spans import minutes
from kcs.coverage.tickets.systems import System
from kcs.coverage.tickets.values import listed, moment, says_no_day

# None of these reads on over its own beginning: each of a
# hundred thousand open ones would look through all that follow.
_LINK = re.compile(r"\[([^\[\]|\n~]+)\|[^\]\n]{1,2000}\]")
_MARKUP = re.compile(
    r"\{(?:code|noformat|quote|color|panel)(?::[^{}\n]*)?\}|\[~[^\[\]\n]*\]|!\S[^!\n|]*\.\w{2,4}(?:\|[^!\n]*)?!"
)
_MARKED_LINE = re.compile(r"(?m)^[ \t]*(?:h[1-6]|bq)\.[ \t]+")
_LONGEST_NAME = 500
_NAME_AND_MAIL = re.compile(r"(\S[^(<]*?)\s*[(<]([^()<>\s]+@[^()<>\s]+)[)>]")


class TableReader:
    """Rows of one file under one header. `order`: how `12/03/2024` is read (dmy,
    mdy, empty: not at all); `zone`: of the moments of columns that name none.
    """

    def __init__(self, columns: Columns, system: System, count: Count, order: str, zone: tzinfo) -> None:
        self.columns = columns
        self._system = system
        self._count = count
        self._order = order
        self._zones = {
            field: zone_in(columns.all[columns.places[field][0]].name) or zone
            for field in DATES
            if columns.places.get(field)
        }

    def ticket(self, cells: Sequence[str], line: int) -> Ticket:
        """The row's ticket; unreadable values are counted and left empty."""
        places = self.columns.places
        found = {
            field: [cells[place].strip() for place in where if place < len(cells) and cells[place].strip()]
            for field, where in places.items()
        }
        return Ticket(
            self._id(found),
            self._moment(found, "created_at", line),
            self._moment(found, "closed_at", line),
            self._text(found, "subject"),
            self._text(found, "description"),
            listed(found.get("tags", [])),
            _first(found, "product"),
            _first(found, "version"),
            _first(found, "channel"),
            self._minutes(found, line),
            listed(found.get("linked_articles", [])),
            line,
            tuple(dict.fromkeys(one for cell in found.get("requester", ()) for one in _people(cell))),
        )

    def _id(self, found: Mapping[str, list[str]]) -> str:
        text = id_of(_first(found, "id").lstrip("#"))
        return self._system.prefix + text if text.isdecimal() else text

    def _text(self, found: Mapping[str, list[str]], field: str) -> str:
        text = "\n".join(found.get(field, ()))
        if self._system.cut and field == "description" and len(text) >= self._system.cut:
            self._count.cut += 1
        if self._system.escaped and "\\" in text:
            text = text.replace("\\r", "").replace("\\n", "\n").replace("\\t", "\t")
        return plain_text(_without_markup(text) if self._system.wiki else text)

    def _moment(self, found: Mapping[str, list[str]], field: str, line: int) -> datetime | None:
        text = _first(found, field)
        if says_no_day(text):
            return None
        when = moment(text, self._order, self._zones[field])
        if when is None:
            self._count.misread(field, line, text)
        return when

    def _minutes(self, found: Mapping[str, list[str]], line: int) -> float | None:
        text = _first(found, "handle_minutes")
        if not text:
            return None
        spent = minutes(text, self.columns.minutes)
        if spent is None:
            self._count.misread("handle_minutes", line, text)
        return spent


def _without_markup(text: str) -> str:
    """The text without Jira's macros, pictures and mentions, whose names and numbers
    nobody asked about, and without the `h3.` of its headings; links as their words.
    """
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    text = _MARKED_LINE.sub("", text) if ". " in text else text
    return _MARKUP.sub("", text) if "{" in text or "[" in text or "!" in text else text


def _people(cell: str) -> tuple[str, ...]:
    """The name and the address where a cell has both: `Jo Doe (jo@acme.example)`. `Zebra Support` is nobody."""
    found = _NAME_AND_MAIL.fullmatch(cell) if len(cell) <= _LONGEST_NAME else None
    shown = (
        (person_of(found[1], found[2]), found[2])
        if found
        else (cell if "@" in cell else person_of(cell, ""),)
    )
    return tuple(filter(None, shown))


def _first(found: Mapping[str, list[str]], field: str) -> str:
    texts = found.get(field)
    return texts[0] if texts else ""
