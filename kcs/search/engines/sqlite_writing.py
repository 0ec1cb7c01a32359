"""Writes an FTS5 table: each term of an entry, and its frequency as further terms."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache

from kcs.search.engines.scoring import MOST_OFTEN
from kcs.search.engines.spelling import spelt
from kcs.search.engines.sqlite import BITS, FIELDS, SELDOM
from kcs.search.model import Entry, Field

_TABLE = """
CREATE VIRTUAL TABLE {} USING fts5(terms, content='', detail=none, columnsize=0,
    tokenize="ascii tokenchars '!#$%&()*+,-./:;<=>?@[\\]^_`{{|}}~'")"""
_FACTS = "CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID"


def make_tables(base: sqlite3.Connection) -> None:
    """A table of postings for each field, and one of facts."""
    base.execute(_FACTS)
    for field in FIELDS:
        base.execute(_TABLE.format(field))


class Lengths:
    """How long each entry is in each field.
    By column, so that a change of ten entries makes no table of all the others.
    """

    def __init__(self, numbers: array[int], columns: Mapping[Field, array[int]]) -> None:
        """`numbers` rise: no number is given twice, and a later one is larger."""
        self.numbers = numbers[:]
        self.columns = {field: column[:] for field, column in columns.items()}

    def take_out(self, number: int) -> None:
        """KeyError if it is not there."""
        at = bisect_left(self.numbers, number)
        if at == len(self.numbers) or self.numbers[at] != number:
            raise KeyError(number)
        for column in (self.numbers, *self.columns.values()):
            del column[at]

    def bring_in(self, entry: Entry) -> None:
        """One more."""
        self.numbers.append(entry.number)
        for field, terms in _fields(entry):
            self.columns[field].append(sum(terms.values()))


def take_out(base: sqlite3.Connection, entries: Iterable[Entry], lengths: Lengths) -> None:
    """Take these entries, as they were brought in, out of the postings, and their lengths out of `lengths`."""
    for entry in entries:
        lengths.take_out(entry.number)
        for field, terms in _fields(entry):
            if terms:  # only what was brought in can be taken out
                statement = f"INSERT INTO {field}({field}, rowid, terms) VALUES ('delete', ?, ?)"
                base.execute(statement, (entry.number, _text(terms)))


def bring_in(base: sqlite3.Connection, entries: Iterable[Entry], lengths: Lengths) -> None:
    """Bring these entries in, and their lengths into `lengths`."""
    for entry in entries:
        lengths.bring_in(entry)
        for field, terms in _fields(entry):
            if terms:
                statement = f"INSERT INTO {field}(rowid, terms) VALUES (?, ?)"
                base.execute(statement, (entry.number, _text(terms)))


def optimise(base: sqlite3.Connection) -> None:
    """Merge the many lists that a term has after many changes into one: a quarter smaller."""
    for field in FIELDS:
        base.execute(f"INSERT INTO {field}({field}) VALUES ('optimize')")


def _fields(entry: Entry) -> Iterable[tuple[Field, Mapping[str, int]]]:
    return ("words", entry.terms.words), ("clusters", entry.terms.clusters)


def _text(terms: Mapping[str, int]) -> str:
    """The terms as FTS5 will cut them, each with the bits of its frequency."""
    spelling: list[str] = []
    for term, frequency in terms.items():
        name = spelt(term)
        if frequency == 1:
            spelling.append(name)
        else:
            spelling += [name + suffix for suffix in _suffixes(min(frequency, MOST_OFTEN))]
    return " ".join(spelling)


@cache
def _suffixes(frequency: int) -> list[str]:
    some = ["", *(f"%{bit}" for bit in range(1, BITS))]
    some = [suffix for bit, suffix in enumerate(some) if frequency >> bit & 1]
    return [*some, "%+"] if frequency >> SELDOM else some
