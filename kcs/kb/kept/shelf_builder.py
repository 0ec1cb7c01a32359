"""Rebuilds the list of articles when files came or went, reusing what did not change."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from kcs.kb.kept.oids import Oids
from kcs.kb.kept.rows import NO_ROW, Row
from kcs.kb.kept.shelf import Kind, Shelf, told
from kcs.kb.walk import packed

if TYPE_CHECKING:
    from kcs.kb.articles import ArticleReader
    from kcs.kb.records import Record
    from kcs.kb.walk import Listing, Mark


class ShelfBuilder:
    """Builds a shelf article by article, in path order, reusing from `old` what did not change."""

    def __init__(self, old: Shelf) -> None:
        self._old = old
        self._columns: list[list[str]] = [[] for _ in NO_ROW]
        self._oids: list[str] = []
        self._marks: dict[str, Mark] = {}
        self._traits = bytearray()
        self._kinds = array("I")
        self._table: dict[Kind, int] = {}

    def take(self, place: int, path: str, mark: Mark) -> None:
        """Add an article from the old shelf."""
        old = self._old
        kind = old.table[old.kinds[place]]
        self._add(path, mark, old.oids[place], old.rows[place], old.traits[place], kind)

    def add(self, path: str, mark: Mark, record: Record, reader: ArticleReader) -> None:
        """Add an article from `record`."""
        self._add(path, mark, record.oid, *told(path, record, reader))

    def _add(self, path: str, mark: Mark, oid: str, row: Row, traits: int, kind: Kind) -> None:
        self._marks[path] = mark
        self._oids.append(oid)
        for column, value in zip(self._columns, row, strict=True):
            column.append(value)
        self._traits.append(traits)
        self._kinds.append(self._table.setdefault(kind, len(self._table)))

    def shelf(self, listing: Listing) -> Shelf:
        """The finished shelf; `listing` is how its folders were listed."""
        paths, marks = list(self._marks), packed(self._marks.values())
        kinds = self._kinds, list(self._table)
        return Shelf.of(paths, marks, listing, Oids.of(self._oids), bytes(self._traits), kinds, self._columns)
