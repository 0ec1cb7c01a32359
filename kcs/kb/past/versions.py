"""The values in versions of files, read as walks through history need them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcs.kb.git.renames import Renames
    from kcs.kb.git.repository import Repository
    from kcs.kb.git.walk import Walk

Values = Mapping[str, str]


def makes(said: Mapping[str, str], name: str, value: str) -> bool:
    """Whether a version with such claims makes this one. `name` may be one that `another` gave."""
    name = name.partition("\0")[0]
    return said.get(name) == value or another(name, value) in said


def another(name: str, value: str) -> str:
    """The name of one of several claims by one name, as a file
    in conflict makes them: whoever settles on one sets none.
    """
    return f"{name}\0{value}"


class Unread(Exception):
    """A version must be read before the walk can continue."""

    def __init__(self, blob: bytes) -> None:
        self.blob = blob


class Versions:
    """Each version's values, by blob, in `known`; `raws` are the bytes of those read here.

    Neighbouring versions of a file are read together, since Git stores each as a difference from the next.
    """

    def __init__(
        self, repository: Repository, values: Callable[[bytes], Values], known: dict[bytes, Values]
    ) -> None:
        self._repository, self._values, self._known = repository, values, known
        self.raws: dict[bytes, bytes] = {}

    def says(self, blob: bytes) -> Values:
        """A version's values. Raises Unread if `read` must be called first."""
        found = self._known.get(blob)
        if found is None:
            raw = self.raws.get(blob)
            if raw is None:
                raise Unread(blob)
            found = self._known[blob] = self._values(raw)
        return found

    def read(self, waiting: Iterable[tuple[Walk | None, bytes | int]]) -> None:
        """Read, through one process, what these walks wait for and a little further along
        each; for those that wait for a commit, ask what took another file's place in it.
        """
        wanted: dict[bytes, None] = {}
        commits: dict[Renames, set[int]] = {}
        for walk, blob in waiting:
            if isinstance(blob, int):
                assert walk is not None, "only a walk waits for a commit"
                commits.setdefault(walk.renames, set()).add(blob)
                continue
            wanted[blob] = None
            if walk:
                wanted.update(dict.fromkeys(walk.ahead(self._known)))
        unread = [blob.decode("ascii") for blob in wanted if blob not in self.raws]
        for oid, raw in self._repository.blobs(unread):
            self.raws[oid.encode("ascii")] = raw
        for renames, asked in commits.items():
            renames.learn_onto(asked)
