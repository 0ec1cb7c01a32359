"""Figures that only other systems know, from a small CSV: shown beside ours, never calculated."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from math import inf
from pathlib import Path

from kcs.counting import counted
from kcs.errors import FileProblem
from kcs.insight.metric import Better, Metric, Period, Unit, target_of
from kcs.kb.files import decoded, read_file
from kcs.tuples import NamedTuple

DEFAULT_NAME = "figures.csv"
MOST_BYTES = 4 << 20
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?")


class Known(NamedTuple):
    """A figure this file may hold. `summed`: months add up; else the newest month counts."""

    title: str
    unit: Unit
    better: Better
    summed: bool = False


KNOWN: Mapping[str, Known] = {
    "self_service": Known("Self-service share", "percent", "higher"),
    "self_service_sessions": Known("Self-service sessions", "count", "higher", True),
    "no_agent": Known("Conversations without an agent", "percent", "higher"),
    "csat": Known("Customer satisfaction (CSAT)", "percent", "higher"),
    "nps": Known("Net promoter score, customers", "points", "higher"),
    "nps_inside": Known("Net promoter score, inside", "points", "higher"),
    "tickets": Known("Tickets", "count", "lower", True),
    "handling_minutes": Known("Handling time", "minutes", "lower"),
    "resolution_hours": Known("Time to first resolution", "hours", "lower"),
}


_LONGEST_CELL = 1000
# The range of a unit's figures; all others are at least 0.
_BOUNDS: Mapping[Unit, tuple[float, float]] = {"percent": (0.0, 100.0), "points": (-100.0, 100.0)}


class Figure(NamedTuple):
    """One value of one month, such as `2026-11`."""

    month: str
    name: str
    value: float


def read_figures(path: Path) -> list[Figure]:
    """`month,csat,tickets,...`, one month a row; an empty cell is a month nobody knows. FileProblem with the line."""
    raw = read_file(path)
    if len(raw) > MOST_BYTES:
        raise FileProblem(
            f"is larger than {MOST_BYTES >> 20} MB: it should have one row a month", path=str(path)
        )
    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileProblem("is not UTF-8", path=str(path), line=line, hint="save it as UTF-8") from error
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    # The limit is the whole process's, and reading tickets raises it: an error would then show a cell of megabytes.
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        return list(_figures(reader, path))
    except csv.Error as error:
        raise FileProblem(f"is not CSV: {error}", path=str(path), line=reader.line_num) from error
    finally:
        csv.field_size_limit(before)


def _figures(reader: Iterator[list[str]], path: Path) -> Iterator[Figure]:
    names = [one.strip().lower() for one in next(reader, [])]
    _check(names, path)
    seen: dict[str, int] = {}
    line = 1
    for row in reader:
        line += 1
        if not any(cell.strip() for cell in row):
            continue
        cells = dict(zip(names, (cell.strip() for cell in row), strict=False))
        if len(row) > len(names):
            raise FileProblem(
                f"{counted(len(row), 'cell')} under {counted(len(names), 'name')}", path=str(path), line=line
            )
        said = cells.get("month", "")  # a short row may end before it
        month = _month(said)
        if month is None:
            hint = "write it as 2026-11"
            raise FileProblem(f"{said!r} is not a month", path=str(path), line=line, hint=hint)
        if month in seen:
            words = f"{month} stands twice, first in line {seen[month]}"
            raise FileProblem(words, path=str(path), line=line)
        seen[month] = line
        for name in names:
            if name != "month" and (cell := cells.get(name, "")):
                yield Figure(month, name, _number(cell, name, path, line))


def _check(names: list[str], path: Path) -> None:
    from kcs.errors import nearest_hint

    if "month" not in names:
        hint = f"the first line names the columns: month,{','.join(KNOWN)}"
        raise FileProblem("has no column `month`", path=str(path), line=1, hint=hint)
    for at, name in enumerate(names):
        if name in names[:at]:
            raise FileProblem(f"two columns are called {name!r}", path=str(path), line=1)
        if name not in KNOWN and name != "month":
            raise FileProblem(
                f"unknown column {name!r}", path=str(path), line=1, hint=nearest_hint(name, ["month", *KNOWN])
            )


def _month(text: str) -> str | None:
    found = _MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    return f"{int(found[1]):04}-{int(found[2]):02}"  # whatever digits it was written in


def _number(cell: str, name: str, path: Path, line: int) -> float:
    if re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,9})?%?", cell):
        value = float(cell.rstrip("%"))
        least, most = _BOUNDS.get(KNOWN[name].unit, (0.0, inf))
        if least <= value <= most:
            return value
        words = f"from {least:g} to {most:g}" if most < inf else "0 or more"
        raise FileProblem(f"{name} is {cell}, but must be {words}", path=str(path), line=line)
    raise FileProblem(
        f"{name} is {cell!r}, which is not a plain number",
        path=str(path),
        line=line,
        hint="write 4.5, without blanks, commas or a unit",
    )


def figure_metrics(
    figures: list[Figure], period: Period, targets: Mapping[str, object], source: str
) -> list[Metric]:
    """One metric for each figure that the period holds: summed, or of its newest month."""
    months, found = set(period.months), []
    for name, known in KNOWN.items():
        values = sorted((one.month, one.value) for one in figures if one.name == name and one.month in months)
        if not values:
            continue
        value = sum(one for _, one in values) if known.summed else values[-1][1]
        beside = {} if known.summed or len(values) < 2 else {f"in {values[0][0]}": values[0][1]}
        of = f"{values[0][0]} to {values[-1][0]}" if known.summed and len(values) > 1 else values[-1][0]
        target = target_of(targets, name)
        found.append(
            Metric(name, known.title, known.unit, value, of=of, target=target, better=known.better,
                   source=source, beside=beside)
        )  # fmt: skip
    return found
