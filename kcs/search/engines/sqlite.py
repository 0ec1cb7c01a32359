"""SQLite's FTS5 as an engine: one file, every change one transaction.

FTS5 counts how often a term stands by its positions, and its bm25() has other constants and no weights for terms. So
a frequency is told by columns: a term that stands five times is in the columns of 4 and of 1. That is smaller than
positions, and the sum is worked out as for every other engine (kcs.search.engines.scoring).
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kcs.search.engines.engine import Damaged, Recall, Superseded
from kcs.search.engines.scoring import K1, NONE, B, Matches, find
from kcs.search.engines.spelling import spelt
from kcs.search.model import Entry, Field, Found, Plan

FIELDS: tuple[Field, ...] = ("words", "clusters")
_FILE = "postings.sqlite"
_BITS = 8
_COLUMNS = [f"c{bit}" for bit in range(_BITS)]
_TABLE = f"""
CREATE VIRTUAL TABLE {{}} USING fts5({", ".join(_COLUMNS)}, content='', detail=column, columnsize=0,
    tokenize="ascii tokenchars '!#$%&()*+,-./:;<=>?@[\\]^_`{{{{|}}}}~'")"""
_FACTS = "CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID"
_PATIENCE = 30.0  # seconds for another's transaction to end
_UNWRITABLE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)


class SqliteEngine:
    """What lies in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.state, self.total = "", 0
        self._file = folder / _FILE
        self._average: dict[Field, float] = {}
        self._lengths: dict[Field, dict[int, int]] = {field: {} for field in FIELDS}
        self._base: sqlite3.Connection | None = None
        if self._file.exists():
            with _sound():
                self._base = self._connect()
                self._read(self._base)

    def _connect(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA cache_size = -64000")
        return base

    def _read(self, base: sqlite3.Connection) -> None:
        """Take up what holds now."""
        if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone():
            return
        facts: dict[str, Any] = dict(base.execute("SELECT name, value FROM facts"))
        numbers, *lengths = (_numbers(facts[name]) for name in ("numbers", *FIELDS))
        self.total = len(numbers)
        for field, column in zip(FIELDS, lengths, strict=True):
            self._lengths[field] = dict(zip(numbers, column, strict=True))
            # Of those that have any of it: in a base of many languages a few articles are in Thai.
            self._average[field] = sum(column) / max(sum(map(bool, column)), 1)
        self.state = facts["state"]

    def change(
        self, gone: Collection[int], new: Iterable[Entry], recall: Recall, seal: Callable[[], str], /
    ) -> None:
        """As Engine says. OSError where it cannot be written: then all is as it was."""
        with _sound():
            if self._base is None:
                self._base = self._connect()
            base = self._base
            with _transaction(base, "IMMEDIATE"):
                if not self.state:
                    base.execute(_FACTS)
                    for field in FIELDS:
                        base.execute(_TABLE.format(field))
                lengths = {field: self._lengths[field].copy() for field in FIELDS}
                self._take_out(base, recall(gone), lengths)
                self._bring_in(base, new, lengths)
                columns = [(field, array("I", lengths[field].values()).tobytes()) for field in FIELDS]
                numbers = array("I", lengths["words"]).tobytes()
                facts = [("numbers", numbers), *columns, ("state", seal())]
                base.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts)
            self._read(base)

    def _take_out(
        self, base: sqlite3.Connection, entries: Iterable[Entry], lengths: dict[Field, dict[int, int]]
    ) -> None:
        names, marks = ", ".join(_COLUMNS), ", ".join("?" * _BITS)
        for entry in entries:
            for field, terms in _fields(entry):
                del lengths[field][entry.number]
                if terms:  # what was never brought in must not be taken out
                    statement = f"INSERT INTO {field}({field}, rowid, {names}) VALUES ('delete', ?, {marks})"
                    base.execute(statement, (entry.number, *_columns(terms)))

    def _bring_in(
        self, base: sqlite3.Connection, entries: Iterable[Entry], lengths: dict[Field, dict[int, int]]
    ) -> None:
        names, marks = ", ".join(_COLUMNS), ", ".join("?" * _BITS)
        for entry in entries:
            for field, terms in _fields(entry):
                lengths[field][entry.number] = sum(terms.values())
                if terms:
                    statement = f"INSERT INTO {field}(rowid, {names}) VALUES (?, {marks})"
                    base.execute(statement, (entry.number, *_columns(terms)))

    def matches(self, field: Field, term: str) -> Matches:
        """The entries that hold `term`."""
        if self._base is None or not self._average.get(field):
            return NONE
        held: dict[int, int] = {}
        name = spelt(term)
        for bit in range(_BITS):
            question = f'c{bit}: "{name}"'
            for (number,) in self._base.execute(
                f"SELECT rowid FROM {field} WHERE {field} MATCH ?", (question,)
            ):
                held[number] = held.get(number, 0) + (1 << bit)
        if not held:
            return NONE
        lengths = self._lengths[field]
        least, slope = K1 * (1 - B), K1 * B / self._average[field]
        try:
            shares = [
                (K1 + 1) * often / (often + least + slope * lengths[number]) for number, often in held.items()
            ]
        except KeyError as error:
            raise Damaged(f"{self._file.name}: entry {error} has no length") from error
        return Matches(list(held), shares)

    def find(self, plan: Plan, most: int, within: Collection[int] | None = None) -> Found:
        """As Engine says. Superseded where another process changed the file: numbers may name other articles now."""
        if self._base is None:
            return Found(0)
        with _sound(), _transaction(self._base):
            state = self._base.execute("SELECT value FROM facts WHERE name = 'state'").fetchone()
            if state != (self.state,):
                raise Superseded(self._file.name)
            return find(self, plan, most, within)

    def close(self) -> None:
        """Let go of the file."""
        if self._base is not None:
            self._base.close()
            self._base = None


def _fields(entry: Entry) -> Iterable[tuple[Field, Mapping[str, int]]]:
    return ("words", entry.terms.words), ("clusters", entry.terms.clusters)


def _columns(terms: Mapping[str, int]) -> list[str]:
    """Each column's text: the terms whose frequency has its bit."""
    columns: list[list[str]] = [[] for _ in range(_BITS)]
    first = columns[0]
    for term, frequency in terms.items():
        term = spelt(term)
        if frequency == 1:
            first.append(term)
            continue
        left = min(frequency, (1 << _BITS) - 1)
        for column in columns:
            if left & 1:
                column.append(term)
            left >>= 1
    return [" ".join(column) for column in columns]


def _numbers(raw: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(raw)
    return numbers


@contextmanager
def _transaction(base: sqlite3.Connection, kind: str = "DEFERRED") -> Iterator[None]:
    base.execute(f"BEGIN {kind}")
    try:
        yield
        base.execute("COMMIT")
    except BaseException:
        if base.in_transaction:
            base.execute("ROLLBACK")
        raise


@contextmanager
def _sound() -> Iterator[None]:
    """Turns SQLite's errors into what the index around it knows: Damaged, or an OSError where it cannot be written."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _UNWRITABLE or code == sqlite3.SQLITE_BUSY:
            raise OSError(28 if code == sqlite3.SQLITE_FULL else 5, str(error)) from error
        raise Damaged(str(error)) from error
    except (KeyError, ValueError, TypeError) as error:
        raise Damaged(f"{_FILE}: {error}") from error
