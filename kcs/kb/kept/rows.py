"""The ids, titles and permalinks of articles, a row each, as
kept: unpacked on demand, as a search needs ten of ten thousand.
"""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Id, title and permalink.
Row = tuple[str, ...]
NO_ROW: Row = ("", "", "")


class Rows:
    """All rows as text, and where each ends in it; without ends, the text is JSON."""

    def __init__(self, text: memoryview, ends: array[int]) -> None:
        self._text = text
        self._ends = ends
        self._columns: list[list[str]] | None = None

    @classmethod
    def of(cls, columns: list[list[str]]) -> Rows:
        """Rows made of the ids, the titles and the permalinks."""
        rows = cls(memoryview(b""), array("I"))
        rows._columns = columns
        return rows

    def __getitem__(self, place: int) -> Row:
        """The row at a place."""
        if self._columns is not None or not self._ends:
            return tuple([column[place] for column in self.columns()])
        begin = self._ends[place - 1] + 1 if place else 0
        return tuple(str(self._text[begin : self._ends[place]], "utf-8", "surrogatepass").split("\0"))

    def columns(self) -> list[list[str]]:
        """All rows: the ids, the titles, the permalinks."""
        if self._columns is None:
            text = str(self._text, "utf-8", "surrogatepass")
            flat = text.split("\0") if self._ends else json.loads(text or "[]")  # a base may have been empty
            self._columns = [flat[at :: len(NO_ROW)] for at in range(len(NO_ROW))]
        return self._columns

    def with_(self, changes: Mapping[int, Row]) -> Rows:
        """A copy with these rows at these places."""
        columns = [list(column) for column in self.columns()]
        for place, row in changes.items():
            for column, value in zip(columns, row, strict=True):
                column[place] = value
        return Rows.of(columns)

    def may_be(self, count: int) -> bool:
        """Whether this may be the text of as many rows."""
        return len(self._ends) in (0, count)

    def written(self) -> tuple[bytes | memoryview, bytes]:
        """The text and the ends to keep: those that were read, unless the rows are new."""
        text, ends = (self._text, self._ends) if self._columns is None else _written(self._columns)
        return text, ends.tobytes()


def _written(columns: list[list[str]]) -> tuple[bytes | memoryview, array[int]]:
    """All rows as text, and where each ends; as JSON without ends if a row holds the separator."""
    rows = list(zip(*columns, strict=True))
    lines = ["\0".join(row).encode("utf-8", "surrogatepass") for row in rows]
    text = b"\0".join(lines)
    if rows and text.count(b"\0") != len(NO_ROW) * len(rows) - 1:
        return json.dumps([value for row in rows for value in row]).encode("ascii"), array("I")
    ends, at = array("I"), -1
    for line in lines:
        at += len(line) + 1
        ends.append(at)
    return text, ends
