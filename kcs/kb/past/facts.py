"""Where every file of a commit, and its present content, came in: computed together, kept by the commit's id.

By column and in Git's own bytes: JSON takes three times as long to write, and questions about a few files need not
decode all.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from kcs.kb.git.repository import path_bytes, path_text
from kcs.kb.past.committed import Version, commit_of
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.git.change import Place
    from kcs.kb.git.graph import Log
    from kcs.kb.git.repository import Repository
    from kcs.kb.kept.cache import Cache

# Facts kept in an earlier format are not read.
_FORMAT = 2
_PARTS = 8
_NOWHERE: Place = (0, b"", b"")


class Facts:
    """By path from the repository's root, following renames; people by the commit's own mailmap."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        """`parts`: what `_parts` gives. ValueError for anything else."""
        commits, files, created, last = parts[0], parts[1], parts[2:5], parts[5:]
        self._commits = _split(commits)
        self._places = {path: place for place, path in enumerate(_split(files))}
        self._created, self._last = (self._column(one) for one in (created, last))

    def _column(self, parts: Sequence[bytes]) -> _Column:
        numbers, blobs, paths = parts
        found = _Column(array("I", numbers), _split(blobs), _split(paths))
        if {len(one) for one in found} != {len(self._places)} or max(found[0], default=-1) >= len(
            self._commits
        ):
            raise ValueError("these are no facts of these files")
        return found

    @classmethod
    def of(cls, repository: Repository, commit: str, cache: Cache) -> Facts:
        """The facts of a commit, by its full id: kept ones, else Git's answer."""
        # Deepening a clone adds answers.
        key = f"{_FORMAT} {commit} {sorted(repository.shallow_commits())}"
        if (kept := cache.read_bytes("facts", key)) is not None:
            # A checksum guards against damage, not against another shape.
            with suppress(ValueError):
                return cls(_apart(kept))
        from kcs.kb.git.log import read_log

        parts = _parts(read_log(repository, commit))
        cache.write_bytes(
            "facts", b" ".join([b"%d" % len(one) for one in parts]) + b"\n" + b"".join(parts), key
        )
        return cls(parts)

    def created(self, path: str) -> Version | None:
        """Where the file came in; None if it is absent or history is cut off before."""
        return self._version(self._created, path)

    def last(self, path: str) -> Version | None:
        """Where its present content came in: a pure rename is no change. None as for `created`."""
        return self._version(self._last, path)

    def _version(self, column: _Column, path: str) -> Version | None:
        place = self._places.get(path_bytes(path))
        if place is None or not (blob := column.blobs[place]):
            return None
        commit = commit_of(self._commits[column.commits[place]].decode("utf-8", "replace"))
        return Version(*commit, blob.decode("ascii"), path_text(column.paths[place]) or path)


class _Column(NamedTuple):
    """For each file: the place of its commit, the blob (empty: unknown), the path then (empty: the same)."""

    commits: Sequence[int]
    blobs: Sequence[bytes]
    paths: Sequence[bytes]


def _parts(log: Log) -> list[bytes]:
    """The commits in Git's bytes; the paths of the files; the columns for `created` and `last`."""
    log.renames.learn()
    files, created, last = [], [], []
    for path, entry in log.present():
        files.append(path)
        created.append(log.created(path) or _NOWHERE)
        last.append(log.last(path, entry) or _NOWHERE)
    numbers: dict[int, int] = {}
    columns = [part for one in (created, last) for part in _told(files, one, numbers)]
    return [_listed([log.told(commit) for commit in numbers]), _listed(files), *columns]


def _told(files: Sequence[bytes], places: Sequence[Place], numbers: dict[int, int]) -> tuple[bytes, ...]:
    """The parts of a `_Column`; `numbers` receives the commits' places."""
    of_commits = array("I", [numbers.setdefault(commit, len(numbers)) for commit, _, _ in places])
    paths = [b"" if place[1] == path else place[1] for path, place in zip(files, places, strict=True)]
    return of_commits.tobytes(), _listed([blob for _, _, blob in places]), _listed(paths)


def _listed(texts: Sequence[bytes]) -> bytes:
    """Join texts, none of which holds NUL."""
    return b"".join([one + b"\0" for one in texts])


def _split(listed: bytes) -> list[bytes]:
    return listed.split(b"\0")[:-1]


def _apart(kept: bytes) -> list[bytes]:
    """Undo `_listed`."""
    head, _, rest = kept.partition(b"\n")
    ends = list(accumulate(map(int, head.split(b" "))))
    if len(ends) != _PARTS or min(ends) < 0 or ends != sorted(ends) or ends[-1] != len(rest):
        raise ValueError("these are no parts")
    return [rest[start:end] for start, end in pairwise((0, *ends))]
