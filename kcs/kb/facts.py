"""Where every file of a commit came in and where its present content did, worked out at once and kept by the commit's id.

By column, commits as Git's own lines: as thousands of small lists they would take three times as long to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from kcs.kb.committed import Version, commit_of
from kcs.kb.git import path_text
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.cache import Cache
    from kcs.kb.git import Repository
    from kcs.kb.git_graph import Log, Place

# What was kept in an earlier form is not read.
_FORMAT = 1
_NOWHERE: Place = (0, b"", b"")


class Facts:
    """By path from the repository's root, renames followed; people as the commit's own mailmap has them."""

    def __init__(self, commits: Sequence[str], files: Sequence[str], created: _Column, last: _Column) -> None:
        """`commits`: the lines of git_graph.SAID of those that the columns name. ValueError where these do not fit `files`."""
        if (
            not len(files)
            == len(created.commits)
            == len(created.blobs)
            == len(last.commits)
            == len(last.blobs)
        ):
            raise ValueError("these are no facts of these files")
        self._commits, self._created, self._last = commits, created, last
        self._places = {path: place for place, path in enumerate(files)}

    @classmethod
    def of(cls, repository: Repository, commit: str, cache: Cache) -> Facts:
        """Those of a commit, by its full id: what was kept, or else what Git says."""
        # Deepening a clone brings answers where there were none.
        key = f"{_FORMAT} {commit} {sorted(repository.shallow_commits())}"
        # A checksum guards against damage, not against another shape.
        with suppress(ValueError, TypeError, LookupError, AttributeError):
            return cls._taken_apart(cache.read("facts", key))
        from kcs.kb.git_log import read_log

        columns = _columns(read_log(repository, commit))
        cache.write("facts", columns, key)
        return cls._taken_apart(columns)

    @classmethod
    def _taken_apart(cls, columns: Any) -> Facts:
        commits, files, created, last = columns
        return cls(commits, files, _apart(created), _apart(last))

    def created(self, path: str) -> Version | None:
        """Where the file came in; None where there is none, or history is cut off before."""
        return self._version(self._created, path)

    def last(self, path: str) -> Version | None:
        """Where its present content came in: a pure rename is no change. None as for `created`."""
        return self._version(self._last, path)

    def _version(self, column: _Column, path: str) -> Version | None:
        place = self._places.get(path)
        if place is None or not (blob := column.blobs[place]):
            return None
        commit = commit_of(self._commits[column.commits[place]])
        return Version(*commit, blob, column.paths.get(place, path))


class _Column(NamedTuple):
    """Of each file, by its place, the commit's place among the commits, the blob (empty: nobody knows) and the path then, if another."""

    commits: Sequence[int]
    blobs: Sequence[str]
    paths: dict[int, str]


def _columns(log: Log) -> tuple[list[str], list[str], list[Any], list[Any]]:
    """What JSON can keep."""
    log.learn()
    files, created, last = [], [], []
    for path, entry in log.present():
        files.append(path)
        created.append(log.created(path) or _NOWHERE)
        last.append(log.last(path, entry) or _NOWHERE)
    numbers = {commit: number for number, commit in enumerate({one[0]: None for one in created + last})}
    said = [log.said(commit) for commit in numbers]
    return (
        said,
        [path_text(path) for path in files],
        _told(files, created, numbers),
        _told(files, last, numbers),
    )


def _told(files: Sequence[bytes], places: Sequence[Place], numbers: dict[int, int]) -> list[Any]:
    paths = [
        (at, path_text(place[1]))
        for at, (path, place) in enumerate(zip(files, places, strict=True))
        if place[1] not in (path, b"")
    ]
    return [[numbers[one[0]] for one in places], b" ".join([one[2] for one in places]).decode("ascii"), paths]


def _apart(told: Sequence[Any]) -> _Column:
    """Back from `_told`."""
    commits, blobs, paths = told
    return _Column(commits, blobs.split(" ") if commits else [], dict(paths))
