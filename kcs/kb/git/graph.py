"""The whole history as one table, and exact walks through it.

The table gives the blob of any path at any commit without asking Git again. A log's order could not: it does not
say which side of a merge a value came from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from itertools import islice

from kcs.kb.git.change import GONE, NOTHING, PLAIN, Change, Entry, Place, blobs_of, is_change
from kcs.kb.git.renames import Renames

# What `said` gives for a commit, a line each.
SAID = ("commit", "author's time", "committer's time", "author's address", "author's name", "subject")
_MOST_DIGITS = 12
_UNKNOWN_TIME = 10**_MOST_DIGITS


class Log:
    """Commits numbered from 0 (the newest), children before parents, with what each changed.

    `rows` holds Git's answer for each commit, a line each: SAID, the parents, the tree. `changes`: path to its changes
    against first parents, newest first; `others`: those that did more than replace a file's bytes. Call `renames.learn`
    before asking about many files.
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
    ) -> None:
        self.rows = rows
        self.parents = parents
        self.numbers = numbers
        self.boundary = boundary
        self.renames = renames
        self._changes = changes
        self._others = others
        self._first, self._last = _intervals(parents)
        self._newest: list[int] = []

    def said(self, commit: int) -> str:
        """The lines of SAID for a commit, people as in the mailmap."""
        return self.told(commit).decode("utf-8", "replace")

    def told(self, commit: int) -> bytes:
        """The same in Git's bytes."""
        return self.rows[commit].rsplit(b"\n", 2)[0]

    def authored(self, commit: int) -> int:
        """The author's time in seconds since 1970; 0 if the commit holds nonsense."""
        return _seconds(self.rows[commit].split(b"\n", 2)[1])

    def email(self, commit: int) -> str:
        """The author's address, after the mailmap."""
        return self.said(commit).split("\n", 4)[3]

    def entry(self, path: bytes, commit: int = 0) -> Entry | None:
        """The change that gave `path` its state at `commit`: the
        nearest along the first parents, the commit included.
        """
        changes = self._changes.get(path)
        return self._entry(changes, path, commit) if changes else None

    def beyond(self, path: bytes, commit: int, since: int) -> Iterator[Place]:  # noqa: ARG002 - for Since
        """The versions of a file since then that are known of a commit which is not among these: all are."""
        yield from ()

    def entry_since(self, path: bytes, commit: int, since: int) -> Entry | None:
        """As `entry`, if its commit or one before that was made at `since`, in seconds since 1970, or later."""
        entry = self.entry(path, commit)
        if not entry:
            return None
        self._newest = self._newest or newest_times(self.rows, self.parents)
        return entry if self._newest[entry[0]] >= since else None

    def _entry(self, changes: list[Change], path: bytes, commit: int) -> Entry | None:
        index = self._nearest(changes, path, commit)
        return self._told(changes, index, path) if index >= 0 else None

    def _told(self, changes: list[Change], index: int, path: bytes) -> Entry:
        change = changes[index]
        if len(change) == 2:
            change = changes[index] = self._read(path, *change)
        return change

    def _nearest(self, changes: list[Change], path: bytes, commit: int) -> int:
        first, last, at = self._first, self._last, self._first[commit]
        index = bisect_left(changes, (commit,)) if commit else 0
        for change in islice(changes, index, None) if index else changes:
            number = change[0]
            if first[number] <= at <= last[number] and (change[1][:15] in PLAIN or is_change(change, path)):
                return index
            index += 1
        return -1

    def _read(self, path: bytes, number: int, told: bytes) -> Entry:
        old, new = blobs_of(told)
        if new and not old and (former := self.renames.former(number, path)):
            path, old = former
        return number, old, new, path

    def blob(self, path: bytes, commit: int = 0) -> bytes:
        """The blob of `path` at `commit`; NOTHING if absent."""
        changes = self._changes.get(path)
        if not changes or (index := self._nearest(changes, path, commit)) < 0:
            return NOTHING
        change = changes[index]
        return blobs_of(change[1])[1] if len(change) == 2 else change[2]

    def blob_or_removed(self, path: bytes) -> bytes:
        """The same at the newest commit; if the file was removed on its line of first parents, what it was then."""
        entry = self.entry(path)
        return (entry[2] or entry[1]) if entry else NOTHING

    def present(self) -> Iterator[tuple[bytes, Entry]]:
        """(path, the change that gave it its state) of every regular file at the newest commit."""
        for path, changes in self._changes.items():
            # Skip removed files unparsed.
            if (index := self._nearest(changes, path, 0)) >= 0 and changes[index][1][-1:] != GONE:
                entry = self._told(changes, index, path)
                if entry[2]:
                    yield path, entry

    def paths(self) -> Collection[bytes]:
        """Every path that ever held something."""
        return self._changes

    def entries(self, path: bytes) -> Iterator[Entry]:
        """All changes of the path, newest first."""
        for change in self._changes.get(path, ()):
            entry = self._read(path, *change) if len(change) == 2 else change
            if entry[1] != entry[2] or entry[3] != path:
                yield entry

    def created(self, path: bytes) -> Place | None:
        """Where the file was added, following renames; None if history ends before that."""
        # Go straight to where the name was added: at every change between, each parent has the file by this name.
        others = self._others
        return self._back(others, path, self._entry(others.get(path, []), path, 0))

    def last(self, path: bytes, entry: Entry) -> Place | None:
        """Where the blob that `entry` gave `path` was introduced; a pure rename is no change. None as for `created`."""
        return self._back(self._changes, path, entry, entry[2])

    def _back(
        self, table: dict[bytes, list[Change]], path: bytes, entry: Entry | None, blob: bytes = NOTHING
    ) -> Place | None:
        """Walk back from `entry` through the first parent that has the file with `blob` (any content if empty)."""
        changes = table.get(path, [])
        while entry and entry[0] not in self.boundary:
            commit, old, present, former = entry
            parents = self.parents[commit]
            if old and (not blob or old == blob):
                start, name = parents[0], former
            elif len(parents) < 2:
                return commit, path, present
            elif beside := self._beside(changes, path, parents, blob):
                entry = beside
                continue
            elif place := next((one for one in self.before(path, entry) if not blob or one[2] == blob), None):
                start, name, _ = place
            else:
                return commit, path, present
            if name != path:
                path, changes = name, table.get(name, [])
            entry = self._entry(changes, path, start)
        return None

    def _beside(self, changes: list[Change], path: bytes, parents: list[int], blob: bytes) -> Entry | None:
        """The entry of `path` in the first parent after parents[0]
        that has it so; None also if only `before` can tell.
        """
        # Nearly all files have one name, so nothing else can be nearer.
        if not self.renames.one_name(path):
            return None
        for parent in parents[1:]:
            index = self._nearest(changes, path, parent)
            if index >= 0:
                entry = self._told(changes, index, path)
                if entry[2] and (not blob or entry[2] == blob):
                    return entry
        return None

    def before(self, path: bytes, entry: Entry, *, ask: bool = True) -> Iterator[Place]:
        """The file in each parent that has it, in the parents'
        order, except for names found last; `entry` is the change.

        `ask`: whether Git may be asked what a merge itself renamed.
        """
        commit, old, _, former = entry
        parents = self.parents[commit]
        if len(parents) < 2:
            if old:
                yield parents[0], former, old
            return
        without = []
        for parent in parents:
            place = self._in_parent(path, commit, parent, old if parent == parents[0] else None)
            if place:
                yield place
            else:
                without.append(parent)
        # What the merge itself renamed comes last, as in `git blame`, and because it costs a process.
        for parent in without if ask else ():
            renamed = self.renames.of_merge(commit, parent).get(path)
            if renamed is not None:
                yield parent, renamed, self.blob(renamed, parent)

    def _in_parent(self, path: bytes, commit: int, parent: int, told: bytes | None) -> Place | None:
        blob = self.blob(path, parent) if told is None else told
        if blob:
            return parent, path, blob
        # One side of the merge renamed it. Single commits' renames tell, which no edit has blurred.
        for alias in self.renames.other_names(path):
            blob = self.blob(alias, parent)
            if blob and not self.blob(alias, commit):
                return parent, alias, blob
        return None


