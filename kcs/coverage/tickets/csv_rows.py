"""CSV with any separator, streamed: a broken row is reported with its line, and reading goes on."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

from kcs.counting import counted
from kcs.coverage.tickets.opening import Sample, is_text
from kcs.tuples import NamedTuple

LONGEST_CELL = 4_000_000
_SEPARATORS = ",;\t|"
_LOOKED_AT = 50
_TITLE_LINES = 10


class Shape(NamedTuple):
    """How the cells are written. `skip`: lines before the header (Excel's `sep=;`, the name of a report)."""

    separator: str
    escape: str | None = None
    skip: int = 0


class Row(NamedTuple):
    """The cells of a row, and the line where it begins."""

    line: int
    cells: list[str]


def shape_of(sample: Sample) -> Shape | None:
    """The separator with which most rows have as many cells as the first, and that gives the most cells.
    None: no table.
    """
    lines = sample.lines()
    skip = 0
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) <= 5:
        separator = lines[0].strip("\r\n")[4:] or "\t"
        return Shape(separator, _escape(lines[1:], separator), 1)
    best: tuple[float, int, Shape] | None = None
    for separator in _SEPARATORS:
        escape = _escape(lines, separator)
        rows, _ = _tried(lines, separator, escape)
        width = len(rows[0]) if rows else 0
        if width < 2:
            continue
        fit = sum(len(one) == width for one in rows) / len(rows)
        if best is None or (fit, width) > best[:2]:
            best = (fit, width, Shape(separator, escape, skip))
    return best[2] if best else None


def below_a_title(sample: Sample, is_known: Callable[[str], bool]) -> Shape | None:
    """The same for a table below its name and empty lines, as in reports: from the first line of several
    cells of which one `is_known`."""
    lines = sample.lines()
    for skip in range(1, min(_TITLE_LINES, len(lines))):
        rest = lines[skip:]
        found = shape_of(Sample("".join(rest), sample.encoding, whole=True))
        if found and any(map(is_known, next(csv.reader(rest, delimiter=found.separator), ()))):
            return found._replace(skip=found.skip + skip)
    return None


def _escape(lines: list[str], separator: str) -> str | None:
    """A backslash, if quotes inside cells are written `\\"`: fewer rows break that way."""
    if not any('\\"' in line for line in lines):
        return None
    return "\\" if _tried(lines, separator, "\\")[1] < _tried(lines, separator, None)[1] else None


def _tried(lines: list[str], separator: str, escape: str | None) -> tuple[list[list[str]], int]:
    """The first rows, and how many of them break."""
    rows: list[list[str]] = []
    broken = 0
    reader = csv.reader(lines, delimiter=separator, strict=True, escapechar=escape)
    while len(rows) + broken < _LOOKED_AT:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            if "end of data" in str(error):
                break
            broken += 1
            continue
        if row:
            rows.append(row)
    return rows, broken


def rows_of(lines: Iterator[str], shape: Shape, refuse: Callable[[int, str], None]) -> Iterator[Row]:
    """The header, then the rows with its number of cells; `refuse` gets the others."""
    csv.field_size_limit(LONGEST_CELL)
    for _ in range(shape.skip):
        next(lines, None)
    reader = csv.reader(lines, delimiter=shape.separator, strict=True, escapechar=shape.escape)
    width = 0
    while True:
        begin = reader.line_num + 1 + shape.skip
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            refuse(begin, _broken(str(error), begin, reader.line_num + shape.skip))
            continue
        if not cells or not any(cells):
            continue
        if width and len(cells) != width:
            refuse(begin, f"has {counted(len(cells), 'cell')}, and the header has {width}")
        elif not is_text("".join(cells)):
            refuse(begin, "holds bytes that are not UTF-8")
        else:
            width = width or len(cells)
            yield Row(begin, cells)


def _broken(reason: str, begin: int, end: int) -> str:
    where = f" (lines {begin} to {end} are passed over)" if end > begin else ""
    if "unexpected end" in reason:
        return f"begins a quoted cell that never ends{where}"
    if "field limit" in reason:
        return f"holds a cell of more than {LONGEST_CELL // 1_000_000} million characters{where}"
    return f"has a quote in the middle of a cell{where}"
