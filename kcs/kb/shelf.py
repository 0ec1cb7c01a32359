"""What every command starts from: which articles there are and what lists ask of them, kept by column between runs."""

from __future__ import annotations

import json
import struct
from array import array
from itertools import repeat
from typing import TYPE_CHECKING, Any

from kcs.kb.articles import Article, ArticleReader, Facts
from kcs.kb.policy import Own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kcs.kb.cache import Cache
    from kcs.kb.records import Record
    from kcs.kb.walk import Mark

# Which policies may hold where it lies, and what it says to them: articles that are alike in both share an entry.
Kind = tuple[tuple[bool, ...], Own]
# Four numbers of nineteen digits take four times as long as text.
_MARK = struct.Struct("<3qQ")
# What a column of texts begins with: how it is written.
_PLAIN, _JSON = "t", "j"


class Shelf:
    """One column a fact, one place an article, in the order of the paths; `kinds` are places in `table`.

    `marks`: path -> what tells whether its bytes changed. `state` changes when any path or any content does, `names`
    when anything does that an article can be linked by.
    """

    def __init__(self) -> None:
        self.marks: Mapping[str, Mark] = {}
        self.oids: list[str] = []
        self.ids: list[str] = []
        self.titles: list[str] = []
        self.permalinks: list[str] = []
        self.unreadable: list[bool] = []
        self.kinds: list[int] = []
        self.table: list[Kind] = []
        self.state = self.names = ""

    @classmethod
    def read(cls, cache: Cache, key: str) -> Shelf:
        """What was kept; empty where that is missing or not what it should be."""
        raw = cache.read_bytes("shelf", key) or b""
        text, _, body = raw.partition(b"\n")
        shelf, at = cls(), 0
        try:
            lengths, table, shelf.state, shelf.names = json.loads(text or b"[]")
            parts = []
            for length in lengths:
                parts.append(body[at : at + length])
                at += length
            paths, shelf.oids, shelf.ids, shelf.titles, shelf.permalinks = [
                _split(part) for part in parts[:-2]
            ]
            shelf.unreadable, shelf.kinds = list(map(bool, parts[-2])), array("I", parts[-1]).tolist()
            marks = body[at:]
            shelf.table = [(tuple(fits), _own(own)) for fits, own in table]
            shelf.marks = dict(zip(paths, _MARK.iter_unpack(marks), strict=True))
            return shelf if shelf._is_whole() else cls()
        except (TypeError, ValueError, RecursionError, struct.error):
            return cls()

    def _columns(self) -> tuple[list[Any], ...]:
        return self.oids, self.ids, self.titles, self.permalinks, self.unreadable, self.kinds

    def _is_whole(self) -> bool:
        whole = all(len(column) == len(self.marks) for column in self._columns())
        return whole and isinstance(self.state, str)

    def save(self, cache: Cache, key: str) -> None:
        """Keep it."""
        texts = (list(self.marks), self.oids, self.ids, self.titles, self.permalinks)
        parts = [*map(_joined, texts), bytes(self.unreadable), array("I", self.kinds).tobytes()]
        lengths = [len(part) for part in parts]
        head = json.dumps([lengths, self.table, self.state, self.names])
        marks = [_MARK.pack(*mark) for mark in self.marks.values()]
        cache.write_bytes("shelf", b"".join((head.encode("ascii"), b"\n", *parts, *marks)), key)

    def articles(self, reader: ArticleReader) -> list[Article]:
        """The articles, whose records wait until they are asked for."""
        kinds = [(own, reader.policies.settled(fits, own)) for fits, own in self.table]
        of = [kinds[kind] for kind in self.kinds]
        columns = (self.marks, self.oids, self.ids, self.titles, self.permalinks, self.unreadable)
        owns, settings = [own for own, _ in of], [settings for _, settings in of]
        return list(map(Article, *columns, owns, settings, repeat(reader)))


class ShelfBuilder:
    """Makes a shelf, one article after the other in the order of their paths, taking from `old` what did not change."""

    def __init__(self, old: Shelf) -> None:
        self._old = old
        self._new = Shelf()
        self._marks: dict[str, Mark] = {}
        self._table: dict[Kind, int] = {}

    def take(self, place: int, path: str, mark: Mark) -> None:
        """Add an article as the old shelf has it."""
        old = self._old
        fits, own = old.table[old.kinds[place]]
        facts = Facts(old.ids[place], old.titles[place], old.permalinks[place], old.unreadable[place], own)
        self._add(path, mark, old.oids[place], facts, fits)

    def add(self, path: str, mark: Mark, record: Record, reader: ArticleReader) -> None:
        """Add an article as `record` has it."""
        self._add(path, mark, record.oid, reader.facts(record), reader.policies.fits(path))

    def _add(self, path: str, mark: Mark, oid: str, facts: Facts, fits: tuple[bool, ...]) -> None:
        new = self._new
        self._marks[path] = mark
        new.oids.append(oid)
        new.ids.append(facts.id)
        new.titles.append(facts.title)
        new.permalinks.append(facts.permalink)
        new.unreadable.append(facts.unreadable)
        new.kinds.append(self._table.setdefault((fits, facts.own), len(self._table)))

    def shelf(self) -> Shelf:
        """All that was added."""
        new = self._new
        new.marks, new.table = self._marks, list(self._table)
        new.state, new.names = state_and_names(list(self._marks), new.oids, new.ids, new.permalinks)
        return new


def state_and_names(
    paths: list[str], oids: list[str], ids: list[str], permalinks: list[str]
) -> tuple[str, str]:
    """What a Source calls its state and its names, from one column each."""
    from kcs.digest import sha256

    state, names = (
        sha256(repr(told).encode()).hexdigest()[:32] for told in ((paths, oids), (paths, ids, permalinks))
    )
    return state, names


def _joined(column: list[str]) -> bytes:
    """A column of texts, which is split in a fifth of the time that JSON takes; as JSON where one holds the sign between."""
    text = "\0".join(column)
    plain = text.count("\0") == len(column) - 1
    # A name that is no UTF-8 holds surrogates.
    return (_PLAIN + text if plain else _JSON + json.dumps(column)).encode("utf-8", "surrogatepass")


def _split(part: bytes) -> list[str]:
    """Back from `_joined`."""
    text = part[1:].decode("utf-8", "surrogatepass")
    return text.split("\0") if part.startswith(b"t") else list(json.loads(text))


def _own(values: list[Any]) -> Own:
    """Back from JSON, which knows no tuples."""
    return Own._make([tuple(value) if isinstance(value, list) else value for value in values])
