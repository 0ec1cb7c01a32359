"""The files of a knowledge base in a commit: the Source of every state but the working tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kcs.errors import FileProblem
from kcs.kb.articles import ArticleReader
from kcs.kb.catalogue import Articles
from kcs.kb.git.repository import Repository, below
from kcs.kb.globs import chooser
from kcs.kb.records import Record, make_record
from kcs.kb.settings.config import Config
from kcs.kb.source import title_key


class CommitTree:
    """The files as they are in a commit. `prefix`: where the base's root lies in the repository, with a final `/`."""

    def __init__(self, repo: Repository, commit: str, prefix: str) -> None:
        self._repo = repo
        self._known: dict[str, Record] = {}
        self.commit = commit
        self.state = self.names = ""
        self.oids, self._links = (below(prefix, one) for one in repo.tree_and_links(commit))

    def reuse(self, known: Mapping[str, Record]) -> None:
        """Take these records of versions, by Git's name for their
        bytes; they must have been read with the same title key.
        """
        self._known |= known

    def records(self, config: Config) -> dict[str, Record]:
        """Every article of the commit."""
        chosen = chooser(config.include, config.exclude)
        paths = {path: oid for path, oid in self.oids.items() if chosen(path)}
        key = title_key(config)
        wanted = dict.fromkeys(oid for oid in paths.values() if oid not in self._known)
        self._known |= {oid: make_record(raw, oid, key) for oid, raw in self._repo.blobs(wanted)}
        return {path: self._known[oid] for path, oid in paths.items()}

    def articles(self, config: Config, reader: ArticleReader) -> Articles:
        """Every article of the commit."""
        records = self.records(config)
        return Articles.of([reader.article(path, records[path]) for path in sorted(records)])

    def record(self, _path: str, oid: str) -> Record:
        """The record of one version; `articles` come with theirs."""
        return self._known[oid]

    def may_say(self, oid: str, key: str) -> bool:
        """Whether a version has a key."""
        return key in self._known[oid].meta

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        oid = self.oids.get(self._followed(path))
        if oid is None:
            raise FileProblem(f"is not in commit {self.commit[:12]}", path=path)
        return self._blob(oid)

    def read_many(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        """The bytes of articles by path, through one process."""
        found = dict(self._repo.blobs(dict.fromkeys(self.oids[path] for path in paths)))
        return {path: found[self.oids[path]] for path in paths}

    def listed(self, _path: str, _oid: str) -> bytes | None:
        """None: it holds no bytes."""
        return None

    def exists(self, path: str) -> bool:
        """Whether the commit holds a file at `path`, or where a link there leads to."""
        return path in self.oids or self._followed(path) in self.oids

    def _followed(self, path: str) -> str:
        if path in self.oids or not self._links:
            return path
        from kcs.kb.linked import follow

        return follow(path, self._links, self._blob) or path

    def _blob(self, oid: str) -> bytes:
        return next(raw for _, raw in self._repo.blobs([oid]))
