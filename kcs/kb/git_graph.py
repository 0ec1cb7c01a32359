"""The whole history as one table, and exact walks through it.

The table gives the blob of any path at any commit without asking Git again. The order of a log could not: it says
nothing about which side of a merge a value came from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

NOTHING = b""

# Commit number, blob before, blob after (NOTHING: not there as a regular file), path before.
Entry = tuple[int, bytes, bytes, bytes]
# Commit number, path there, blob there.
Place = tuple[int, bytes, bytes]
# Yields a blob and is sent whether it holds what is looked for; returns where that came in, None if cut off.
Walk = Generator[bytes, bool, Place | None]


@dataclass(slots=True)
class Log:
    """Commits numbered from 0 (the newest), children before parents, with what each changed.

    `rows` holds the fields of git_log.FIELDS as Git gave them; `entries` a path's changes, newest first, a merge's being
    those against its first parent; `related` the names that a rename led to or from.
    """

    rows: list[list[bytes]]
    parents: list[list[int]]
    numbers: dict[bytes, int]
    entries: dict[bytes, list[Entry]]
    related: dict[bytes, set[bytes]]
    boundary: frozenset[int]
    merge_renames: Callable[[int], dict[tuple[int, bytes], bytes]]
    first: list[int] = field(init=False)
    last: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.first, self.last = _intervals(self.parents)

    def entry(self, path: bytes, commit: int) -> Entry | None:
        """The change that gave `path` its state at `commit`: the nearest on the line of first parents, itself included."""
        entries = self.entries.get(path)
        if entries is None:
            return None
        first, last, at = self.first, self.last, self.first[commit]
        for index in range(bisect_left(entries, (commit,)), len(entries)):
            found = entries[index]
            if first[found[0]] <= at <= last[found[0]]:
                return found
        return None

    def blob(self, path: bytes, commit: int) -> bytes:
        """The blob of `path` at `commit`; NOTHING where it is not there."""
        entry = self.entry(path, commit)
        return entry[2] if entry else NOTHING

    def files(self, commit: int = 0) -> Iterator[tuple[bytes, bytes]]:
        """(path, blob) of every regular file at `commit`."""
        for path in self.entries:
            blob = self.blob(path, commit)
            if blob:
                yield path, blob

    def introduction(self, path: bytes, start: int = 0) -> Walk:
        """Where what `path` holds at `start` came in, following the first parent that already has it, renames included.

        As `git blame` does. None where the answer lies beyond a shallow boundary.
        """
        at, name = start, path
        while True:
            entry = self.entry(name, at)
            if entry is None or entry[0] in self.boundary:
                return None
            commit, blob, _, former = entry
            if blob and len(self.parents[commit]) == 1:  # nine of ten, and `before` would say the same
                if not (yield blob):
                    return commit, name, entry[2]
                at, name = self.parents[commit][0], former
                continue
            for place in self.before(name, entry):
                if (yield place[2]):
                    at, name = place[0], place[1]
                    break
            else:
                return commit, name, entry[2]

    def before(self, path: bytes, entry: Entry) -> Iterator[Place]:
        """The file in each parent that has it, in the parents' order but for names found last; `entry` is the change."""
        commit, old, _, former = entry
        parents = self.parents[commit]
        if len(parents) < 2:
            if old:
                yield parents[0], former, old
            return
        without = []
        for parent in parents:
            place = self._in_parent(path, commit, parent)
            if place:
                yield place
            else:
                without.append(parent)
        # Last, as in `git blame`, and because it costs a process: what the merge itself renamed.
        for parent in without:
            renamed = self.merge_renames(commit).get((parent, path))
            if renamed is not None:
                yield parent, renamed, self.blob(renamed, parent)

    def _in_parent(self, path: bytes, commit: int, parent: int) -> Place | None:
        blob = self.blob(path, parent)
        if blob:
            return parent, path, blob
        # One side of the merge renamed it. Known from the renames of single commits, which no edit has blurred.
        for alias in self._other_names(path):
            blob = self.blob(alias, parent)
            if blob and not self.blob(alias, commit):
                return parent, alias, blob
        return None

    def _other_names(self, path: bytes) -> list[bytes]:
        """All names that renames connect with `path`, the nearest first."""
        names = [path]
        for name in names:
            names.extend(sorted(self.related.get(name, set()) - set(names)))
        return names[1:]

    def versions(self, path: bytes, start: int = 0) -> Iterator[Place]:
        """Each commit that changed `path` or its former names, newest first, by Git's rule for merges.

        A merge equal to one of its parents is no version and only that parent's line is followed.
        """
        waiting: list[tuple[int, bytes, Entry]] = []
        seen: set[tuple[int, bytes]] = set()

        def follow(name: bytes, commit: int) -> None:
            entry = self.entry(name, commit)
            if entry and entry[2] and (entry[0], name) not in seen:
                seen.add((entry[0], name))
                heappush(waiting, (entry[0], name, entry))

        follow(path, start)
        while waiting:
            commit, name, entry = heappop(waiting)
            places: list[Place] = []
            for place in self.before(name, entry):
                places.append(place)
                if place[1:] == (name, entry[2]):
                    places = [place]
                    break
            else:
                yield commit, name, entry[2]
            for place in places:
                follow(place[1], place[0])


def _intervals(parents: list[list[int]]) -> tuple[list[int], list[int]]:
    """For each commit the first and last number of its subtree in the forest of first parents.

    `a` lies on the line of first parents of `b` if and only if first[a] <= first[b] <= last[a].
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