def newest_times(rows: list[bytes], parents: list[list[int]]) -> list[int]:
    """For each commit, the latest time at which it or one before it was made, in seconds since 1970. Clocks
    may be wrong, and a rebase keeps the author's time; of a row that is an id alone nobody knows it, so it is
    later than any.
    """
    newest = [0] * len(rows)
    for commit in range(len(rows) - 1, -1, -1):
        said = rows[commit].split(b"\n", 3)
        own = max(map(_seconds, said[1:3]), default=_UNKNOWN_TIME)
        newest[commit] = max(own, *(newest[one] for one in parents[commit])) if parents[commit] else own
    return newest


def _seconds(raw: bytes) -> int:
    seconds = raw.partition(b" ")[0]
    return int(seconds) if seconds.isdigit() and len(seconds) < _MOST_DIGITS else 0


def _intervals(parents: list[list[int]]) -> tuple[list[int], list[int]]:
    """For each commit, the first and last number of its subtree in the forest of first parents.

    `a` is on the first-parent line of `b` if and only if first[a] <= first[b] <= last[a].
    """
    size = [1] * len(parents)
    for commit, up in enumerate(parents):
        if up:
            size[up[0]] += size[commit]
    first, last, free, roots = [0] * len(parents), [0] * len(parents), [0] * len(parents), 0
    for commit in range(len(parents) - 1, -1, -1):
        up = parents[commit]
        if up:
            first[commit] = free[up[0]]
            free[up[0]] += size[commit]
        else:
            first[commit] = roots
            roots += size[commit]
        free[commit] = first[commit] + 1
        last[commit] = first[commit] + size[commit] - 1
    return first, last
