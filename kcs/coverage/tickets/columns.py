"""Which columns of a file hold which fields of a ticket."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kcs.coverage.tickets.names import BY_NAME, NAMES, plain_name
from kcs.errors import FileProblem, UsageProblem, nearest_hint
from kcs.tuples import NamedTuple

FIELDS = tuple(NAMES)
# For these, all columns of the name are joined; for others, one is used.
_MANY = frozenset(("tags", "linked_articles", "requester"))
# The key under which objects hold their fields: Jira, HubSpot, Freshdesk.
_INNER = ("fields ", "properties ", "stats ")
_SECOND = r"sec(?:s|onds?)?|sek(?:unden)?|secondes|segundos|วินาที|giây|ثوان[يٍ]?|ثانية"
_HOUR = r"h|hrs?|hours?|std|stunden|heures|horas|ชั่วโมง|ชม|giờ|ساعات|ساعة"
_SECONDS = re.compile(rf"\b(?:{_SECOND})\b|timespent|\btime (?:spent|worked)$")
# Not `(h:mm)`: that is how it is written, and a bare number there may be minutes.
_HOURS = re.compile(rf"\b(?:{_HOUR})\b(?! mm?\b)")
# `Agent handling time (min)`: of a span, its unit.
_UNIT = re.compile(rf"(?: in)? (?:min(?:ute)?[sn]?|{_SECOND}|{_HOUR})$")


# At least one field of each group must have a column: what gaps need, and what links need.
ASKED: tuple[tuple[str, ...], ...] = (("subject", "description"),)
LINKS: tuple[tuple[str, ...], ...] = (("id",), ("linked_articles",))
_HOLDS = {
    "subject": "hold what was asked",
    "id": "hold the ticket's number",
    "linked_articles": "name its articles",
}


class Column(NamedTuple):
    """A column as the file names it, and the field it gives; empty if it is not used."""

    name: str
    field: str


@dataclass(frozen=True, slots=True)
class Columns:
    """`places`: field -> the columns' places. `minutes`: how many minutes one in the handling time's column is."""

    all: tuple[Column, ...]
    places: Mapping[str, tuple[int, ...]]
    minutes: float = 1.0


def match_columns(
    header: Sequence[str],
    wanted: Mapping[str, Sequence[str]],
    name: str,
    *,
    strict: bool,
    needs: Sequence[Sequence[str]] = ASKED,
) -> Columns:
    """The columns of each field, by `wanted` (field -> columns, from `--map`), else by what help desks call them.

    UsageProblem for a field that is none. With `strict`, FileProblem for a wanted column that is not there, and where
    none of a group of `needs` has one.
    """
    plain = [plain_name(one) for one in header]
    places: dict[str, tuple[int, ...]] = {}
    for field, columns in wanted.items():
        found = tuple(place for column in columns for place in _places(header, plain, column))
        if not found and strict:
            raise FileProblem(
                f"has no column {', '.join(map(repr, columns))}",
                path=name,
                line=1,
                hint=nearest_hint(columns[0], list(dict.fromkeys(header))),
            )
        places[field] = found
    taken = {place for found in places.values() for place in found}
    for field in FIELDS:
        if field not in wanted and (found := _by_names(field, plain, taken)):
            places[field] = found
            taken.update(found)
    for group in needs if strict else ():
        if not any(places.get(field) for field in group):
            shown = ", ".join(header)[:300]
            raise FileProblem(
                f"has no column known to {_HOLDS[group[0]]}: {shown}",
                path=name,
                line=1,
                hint=", or ".join(f"--map {field}=COLUMN" for field in group),
            )
    fields = {place: field for field, found in places.items() for place in found}
    all_columns = tuple(Column(one, fields.get(place, "")) for place, one in enumerate(header))
    return Columns(all_columns, places, _unit(plain, places.get("handle_minutes", ())))


def _places(header: Sequence[str], plain: Sequence[str], column: str) -> tuple[int, ...]:
    exact = tuple(place for place, one in enumerate(header) if one.strip() == column.strip())
    return exact or tuple(place for place, one in enumerate(plain) if one == plain_name(column))


def _by_names(field: str, plain: Sequence[str], taken: set[int]) -> tuple[int, ...]:
    ranked = [
        (known[1], place) for place, one in enumerate(plain) if (known := _known(one)) and known[0] == field
    ]
    free = sorted(one for one in ranked if one[1] not in taken)
    if field in _MANY:
        return tuple(place for _, place in free)
    # A repeated name (Jira) is one field of several cells.
    return tuple(place for rank, place in free if rank == free[0][0])


def _known(plain: str) -> tuple[str, int] | None:
    if (known := BY_NAME.get(plain)) is None and plain.startswith(_INNER):
        known = BY_NAME.get(plain.partition(" ")[2])
    if known is None and (span := BY_NAME.get(_UNIT.sub("", plain))) and span[0] == "handle_minutes":
        known = span
    return known


def _unit(plain: Sequence[str], places: Sequence[int]) -> float:
    name = plain[places[0]] if places else ""
    if _HOURS.search(name):
        return 60.0
    return 1 / 60 if _SECONDS.search(name) and "min" not in name else 1.0


def read_mapping(given: Sequence[str]) -> dict[str, list[str]]:
    """`subject=Summary` words as field -> columns. UsageProblem for what is none, or names no field."""
    wanted: dict[str, list[str]] = {}
    for one in given:
        field, equals, column = one.partition("=")
        field = field.strip()
        if not equals or not column.strip():
            raise UsageProblem(f"--map {one!r} is not a mapping", hint="--map subject=Summary")
        if field not in FIELDS:
            raise UsageProblem(
                f"--map {one!r}: a ticket has no field {field!r}", hint=nearest_hint(field, list(FIELDS))
            )
        wanted.setdefault(field, []).append(column.strip())
    return wanted
