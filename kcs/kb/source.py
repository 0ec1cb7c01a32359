"""Where the files of a knowledge base come from: the working tree, or a commit."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from kcs.errors import FileProblem
from kcs.kb.cache import Cache
from kcs.kb.config import Config
from kcs.kb.files import read_file
from kcs.kb.git import Repository
from kcs.kb.globs import matcher
from kcs.kb.records import Record, make_record, object_id
from kcs.kb.walk import Found, inside, walk

# A file written in the same moment as the cache may change again without its times showing it.
_RACY_NS = 100_000_000


class Source(Protocol):
    """One state of the files of a knowledge base."""

    def records(self, config: Config) -> dict[str, Record]:
        """Every article, by path."""

    def read(self, path: str) -> bytes:
        """The bytes of one file; FileProblem when it cannot be read."""

    def exists(self, path: str) -> bool:
        """Whether there is a file at `path` (from the root, with `/`)."""


def title_key(config: Config) -> str:
    """The front matter key that holds the title."""
    return config.fields.get("title", "title")


class WorkingTree:
    """The files as they lie in the folder."""

    def __init__(self, root: Path, cache: Cache, algorithm: str = "sha1") -> None:
        self.root = root
        self._cache = cache
        self._algorithm = algorithm

    def records(self, config: Config) -> dict[str, Record]:
        """Every article; those whose file did not change come from the cache."""
        key = title_key(config)
        stored: dict[str, Any] = self._cache.read("worktree", key) or {}
        known: dict[str, Any] = stored.get("articles", {})
        saved_at = stored.get("saved_at", 0) - _RACY_NS
        records, entries, changed = {}, {}, False
        for found in walk(self.root, config):
            entry = known.get(found.path)
            if not _still_holds(entry, found, saved_at):
                changed = True
                record = self._fresh(found, entry, key)
                entry = [list(found.mark), record.to_json()]
            else:
                record = Record.from_json(entry[1])  # type: ignore[index]
            records[found.path] = record
            entries[found.path] = entry
        if changed or len(known) != len(entries):
            self._save(entries, key)
        return records

    def _fresh(self, found: Found, entry: Any, key: str) -> Record:
        try:
            raw = (self.root / found.path).read_bytes()
        except OSError as error:
            return unreadable_record(f"cannot be read: {error.strerror}")
        oid = object_id(raw, self._algorithm)
        if entry is not None and entry[1][0] == oid:
            return Record.from_json(entry[1])
        return make_record(raw, oid, key)

    def _save(self, entries: Mapping[str, Any], key: str) -> None:
        import time

        self._cache.write("worktree", {"saved_at": time.time_ns(), "articles": entries}, key)

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        file = self.root / path
        if not inside(self.root, file):
            raise FileProblem("lies outside the knowledge base", path=path)
        return read_file(file, path)

    def exists(self, path: str) -> bool:
        """Whether there is a file, inside the base."""
        file = os.path.join(self.root, path)  # noqa: PTH118 - hot
        return os.path.isfile(file) and inside(self.root, Path(file))  # noqa: PTH113


def _still_holds(entry: Any, found: Found, saved_at: int) -> bool:
    if entry is None or not entry[1][0]:
        return False
    return entry[0] == list(found.mark) and max(found.mark[1:3]) < saved_at


class CommitTree:
    """The files as they are in a commit. `prefix`: where the base's root lies in the repository, with a final `/`.

    `known`: records by the name of their bytes, for those versions that were read already.
    """

    def __init__(
        self, repo: Repository, commit: str, prefix: str, known: Mapping[str, Record] | None = None
    ) -> None:
        self._repo = repo
        self._known = dict(known or {})
        self.commit = commit
        tree = repo.tree(commit)
        self.oids = {path[len(prefix) :]: oid for path, oid in tree.items() if path.startswith(prefix)}

    def records(self, config: Config) -> dict[str, Record]:
        """Every article of the commit."""
        include, exclude = matcher(config.include), matcher(config.exclude)
        paths = {path: oid for path, oid in self.oids.items() if include(path) and not exclude(path)}
        key = title_key(config)
        wanted = dict.fromkeys(oid for oid in paths.values() if oid not in self._known)
        self._known |= {oid: make_record(raw, oid, key) for oid, raw in self._repo.blobs(wanted)}
        return {path: self._known[oid] for path, oid in paths.items()}

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        oid = self.oids.get(path)
        if oid is None:
            raise FileProblem(f"is not in commit {self.commit[:12]}", path=path)
        return next(raw for _, raw in self._repo.blobs([oid]))

    def exists(self, path: str) -> bool:
        """Whether the commit holds a file at `path`."""
        return path in self.oids


def unreadable_record(message: str) -> Record:
    """The record of a file whose bytes cannot be had: found, counted, and never trusted."""
    from kcs.article.front_matter import Problem

    return Record("", {}, (Problem("cannot-read", message, None, True),))
