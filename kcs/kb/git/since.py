"""The commits that came after another one, as a log that says where the answer lies further back.

What a history says of a file that none of them touched is what it said before: so a new commit need not cost the
whole history again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.kb.git.change import blobs_of
from kcs.kb.git.graph import Log
from kcs.kb.git.renames import Beyond

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from kcs.kb.git.change import Change, Entry, Place
    from kcs.kb.git.renames import Renames

    # By path the commits, numbered as they like, with Git's lines; those that removed files; and merges.
    Touched = tuple[Mapping[bytes, Sequence[tuple[int, bytes]]], Container[int], Container[int]]

_MAILMAP = b".mailmap"
# So many questions about files that are new cost as much as the whole history.
_MOST_ASKED = 8


class Since(Log):
    """As Log, of the commits that came after the commit numbered `old`. `beyond`: that one and their other
    parents from before them, the last numbers of `rows` and without parents here. `never` asks Git whether no
    first parent of a commit, itself included, ever touched a path; `touched_since` what a commit and its
    history changed since some second.
    """

    def __init__(
        self,
        rows: list[bytes],
        parents: list[list[int]],
        numbers: dict[bytes, int],
        changes: dict[bytes, list[Change]],
        others: dict[bytes, list[Change]],
        boundary: frozenset[int],
        renames: Renames,
        beyond: range,
        old: int,
        never: Callable[[bytes, bytes], bool],
        touched_since: Callable[[bytes, int], Touched],
    ) -> None:
        super().__init__(rows, parents, numbers, changes, others, boundary, renames)
        self._beyond, self._old, self._ask_never = beyond, old, never
        self._ask_touched = touched_since
        self._touched_known: dict[tuple[int, int], Touched] = {}
        self._never_known: dict[tuple[bytes, int], bool] = {}
        # Paths that were added, and commits that took files away, or put a link in the place of one.
        self._added = {path for path, some in others.items() if any(one[1][-1:] == b"A" for one in some)}
        self._taking = {one[0] for some in others.values() for one in some if one[1][-1:] != b"A"}
        # For each commit, the end of its first parents.
        self._end = list(range(len(parents)))
        for commit in range(len(parents) - 1, -1, -1):
            if parents[commit]:
                self._end[commit] = self._end[parents[commit][0]]

    @property
    def goes_on(self) -> bool:
        """Whether the newest commit's first parents lead to the old one, and people
        are named as they were there: otherwise what was known says nothing of today.
        """
        return self._end[0] == self._old and _MAILMAP not in self._changes

    def is_before(self, path: bytes, commit: int = 0) -> bool:
        """Whether the file is at `commit` what it was at the old one: no first parent between them touched it."""
        return self._end[commit] == self._old and super().entry(path, commit) is None

    def touched(self) -> list[bytes]:
        """The paths that came, went or were written to since the old commit, even if they are as before now."""
        return [path for path in self._changes if not self.is_before(path)]

    def entry(self, path: bytes, commit: int = 0) -> Entry | None:
        """As Log's. Raises Beyond if none of these commits tells."""
        found = super().entry(path, commit)
        if found is None and (end := self._end[commit]) in self._beyond and not self._never(path, end):
            raise Beyond
        return found

    def beyond(self, path: bytes, commit: int, since: int) -> Iterator[Place]:
        """As Log's. Raises Beyond where Git was asked enough, or
        the file may have had another name or text on another side.
        """
        known, asked = self._touched_known, (self._end[commit], since)
        if asked not in known:
            if len(known) == _MOST_ASKED:
                raise Beyond
            known[asked] = self._ask_touched(self.rows[asked[0]], since)
        changes, removing, merges = known[asked]
        for number, told in changes.get(path, ()):
            old, new = blobs_of(told)
            if number in merges or (number in removing and not old):
                raise Beyond
            yield from ((commit, path, blob) for blob in (new, old) if blob)

    def _never(self, path: bytes, commit: int) -> bool:
        """Whether a file that came in since was never there before, neither: nearly all that are new."""
        known, asked = self._never_known, (path, commit)
        if path not in self._added or (asked not in known and len(known) == _MOST_ASKED):
            return False
        if asked not in known:
            known[asked] = self._ask_never(self.rows[commit], path)
        return known[asked]

    def blob(self, path: bytes, commit: int = 0) -> bytes:
        """As Log's. Raises Beyond if none of these commits tells."""
        entry = self.entry(path, commit)
        return entry[2] if entry else b""

    def _in_parent(self, path: bytes, commit: int, parent: int, told: bytes | None) -> Place | None:
        found = self.blob(path, parent) if told is None else told
        if found:
            return parent, path, found
        if parent != self.parents[commit][0] or commit in self._taking:
            raise Beyond  # it may have another name there, which the whole history alone knows
        return None
