"""The analysed articles: one file that grows at its end, each entry packed where it was written.

Kept beside every engine's postings: records for the second stage, terms to remove from an index
when an article changed, and entries to reuse, without analysis, when a branch comes back.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISREG
from typing import Protocol

from kcs.kb.offsets import read_at, write_at
from kcs.search.engines.engine import Damaged

Place = tuple[int, int]


class Entries(Protocol):
    """Packed entries by their place."""

    name: str

    @property
    def end(self) -> int:
        """How many bytes hold."""

    def add(self, packed: bytes) -> Place:
        """Add an entry. It counts once the new end is written down."""

    def read(self, where: Place) -> bytes:
        """The bytes given to `add`; other or fewer bytes if those are lost."""

    def cut(self, end: int) -> None:
        """Drop what was added after `end`, for lack of room."""

    def sync(self) -> None:
        """Return once all added entries are safe on disk."""

    def close(self) -> None:
        """Release the file."""


class EntryFile:
    """`end`: how many of its bytes count; the rest was left by a killed writer."""

    def __init__(self, path: Path, end: int, *, new: bool = False) -> None:
        """Damaged if it is shorter than `end`, or no file."""
        self.name, self._end = path.name, end
        binary = getattr(os, "O_BINARY", 0)
        flags = [os.O_RDWR | os.O_CREAT | os.O_EXCL] if new else [os.O_RDWR, os.O_RDONLY]
        self._descriptor = -1
        for one in flags:
            try:
                self._descriptor = os.open(path, one | binary, 0o600)
                break
            except OSError as error:
                if new:
                    raise
                failure = error
        if self._descriptor < 0:
            raise Damaged(f"{path.name}: {failure.strerror}") from failure
        found = os.fstat(self._descriptor)
        if not S_ISREG(found.st_mode) or found.st_size < end:
            self.close()
            raise Damaged(f"{path.name} is cut off")

    @property
    def end(self) -> int:
        """How many bytes hold."""
        return self._end

    def add(self, packed: bytes) -> Place:
        """Write it after the others."""
        begin = self._end
        view = memoryview(packed)
        while view:
            written = write_at(self._descriptor, view, self._end)
            self._end += written
            view = view[written:]
        return begin, len(packed)

    def read(self, where: Place) -> bytes:
        """As Entries says."""
        return read_at(self._descriptor, where[1], where[0])

    def cut(self, end: int) -> None:
        """As Entries says."""
        os.ftruncate(self._descriptor, end)
        self._end = end

    def sync(self) -> None:
        """As Entries says."""
        os.fsync(self._descriptor)

    def close(self) -> None:
        """As Entries says."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


class EntryMemory:
    """Entries in memory."""

    name = ""

    def __init__(self) -> None:
        self._packed = bytearray()

    @property
    def end(self) -> int:
        """How many bytes there are."""
        return len(self._packed)

    def add(self, packed: bytes) -> Place:
        """As Entries says."""
        begin = len(self._packed)
        self._packed += packed
        return begin, len(packed)

    def read(self, where: Place) -> bytes:
        """As Entries says."""
        return bytes(self._packed[where[0] : where[0] + where[1]])

    def cut(self, end: int) -> None:
        """As Entries says."""
        del self._packed[end:]

    def sync(self) -> None:
        """Nothing to do: memory is never safe."""

    def close(self) -> None:
        """Nothing to release before the process ends."""
