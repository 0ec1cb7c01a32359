"""The articles and what lists show of them, kept by column between runs. Every command starts here."""

from __future__ import annotations

import json
from array import array
from itertools import repeat
from typing import TYPE_CHECKING, Any

from kcs.kb.articles import Article
from kcs.kb.catalogue import Articles
from kcs.kb.kept.oids import Oids
from kcs.kb.kept.rows import NO_ROW, Row, Rows
from kcs.kb.settings.policy import Own
from kcs.kb.walk import MARK, Listing, written_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kcs.kb.articles import ArticleReader
    from kcs.kb.kept.cache import Cache
    from kcs.kb.records import Record
    from kcs.kb.settings.config import Config
    from kcs.kb.walk import Mark

# The policies that may hold at an article's path, and what it says to them: articles alike in both share an entry.
Kind = tuple[tuple[bool, ...], Own]
# The mark now, and the record; no record if the bytes are those we kept.
Change = tuple["Mark", "Record | None"]
# Raise it when the columns hold something else.
_FORMAT = 8
# The first character of a column of texts says how it is written.
_PLAIN, _JSON = "t", "j"


class Shelf:
    """A column per fact, a place per article, ordered by path; `kinds` are places in `table`, `traits` a byte each.

    `marks`, packed, tell whether an article's bytes changed. `state` changes with any path or content, `names` with
    anything an article can be linked by. Kept data stay as the bytes we read, ready to be written again after ten
    articles changed. `rows`: what each article is called.
    """

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.oids = Oids()
        self.marks = b""
        self.listing = Listing()
        self.traits = b""
        self.kinds = array("I")
        self.table: list[Kind] = []
        self.state = self.names = ""
        # All paths as kept, and their digest.
        self._listed = memoryview(_joined(()))
        self._where = ""
        self.rows = Rows.of([[] for _ in NO_ROW])

    @classmethod
    def read(cls, cache: Cache, key: str) -> Shelf:
        """The kept shelf; empty if it is missing or malformed."""
        raw = cache.read_bytes("shelf", f"{_FORMAT} {key}") or b""
        shelf = cls()
        try:
            at = raw.index(b"\n") + 1
            lengths, table, shelf.state, shelf.names, shelf._where, others = json.loads(raw[:at])
            view, parts = memoryview(raw), []
            for length in lengths:
                parts.append(view[at : at + length])
                at += length
            shelf._listed, oids, listing, marks, traits, kinds, ends, text = parts
            shelf.paths, shelf.marks, shelf.traits = _split(shelf._listed), bytes(marks), bytes(traits)
            shelf.oids = Oids(bytes(oids), len(oids) // max(len(shelf.paths), 1) or 1)
            shelf.listing = Listing(str(listing, "utf-8", "surrogatepass"), others)
            shelf.kinds.frombytes(kinds)
            shelf.rows = Rows(text, array("I", bytes(ends)))
            shelf.table = [(tuple(fits), _own(own)) for fits, own in table]
            return shelf if shelf._is_whole() and at == len(raw) else cls()
        except (TypeError, ValueError, RecursionError):
            return cls()

    @classmethod
    def of(
        cls, paths: list[str], marks: bytes, listing: Listing, oids: Oids, traits: bytes,
        kinds: tuple[array[int], list[Kind]], columns: list[list[str]],
    ) -> Shelf:  # fmt: skip
        """A shelf of these columns; `kinds`: each article's place in the table, and the table."""
        new = cls()
        new.paths, new.marks, new.listing = paths, marks, listing
        new.oids, new.traits, new.rows = oids, traits, Rows.of(columns)
        new.kinds, new.table = kinds
        new._listed = memoryview(_joined(paths))
        new._where = _where(new._listed)
        new.state = _state(new._where, oids)
        ids, _, permalinks = columns
        new.names = _digest((paths, ids, permalinks))
        return new

    def _is_whole(self) -> bool:
        count = len(self.paths)
        whole = len(self.kinds) == len(self.traits) == len(self.oids) == count
        whole = whole and len(self.marks) == count * MARK.size
        return whole and self.rows.may_be(count) and isinstance(self.state, str)

    def save(self, cache: Cache, key: str) -> None:
        """Keep it."""
        text, ends = self.rows.written()
        parts: list[bytes | memoryview] = [
            self._listed, self.oids.packed, self.listing.text.encode("utf-8", "surrogatepass"), self.marks,
            self.traits, self.kinds.tobytes(), ends, text,
        ]  # fmt: skip
        lengths = [len(one) for one in parts]
        head = json.dumps([lengths, self.table, self.state, self.names, self._where, self.listing.others])
        cache.write_bytes("shelf", b"".join((head.encode("ascii"), b"\n", *parts)), f"{_FORMAT} {key}")

    def written_to(self, root: Path, config: Config) -> list[int] | None:
        """The places possibly written to since; None if an article came or went, or if we cannot tell."""
        return written_to(root, config, self.listing, self.paths, self.marks) if self.paths else None

    def renewed(self, changes: Mapping[int, Change], reader: ArticleReader) -> Shelf:
        """The shelf after writes at these places, where no article came or went."""
        new, marks, traits = Shelf(), bytearray(self.marks), bytearray(self.traits)
        new.paths, new._listed, new._where, new.listing = self.paths, self._listed, self._where, self.listing
        new.kinds, new.names, new.rows = self.kinds[:], self.names, self.rows
        kinds = {kind: at for at, kind in enumerate(self.table)}
        oids: dict[int, str] = {}
        rows: dict[int, Row] = {}
        for place, (mark, record) in changes.items():
            MARK.pack_into(marks, place * MARK.size, *mark)
            if record is not None:
                row, traits[place], kind = told(self.paths[place], record, reader)
                oids[place], new.kinds[place] = record.oid, kinds.setdefault(kind, len(kinds))
                if row != self.rows[place]:
                    rows[place] = row
        new.table, new.oids = list(kinds), self.oids.with_(oids)
        new.marks, new.traits = bytes(marks), bytes(traits)
        new.state = _state(self._where, new.oids)
        if new.kinds != self.kinds:
            new._drop_unused()
        if rows:
            new._put(rows)
        return new

    def _put(self, rows: Mapping[int, Row]) -> None:
        """Put these rows at their places."""
        old_ids, _, old_permalinks = self.rows.columns()
        self.rows = self.rows.with_(rows)
        ids, _, permalinks = self.rows.columns()
        if (ids, permalinks) != (old_ids, old_permalinks):
            self.names = _digest((self.paths, ids, permalinks))

    def _drop_unused(self) -> None:
        used = sorted(set(self.kinds))
        if len(used) < len(self.table):
            now = {kind: at for at, kind in enumerate(used)}
            self.table = [self.table[kind] for kind in used]
            self.kinds = array("I", map(now.__getitem__, self.kinds))

    def known(self) -> dict[str, Mark]:
        """Path -> mark."""
        return dict(zip(self.paths, MARK.iter_unpack(self.marks), strict=True))

    def articles(self, reader: ArticleReader) -> Articles:
        """The articles; each record is loaded on demand."""
        settled = [(own, reader.policies.settled(fits, own)) for fits, own in self.table]

        def one(place: int) -> Article:
            id_, title, permalink = self.rows[place]
            facts = (self.paths[place], self.oids[place], id_, title, permalink, self.traits[place])
            return Article(*facts, *settled[self.kinds[place]], reader)

        def every() -> list[Article]:
            of = [settled[kind] for kind in self.kinds]
            columns = (self.paths, self.oids, *self.rows.columns(), self.traits)
            return list(
                map(Article, *columns, [own for own, _ in of], [one for _, one in of], repeat(reader))
            )

        settings = [settings for _, settings in settled]
        return Articles(self.paths, self.kinds, settings, one, every, lambda: self.oids, self.rows.columns)


def told(path: str, record: Record, reader: ArticleReader) -> tuple[Row, int, Kind]:
    """What a shelf holds about an article: its row, traits and kind."""
    facts = reader.fields.facts(record)
    row = (facts.id, facts.title, facts.permalink)
    return row, facts.traits, (reader.policies.fits(path), facts.own)


def state_and_names(
    paths: list[str], oids: list[str], ids: list[str], permalinks: list[str]
) -> tuple[str, str]:
    """A Source's `state` and `names`, from one column each."""
    return _state(_where(_joined(paths)), Oids.of(oids)), _digest((paths, ids, permalinks))


def _where(listed: bytes | memoryview) -> str:
    """The digest of all paths: stable while no path comes or goes."""
    from kcs.digest import sha256

    return sha256(listed).hexdigest()


def _state(where: str, oids: Oids) -> str:
    from kcs.digest import sha256

    return sha256(where.encode() + oids.packed).hexdigest()[:32]


def _digest(said: tuple[list[str], ...]) -> str:
    from kcs.digest import sha256

    return sha256(repr(said).encode()).hexdigest()[:32]


def _joined(column: Iterable[str]) -> bytes:
    """A column of texts, which splits in a fifth of JSON's time; as JSON if a text holds the separator."""
    texts = list(column)
    text = "\0".join(texts)
    plain = text.count("\0") == len(texts) - 1
    # A name that is not UTF-8 holds surrogates.
    return (_PLAIN + text if plain else _JSON + json.dumps(texts)).encode("utf-8", "surrogatepass")


def _split(part: memoryview) -> list[str]:
    """Undo `_joined`."""
    text = str(part[1:], "utf-8", "surrogatepass")
    return text.split("\0") if bytes(part[:1]) == b"t" else list(json.loads(text))


def _own(values: list[Any]) -> Own:
    """Read it from JSON, which has no tuples."""
    return Own._make([tuple(value) if isinstance(value, list) else value for value in values])
