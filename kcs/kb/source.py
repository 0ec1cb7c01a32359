"""Sources of a knowledge base's files: the common protocol, and the working tree (commits: commit_tree.py)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kcs.errors import FileProblem
from kcs.kb.catalogue import Articles
from kcs.kb.files import read_bytes, read_file, read_ours
from kcs.kb.kept.cache import Cache
from kcs.kb.records import Record, make_record, object_id
from kcs.kb.settings.config import Config

if TYPE_CHECKING:
    from kcs.kb.articles import ArticleReader
    from kcs.kb.kept.records import Records
    from kcs.kb.kept.shelf import Change, Shelf
    from kcs.kb.walk import Mark

# A file written at the same moment as the cache may change again with the same times: a moment is a clock tick, or, on
# coarse file systems, a second, and on FAT two.
_RACY_NS, _RACY_COARSE_NS = 100_000_000, 2_100_000_000
_SECOND_NS = 1_000_000_000
# At most so many bytes of files are held for reading again in the same run.
_MOST_TEXT = 1 << 25


class Source(Protocol):
    """One state of the files of a knowledge base."""

    state: str
    """Changes when any article's path or content does; empty if unknown."""

    names: str
    """Changes with anything that an article can be linked by."""

    def articles(self, config: Config, reader: ArticleReader) -> Articles:
        """Every article, by path."""

    def record(self, path: str, oid: str, /) -> Record:
        """Load the record of an article made without one."""

    def may_say(self, oid: str, key: str) -> bool:
        """Whether the record of these bytes may hold a front matter key: finding a few needs not load all."""

    def read(self, path: str) -> bytes:
        """The bytes of one file; FileProblem if unreadable."""

    def read_many(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        """The bytes of articles by path; FileProblem if one is unreadable."""

    def listed(self, path: str, oid: str, /) -> bytes | None:
        """The bytes with which an article was listed, if at hand: saves reading and hashing them again."""

    def exists(self, path: str) -> bool:
        """Whether a file exists at `path` (from the root, with `/`)."""


def title_key(config: Config) -> str:
    """The front matter key that holds the title."""
    return config.fields.get("title", "title")


class WorkingTree:
    """The files in the folder."""

    def __init__(self, root: Path, cache: Cache, algorithm: str = "sha1") -> None:
        self.root = root
        self.state = self.names = ""
        # Files among the articles that are not articles, once listed; None if unknown.
        self.others: list[str] | None = None
        # The folders that could not be listed, and why.
        self.unlisted: dict[str, str] = {}
        self._cache = cache
        self._algorithm = algorithm
        self._title_key = "title"
        # Bytes read for the list, by path, with Git's name for them, up to a limit.
        self._listed: dict[str, tuple[str, bytes]] = {}
        self._room = _MOST_TEXT

    @cached_property
    def _records(self) -> Records:
        from kcs.kb.kept.records import Records

        return Records(self._cache, self._title_key)

    def articles(self, config: Config, reader: ArticleReader) -> Articles:
        """Every article; unchanged ones come from the cache."""
        from kcs.kb.kept.shelf import Shelf  # a pre-commit check lists no folder

        self._title_key = title_key(config)
        key = f"oids {self._algorithm} {config!r}"
        shelf = Shelf.read(self._cache, key)
        if (places := shelf.written_to(self.root, config)) != []:
            changes = None if places is None else self._changes(shelf, places)
            old = shelf
            shelf = self._walked(old, config, reader) if changes is None else old.renewed(changes, reader)
            if shelf.state != old.state:
                self._records.save(shelf.oids)
            # A file that we read only because of its mark may still be as kept.
            if shelf.state != old.state or shelf.marks != old.marks or shelf.listing.text != old.listing.text:
                shelf.save(self._cache, key)
        self.state, self.names = shelf.state, shelf.names
        self.others = list(shelf.listing.others) if shelf.listing.text else None
        return shelf.articles(reader)

    def _changes(self, old: Shelf, places: Iterable[int]) -> dict[int, Change] | None:
        """The present files at these places; None if one is gone."""
        from kcs.kb.walk import mark_at

        found: dict[int, Change] = {}
        started = time.time_ns()
        for place in places:
            path = old.paths[place]
            if (mark := mark_at(f"{self.root}/{path}")) is None:
                return None
            record = self._fresh(path, old.oids[place])
            found[place] = _kept_mark(mark, started, record), None if record is _SAME else record
        return found

    def _walked(self, old: Shelf, config: Config, reader: ArticleReader) -> Shelf:
        from kcs.kb.kept.shelf_builder import ShelfBuilder
        from kcs.kb.walk import Listing, walk

        known, listing = old.known(), Listing()
        marks = walk(self.root, config, known, listing)
        self.unlisted = listing.unlisted
        new, places = ShelfBuilder(old), {path: place for place, path in enumerate(old.paths)}
        started = time.time_ns()
        for path in sorted(marks):
            place, mark = places.get(path), marks[path]
            record = None
            if place is None or known[path] != mark:
                record = self._fresh(path, old.oids[place] if place is not None else "")
                mark = _kept_mark(mark, started, record)
            if record is None or (place is not None and record is _SAME):
                assert place is not None, "only what was kept can be the same"
                new.take(place, path, mark)
            else:
                new.add(path, mark, record, reader)
        return new.shelf(listing)

    def _fresh(self, path: str, oid: str) -> Record:
        """The record of the present file; _SAME if its bytes are still those of `oid`."""
        try:
            raw = read_bytes(f"{self.root}/{path}")
        except OSError as error:
            return unreadable_record(f"cannot be read: {error.strerror}")
        found = object_id(raw, self._algorithm)
        if len(raw) <= self._room:
            self._room -= len(raw)
            self._listed[path] = found, raw
        if found == oid:
            return _SAME
        record = self._records.get(found)
        if record is None:
            record = make_record(raw, found, self._title_key)
            self._records.put(record)
        return record

    def record(self, path: str, oid: str) -> Record:
        """The record of these bytes or, if no longer kept, of the present file."""
        record = self._records.get(oid) if oid else None
        if record is None:
            # Kept apart from the list, so one may be lost: then the next run rebuilds both.
            self._cache.drop("shelf")
            record = self._fresh(path, "")
        return record

    def may_say(self, oid: str, key: str) -> bool:
        """Whether the kept record of these bytes mentions a key; True if none is kept."""
        return self._records.mentions(oid, key)

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        from kcs.kb.walk import inside

        file = self.root / path
        if not inside(self.root, file):
            raise FileProblem("lies outside the knowledge base", path=path)
        return read_ours(file, path)

    def read_many(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        """The bytes of articles by path."""
        return {path: read_file(f"{self.root}/{path}", path) for path in paths}

    def listed(self, path: str, oid: str) -> bytes | None:
        """The bytes read when the article was listed."""
        name, raw = self._listed.get(path, ("", None))
        return raw if name == oid else None

    def exists(self, path: str) -> bool:
        """Whether the file exists, inside the base."""
        from kcs.kb.walk import inside

        file = os.path.join(self.root, path)  # noqa: PTH118 - hot
        return os.path.isfile(file) and inside(self.root, Path(file))  # noqa: PTH113


# Stands for "the bytes are those we kept".
_SAME = Record("", {})


def _kept_mark(mark: Mark, now: int, record: Record) -> Mark:
    """The mark to keep; an impossible one if the next run must read the file again."""
    newest = max(mark[1:3])
    racy = newest >= now - (_RACY_NS if newest % _SECOND_NS else _RACY_COARSE_NS)
    return (-1, *mark[1:]) if racy or (record is not _SAME and not record.oid) else mark


def unreadable_record(message: str) -> Record:
    """The record of a file whose bytes are unavailable: found, counted, never trusted."""
    from kcs.article.front_matter import Problem

    return Record("", {}, (Problem("cannot-read", message, None, True),))
