"""What versions of files say, read as walks through the history need it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcs.kb.git import Repository
    from kcs.kb.git_walk import Walk

Values = Mapping[str, str]


class Unread(Exception):
    """A version has to be read before a walk can go on."""

    def __init__(self, blob: bytes) -> None:
        self.blob = blob


class Versions:
    """What each version says, by blob, in `known`; `raws` are the bytes of those read here.

    Versions that lie together on a file's way are read together, since Git keeps each as its difference from the next.
    """

    def __init__(
        self, repository: Repository, values: Callable[[bytes], Values], known: dict[bytes, Values]
    ) -> None:
        self._repository, self._values, self._known = repository, values, known
        self.raws: dict[bytes, bytes] = {}

    def says(self, blob: bytes) -> Values:
        """What a version says. Raises Unread where `read` has to be called first."""
        found = self._known.get(blob)
        if found is None:
            raw = self.raws.get(blob)
            if raw is None:
                raise Unread(blob)
            found = self._known[blob] = self._values(raw)
        return found

    def read(self, waiting: Iterable[tuple[Walk | None, bytes]]) -> None:
        """Through one process, what these walks wait for, and a little more of each one's way."""
        wanted: dict[bytes, None] = {}
        for walk, blob in waiting:
            wanted[blob] = None
            if walk:
                wanted.update(dict.fromkeys(walk.ahead(self._known)))
        unread = [blob.decode("ascii") for blob in wanted if blob not in self.raws]
        for oid, raw in self._repository.blobs(unread):
            self.raws[oid.encode("ascii")] = raw
