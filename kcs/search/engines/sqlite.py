"""SQLite's FTS5 as an engine: one file, every change one transaction.

FTS5 counts the occurrences of a term by its positions, and its bm25() has other constants and no weights for
terms. So further terms express a frequency: a term that occurs five times is stored as itself, for 1, and as
`term%2`, for 4. That is smaller than positions, and the score is worked out as for every other engine
(kcs.search.engines.scoring).
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kcs.kb.files import read_kept
from kcs.search.engines.engine import Damaged, Recall, Superseded
from kcs.search.engines.scoring import K1, MOST_OFTEN, NONE, B, Matches, find
from kcs.search.engines.spelling import spelt
from kcs.search.model import Entry, Field, Found, Plan

FIELDS: tuple[Field, ...] = ("words", "clusters")
_FILE = "postings.sqlite"
_MARK = "mark.json"
BITS = MOST_OFTEN.bit_length()
# Few terms have this bit or a higher one: `term%+` marks these, and only for them the higher bits are asked for.
SELDOM = 3
_PATIENCE = 30.0  # seconds to wait for another process's transaction
_UNWRITABLE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)


class SqliteEngine:
    """The engine in `folder`."""

    exact = True
    keyed = False

    def __init__(self, folder: Path) -> None:
        self.state, self.total = "", 0
        self._file = folder / _FILE
        self._average: dict[Field, float] = {}
        self._numbers = array("I")
        self._columns: dict[Field, array[int]] = {field: array("I") for field in FIELDS}
        self._by_number: dict[Field, dict[int, int]] = {}
        self._base: sqlite3.Connection | None = None
        self._mark = folder / _MARK
        if self._file.is_file():
            try:
                with _sound():
                    self._base = self._connect()
                    self._read(self._base)
                    self._check()
            except BaseException:
                self.close()
                raise

    def _connect(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)
        try:
            base.execute("PRAGMA trusted_schema = OFF")
            base.execute("PRAGMA cache_size = -64000")
        except BaseException:
            base.close()
            raise
        return base

    def _read(self, base: sqlite3.Connection) -> None:
        """Load the current state."""
        if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone():
            return
        facts: dict[str, Any] = dict(base.execute("SELECT name, value FROM facts"))
        numbers, *lengths = (_numbers(facts[name]) for name in ("numbers", *FIELDS))
        self.total = len(numbers)
        self._numbers, self._columns = numbers, dict(zip(FIELDS, lengths, strict=True))
        self._by_number = {}
        for field, column in zip(FIELDS, lengths, strict=True):
            if len(column) != len(numbers):
                raise ValueError(f"{len(column)} lengths of {len(numbers)} entries")
            # Of the entries that have any of it: in a base of many languages, few articles are in Thai.
            self._average[field] = sum(column) / max(len(column) - column.count(0), 1)
        self.state = facts["state"]

    def _check(self) -> None:
        """Damaged if another program wrote the file: SQLite would not notice."""
        try:
            state, mark = json.loads(read_kept(self._mark))
        except FileNotFoundError:
            return
        except OSError as error:  # a folder or a pipe, which stays until all is made anew
            raise Damaged(f"{self._mark.name}: {error.strerror}") from error
        if state == self.state and mark != _times(self._file):
            raise Damaged(f"{_FILE} is not what was written")

    def change(
        self, gone: Collection[int], new: Iterable[Entry], recall: Recall, seal: Callable[[], str], /
    ) -> None:
        """As Engine says. OSError if it cannot be written: then nothing changed."""
        from kcs.search.engines.sqlite_writing import Lengths, bring_in, make_tables, optimise, take_out

        with _sound():
            if self._base is None:
                self._base = self._connect()
            base = self._base
            # Without the mark, nothing is checked: if we are killed, SQLite itself restores the file.
            self._mark.unlink(missing_ok=True)
            is_new = not self.state
            with _transaction(base, "IMMEDIATE"):
                if is_new:
                    make_tables(base)
                lengths = Lengths(self._numbers, self._columns)
                take_out(base, recall(gone), lengths)
                bring_in(base, new, lengths)
                if is_new:
                    optimise(base)
                columns = [(field, column.tobytes()) for field, column in lengths.columns.items()]
                facts = [("numbers", lengths.numbers.tobytes()), *columns, ("state", seal())]
                base.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts)
            if is_new:
                # If there is no room, it stays as large as it is.
                with suppress(sqlite3.Error):
                    base.execute("VACUUM")
            self._read(base)
            self._put_mark()

    def _put_mark(self) -> None:
        from kcs.kb.files import write_atomically

        with suppress(OSError):
            mark = json.dumps([self.state, _times(self._file)])
            write_atomically(self._mark, mark.encode(), durable=False)

    def matches(self, field: Field, term: str) -> Matches:
        """The entries that hold `term`."""
        if self._base is None or not self._average.get(field):
            return NONE
        held = self._held(self._base, field, spelt(term))
        if not held:
            return NONE
        lengths = self._lengths(field)
        least, slope = K1 * (1 - B), K1 * B / self._average[field]
        try:
            shares = [
                (K1 + 1) * often / (often + least + slope * lengths[number]) for number, often in held.items()
            ]
        except KeyError as error:
            raise Damaged(f"{self._file.name}: entry {error} has no length") from error
        return Matches(list(held), shares)

    def _lengths(self, field: Field) -> dict[int, int]:
        """The length of each entry, by number; made on demand, as few questions use both fields."""
        if field not in self._by_number:
            self._by_number[field] = dict(zip(self._numbers, self._columns[field], strict=True))
        return self._by_number[field]

    def _held(self, base: sqlite3.Connection, field: Field, term: str) -> dict[int, int]:
        """Number -> frequency."""
        held = dict.fromkeys(_having(base, field, term), 1)
        for bit in range(1, BITS):
            if bit == SELDOM and not _having(base, field, f"{term}%+"):
                break
            for number in _having(base, field, f"{term}%{bit}"):
                held[number] = held.get(number, 0) + (1 << bit)
        return held

    def find(self, plan: Plan, most: int, within: Collection[int] | None = None) -> Found:
        """As Engine says. Superseded if another process changed the file: numbers may name other articles now."""
        if self._base is None:
            return Found(0)
        with _sound(), _transaction(self._base):
            state = self._base.execute("SELECT value FROM facts WHERE name = 'state'").fetchone()
            if state != (self.state,):
                raise Superseded(self._file.name)
            return find(self, plan, most, within)

    def close(self) -> None:
        """Close the file."""
        if self._base is not None:
            self._base.close()
            self._base = None


def _having(base: sqlite3.Connection, field: Field, term: str) -> list[int]:
    # As a single text: fetching row by row takes three times as long.
    statement = f"SELECT group_concat(rowid) FROM {field} WHERE {field} MATCH ?"
    (numbers,) = base.execute(statement, (f'"{term}"',)).fetchone()
    return list(map(int, numbers.split(","))) if numbers else []


def _times(file: Path) -> list[int]:
    status = file.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ino]


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
    """Turns SQLite's errors into what the index around it knows: Damaged, or an OSError if it cannot be written."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _UNWRITABLE or code == sqlite3.SQLITE_BUSY:
            raise OSError(28 if code == sqlite3.SQLITE_FULL else 5, str(error)) from error
        raise Damaged(str(error)) from error
    except (KeyError, ValueError, TypeError) as error:
        raise Damaged(f"{_FILE}: {error}") from error
