"""Walks back through a history: to where something entered a file, and through all versions of a file."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING

from kcs.kb.git.renames import Beyond, Unasked

if TYPE_CHECKING:
    from kcs.kb.git.change import Entry, Place
    from kcs.kb.git.graph import Log


# Versions to read ahead of a walk: at most, when we know when the value came in; at first, when we do not.
_FAR, _FEW = 32, 4


class _FarEnough(Exception):
    """Ends a look ahead."""


class NeverHeld(Exception):
    """No version is known that held it."""


class Walk:
    """Walks back to where what `path` holds at `start` came in, by the first parent that has it, renames included.

    As `git blame` does; also to before the file was removed, to the file whose place this one took, and to earlier versions since
    `likely` that had it: who brings a file back, lets two change places, or sets a value back to what it was, has set nothing in it.
    `likely`: the time (seconds since 1970) after which it came in. After an exception, call `go` again to continue.
    """

    def __init__(
        self,
        log: Log,
        path: bytes,
        start: int = 0,
        likely: int | None = None,
        *,
        held: bool = True,
    ) -> None:
        """`held` False: the file does not hold it at `start`; it is
        found if an earlier version did, else `go` raises NeverHeld.
        """
        self._log = log
        self.renames = log.renames
        self._at = start
        self._name = path
        self._likely = self._since = likely
        self._held = held
        self._few = _FEW

    @property
    def place(self) -> tuple[int, bytes]:
        """The commit where it stands, and the file's name there."""
        return self._at, self._name

    def ahead(self, known: Container[bytes]) -> list[bytes]:
        """The blobs that it will probably ask about next and that are not `known`.

        First it assumes that exactly the versions younger than `likely` hold; then that none
        does, or all where it looks for no earlier ones: a few, and twice as many each time.
        """
        if self._likely is not None:
            expected, self._likely = self._expected(self._likely), None
            return list(islice((blob for blob in _told(expected) if blob not in known), _FAR))
        most, self._few = self._few, 2 * self._few
        found: list[bytes] = []

        def note(blob: bytes) -> bool:
            if blob not in known and blob not in found:
                if len(found) == most:
                    raise _FarEnough
                found.append(blob)
            return self._since is None

        with suppress(_FarEnough, Unasked, Beyond):
            Walk(self._log, self._name, self._at, self._since).go(note)
        return found

    def _expected(self, likely: int) -> Iterator[bytes]:
        log, name = self._log, self._name
        entry = log.entry(name, self._at)
        while entry and entry[0] not in log.boundary:
            for commit, path, blob in log.before(name, entry, ask=False):
                yield blob
                behind = log.entry(path, commit)
                if behind and log.authored(behind[0]) >= likely:
                    name, entry = path, behind
                    break
            else:
                return

    def go(self, holds: Callable[[bytes], bool]) -> Place | None:
        """Where it came in, `holds` telling whether a blob has it; None if that is beyond a shallow boundary.
        Raises Unasked if Git must be asked about a commit first.
        """
        log = self._log
        if not self._held:
            here = log.blob(self._name, self._at)
            for place in self._earlier(
                [(self._at, self._name, here)] if here else [], self._name, [self._at]
            ):
                if place is None:
                    return None
                if holds(place[2]):
                    self._at, self._name, self._held = place[0], place[1], True
                    break
            else:
                raise NeverHeld
        while True:
            name = self._name
            entry = log.entry(name, self._at)
            if entry is None or entry[0] in log.boundary:
                return None
            commit, blob, present, former = entry
            parents = log.parents[commit]
            if blob and holds(blob):  # the first answer of `before`
                self._at, self._name = parents[0], former
                continue
            near: list[Place] = [(parents[0], former, blob)] if blob else []
            by_name = log.before(name, entry) if len(parents) > 1 else ()
            for place in chain(
                _noted(by_name, near), self._onto(commit, name), self._earlier(near, name, parents)
            ):
                if place is None:
                    return None
                if holds(place[2]):
                    self._at, self._name = place[0], place[1]
                    break
            else:
                return commit, name, present

    def _onto(self, commit: int, name: bytes) -> Iterator[Place]:
        """The file that took the place of the one by that name."""
        yield from self.renames.onto(commit, name)

    def _earlier(self, near: list[Place], name: bytes, parents: Sequence[int]) -> Iterator[Place | None]:
        """These versions and all before them, as far back as it
        can have come in; None where a shallow history ends before.
        """
        log, since, seen = self._log, self._since, set[tuple[int, bytes]]()
        if since is None:
            return
        waiting = self._and_removed(near, name, parents)
        for commit, path, blob in waiting:
            yield commit, path, blob  # the last is what there was on that day
            try:
                entry = log.entry_since(path, commit, since)
            except Beyond:
                yield from log.beyond(path, commit, since)
                continue
            if entry is None or (entry[0], path) in seen:
                continue
            seen.add((entry[0], path))
            if entry[0] in log.boundary:
                yield None
            waiting += self._and_removed(log.before(path, entry), path, log.parents[entry[0]])

    def _and_removed(self, places: Iterable[Place], name: bytes, parents: Sequence[int]) -> list[Place]:
        """These, and of those commits that have nothing by that name what was
        removed before, by any of its names; by a merge, from several lines.
        """
        log, found = self._log, list(places)
        for parent in set(parents).difference(place[0] for place in found if place[1] == name):
            for one in (name, *self.renames.other_names(name)):
                entry = log.entry(one, parent)
                if entry and not entry[2]:
                    found += log.before(one, entry, ask=False)
        return found


def _noted(places: Iterable[Place], noted: list[Place]) -> Iterator[Place]:
    """These, each put down as it is met."""
    for place in places:
        noted.append(place)
        yield place


def _told(blobs: Iterator[bytes]) -> Iterator[bytes]:
    """As far as these commits tell."""
    with suppress(Beyond):
        yield from blobs


def versions(log: Log, path: bytes) -> Iterator[Place]:
    """Each commit that changed `path` or its former names, newest first, by Git's rule for merges.

    A merge equal to one of its parents is not a version, and only that parent's line is followed.
    """
    from heapq import heappop, heappush

    waiting: list[tuple[int, bytes, Entry]] = []
    seen: set[tuple[int, bytes]] = set()

    def follow(name: bytes, commit: int) -> None:
        entry = log.entry(name, commit)
        if entry and entry[2] and (entry[0], name) not in seen:
            seen.add((entry[0], name))
            heappush(waiting, (entry[0], name, entry))

    follow(path, 0)
    while waiting:
        commit, name, entry = heappop(waiting)
        places: list[Place] = []
        for place in log.before(name, entry):
            places.append(place)
            if place[1:] == (name, entry[2]):
                places = [place]
                break
        else:
            yield commit, name, entry[2]
        for place in places:
            follow(place[1], place[0])
