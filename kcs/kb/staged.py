"""The files as staged: what the next commit will hold, whatever is in the folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kcs.errors import FileProblem, RepositoryProblem
from kcs.kb.catalogue import Articles
from kcs.kb.git.index import Staged, staged_files
from kcs.kb.git.repository import below
from kcs.kb.globs import chooser
from kcs.kb.records import Record, make_record, object_id
from kcs.kb.source import WorkingTree, title_key

if TYPE_CHECKING:
    from kcs.kb.articles import ArticleReader
    from kcs.kb.git.repository import Repository
    from kcs.kb.settings.config import Config


class StagedTree:
    """The index. `working`: the folder, whose articles are reused if they equal the staged ones."""

    def __init__(self, repo: Repository, prefix: str, working: WorkingTree) -> None:
        self._repo = repo
        self._algorithm = repo.object_format
        self._prefix = prefix
        self._working = working
        self._known: dict[str, Record] = {}
        self.state = self.names = ""

    @cached_property
    def _staged(self) -> Staged:
        return staged_files(self._repo)

    @cached_property
    def oids(self) -> Mapping[str, str]:
        """Path from the base's root -> Git's name for the staged bytes. RepositoryProblem for an unresolved merge."""
        unresolved = sorted(path for path in self._staged.conflicted if path.startswith(self._prefix))
        if unresolved:
            raise RepositoryProblem(
                f"{unresolved[0]} is in conflict: it is not staged yet",
                hint="mend it and git add it; kcs resolve mends conflicts between stamps",
            )
        return below(self._prefix, self._staged.files)

    def paths(self, config: Config) -> list[str]:
        """The paths of all articles."""
        return sorted(filter(chooser(config.include, config.exclude), self.oids))

    def articles(self, config: Config, reader: ArticleReader) -> Articles:
        """Every article; those staged exactly as in the folder come from there."""
        from kcs.kb.kept.shelf import state_and_names

        here = {one.path: one for one in self._working.articles(config, reader)}
        paths = self.paths(config)
        missing = {
            self.oids[path]: None for path in paths if path not in here or here[path].oid != self.oids[path]
        }
        key = title_key(config)
        self._known |= {oid: make_record(raw, oid, key) for oid, raw in self._repo.blobs(missing)}
        found = [
            reader.article(path, self._known[oid]) if (oid := self.oids[path]) in self._known else here[path]
            for path in paths
        ]
        self.state, self.names = state_and_names(
            paths,
            [one.oid for one in found],
            [one.id for one in found],
            [one.permalink for one in found],
        )
        return Articles.of(found)

    def may_say(self, oid: str, key: str) -> bool:
        """As the working tree, which has most of these records."""
        return self._working.may_say(oid, key)

    def record(self, path: str, oid: str) -> Record:
        """The record of one version."""
        return self._known[oid] if oid in self._known else self._working.record(path, oid)

    def read(self, path: str) -> bytes:
        """The bytes of one file. Tries the folder first: most are the same, and a process is expensive."""
        path = self._followed(path)
        oid = self.oids.get(path)
        if oid is None:
            raise FileProblem("is not staged", path=path, hint=f"git add {path}")
        file = self._working.root / path
        try:
            raw = file.read_bytes() if not file.is_symlink() else b""
        except OSError:
            raw = b""
        if object_id(raw, self._algorithm) == oid:
            return raw
        return next(raw for _, raw in self._repo.blobs([oid]))

    def read_many(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        """The bytes of articles by path."""
        return {path: self.read(path) for path in paths}

    def listed(self, _path: str, _oid: str) -> bytes | None:
        """None: it holds no bytes."""
        return None

    def exists(self, path: str) -> bool:
        """Whether a file exists at `path`, or where a link there leads to."""
        return path in self.oids or self._followed(path) in self.oids

    def _followed(self, path: str) -> str:
        if path in self.oids or not self._staged.links:
            return path
        from kcs.kb.linked import follow

        links = below(self._prefix, self._staged.links)
        return follow(path, links, lambda oid: next(raw for _, raw in self._repo.blobs([oid]))) or path
