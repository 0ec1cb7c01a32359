"""An export of any shape, recognised by what it holds, as a stream of tickets in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from pathlib import Path

from kcs.coverage.tickets.columns import ASKED
from kcs.coverage.tickets.csv_tickets import csv_tickets
from kcs.coverage.tickets.export import Tickets, Wish
from kcs.coverage.tickets.object_tickets import PROLOG, json_tickets, xml_tickets
from kcs.coverage.tickets.opening import sample
from kcs.errors import FileProblem

_WEB_PAGE = re.compile(rf"{PROLOG}<(?:!doctype\s+)?(?:html|head|meta|style|body|div|table)\b")
# Excel's of 2003: what some help desks call an export to Excel.
_WORKBOOK = re.compile(rf"{PROLOG}<(?:\w+:)?Workbook\b")


def open_tickets(
    path: Path,
    mapping: Mapping[str, Sequence[str]] | None = None,
    *,
    order: str = "",
    encoding: str = "",
    zone: tzinfo = UTC,
    needs: Sequence[Sequence[str]] = ASKED,
) -> Tickets:
    """The export at `path`, whatever made it. `mapping`: field -> columns that hold it. `order` of day and
    month in dates such as 03/04/2026: dmy or mdy; empty: told by the dates themselves, and where these do not
    tell, such a date is not read.

    FileProblem (with the line) where it cannot be read, is of
    no shape that is known, or no column holds what it `needs`.
    """
    wish = Wish(mapping or {}, order, zone, needs)
    begin = sample(path, encoding)
    text = begin.text.lstrip()
    if _WORKBOOK.match(text):
        raise FileProblem("is a workbook, not a table", path=str(path), hint="save it as CSV (UTF-8) first")
    if _WEB_PAGE.match(text):
        raise FileProblem(
            "is a web page, not a table", path=str(path), line=1, hint="export the tickets as CSV"
        )
    if text.startswith("<"):
        return xml_tickets(path, begin, wish)
    # A cell of a table may begin with a bracket; then no quote or brace follows it.
    if re.match(r"\{\s*[\"}]|\[\s*[{\]]", text):
        return json_tickets(path, begin, wish)
    return csv_tickets(path, begin, wish)
