"""What Git knows of every file: when it was added, when it last changed, and where a value in it came from.

All of it depends on one commit and on nothing else on this machine. The log is read on first use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from kcs.kb.git.repository import Repository, path_bytes, path_text
from kcs.kb.past.committed import Commit, Reference, Step, Version, commit_of

if TYPE_CHECKING:
    from kcs.kb.git.change import Place
    from kcs.kb.git.graph import Log
    from kcs.kb.state import State


class History:
    """The facts of all files as of one commit. `head` is None before the first commit."""

    def __init__(self, repository: Repository, head: str | None) -> None:
        self.head = head
        self._repository = repository
        self._log: Log | None = None
        self._commits: dict[int, Commit] = {}
        self._values: dict[bytes, Mapping[str, str]] = {}
        self.texts: dict[str, bytes] = {}
        """Bytes of versions that `references` found and read, by blob; not always all."""

    @classmethod
    def read(cls, repository: Repository, commit: str | None = None) -> History:
        """The history of `commit`, else of HEAD. Asks Git on first use."""
        return cls(repository, repository.resolve(commit) if commit else repository.head())

    @classmethod
    def of(cls, kb: State) -> History | None:
        """The history of a base; None outside Git and before the first commit."""
        return cls(kb.repo, kb.head) if kb.repo and kb.head else None

    def created(self, path: str) -> Version | None:
        """Where the file came in, following renames; None if it is not at `head` or history is cut off before."""
        if self.head is None:
            return None
        log, raw = self._read(), path_bytes(path)
        return self._version(log.created(raw)) if log.blob(raw) else None

    def last(self, path: str) -> Version | None:
        """Where its present content came in: a pure rename is no change. None as for `created`."""
        if self.head is None:
            return None
        log, raw = self._read(), path_bytes(path)
        entry = log.entry(raw)
        return self._version(log.last(raw, entry)) if entry and entry[2] else None

    def holds(self, path: str, blob: str) -> bool:
        """Whether the file is at `head` with exactly this content."""
        return self.head is not None and self._read().blob(path_bytes(path)) == blob.encode("ascii")

    def ever_held(self, paths: Iterable[str]) -> bool:
        """Whether any of these paths was ever there."""
        held = self._read().paths() if self.head else ()
        return any(path_bytes(path) in held for path in paths)

    def versions(self, path: str) -> list[Version]:
        """Every commit that changed or renamed it, newest first; merges as in `git log`."""
        return [self._version_at(place) for place in self._versions(path)]

    def steps(self, path: str) -> list[Step]:
        """The same versions, each with what it replaced; no `before` where the file came in."""
        return [self._step(place) for place in self._versions(path)]

    def touched(self, since: int) -> set[str]:
        """The paths changed by commits authored at or after `since` (seconds since 1970)."""
        if self.head is None:
            return set()
        log = self._read()
        recent = {number for number in range(len(log.rows)) if commit_of(log.said(number))[3] >= since}
        return {
            path_text(path)
            for path in (log.paths() if recent else ())
            if any(entry[0] in recent for entry in log.entries(path))
        }

    def behind(self, commits: Iterable[str]) -> frozenset[str]:
        """These commits and their ancestors, as far as this history goes."""
        if self.head is None:
            return frozenset()
        log = self._read()
        waiting = [log.numbers[oid] for oid in (one.encode("ascii") for one in commits) if oid in log.numbers]
        seen = set(waiting)
        while waiting:
            for parent in log.parents[waiting.pop()]:
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        return frozenset(log.said(number).partition("\n")[0] for number in seen)

    def references(
        self,
        claims: Mapping[str, Mapping[str, str]],
        values: Callable[[bytes], Mapping[str, str]],
        known: Mapping[str, Mapping[str, str]] | None = None,
    ) -> dict[tuple[str, str], Reference]:
        """(path, claim's name) to where its value came in, following the first parent that already has it.

        `claims`: path to name to value, as `values` gives them for a file's bytes. `values` is called once per blob,
        except for blobs whose values are `known`.
        """
        asked = sorted((path, name, value) for path, found in claims.items() for name, value in found.items())
        if self.head is None:
            return {(path, name): Reference("uncommitted") for path, name, _ in asked}
        from kcs.kb.past.introductions import Introductions

        self._values |= {blob.encode("ascii"): found for blob, found in (known or {}).items()}
        came_in = Introductions(self._repository, self._read(), values, self._values)
        found = came_in.find(asked)
        self.texts |= came_in.texts
        return {
            (path, name): Reference(status, self._version(place))
            for (path, name, _), (status, place) in found.items()
        }

    # -- inside --------------------------------------------------------------------------------------------

    def _read(self) -> Log:
        assert self.head is not None, "an empty history has no log"
        if self._log is None:
            from kcs.kb.git.log import read_log

            self._log = read_log(self._repository, self.head)
        return self._log

    def _versions(self, path: str) -> Iterable[Place]:
        from kcs.kb.git.walk import versions

        return versions(self._read(), path_bytes(path)) if self.head else ()

    def _step(self, place: Place) -> Step:
        log, (commit, path, _) = self._read(), place
        entry = log.entry(path, commit)
        assert entry is not None, "a version is a change of its commit"
        before = tuple((one[2].decode("ascii"), path_text(one[1])) for one in log.before(path, entry))
        return Step(self._version_at(place), before, len(log.parents[commit]) > 1)

    def _version(self, place: Place | None) -> Version | None:
        return self._version_at(place) if place else None

    def _version_at(self, place: Place) -> Version:
        number, path, blob = place
        commit = self._commits.get(number)
        if commit is None:
            commit = self._commits[number] = commit_of(self._read().said(number))
        return Version(*commit, blob.decode("ascii"), path_text(path))
