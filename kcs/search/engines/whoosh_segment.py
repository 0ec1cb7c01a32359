"""Reads a segment that whoosh_writer made, without Whoosh: loading that costs more than a search.

The term file is Whoosh's on-disk hash (whoosh.filedb.filetables.HashReader): 256 tables of (hash, position), found by a
directory before the end, each position that of a key's length, a value's length, key and value.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from pathlib import Path
from struct import Struct
from struct import error as StructError  # noqa: N812
from zlib import error as ZlibError  # noqa: N812

from kcs.digest import md5
from kcs.kb.offsets import read_at
from kcs.search.engines.blocks import unpack
from kcs.search.engines.engine import Damaged
from kcs.search.model import Field

_POINTER = Struct("<BQI")
_SLOT = Struct("!Iq")
_TABLE = Struct("!qi")
_SIZES = Struct("!ii")
_DIRECTORY = 256 * _TABLE.size
_PREFIX: dict[Field, bytes] = {"words": b"\0\0", "clusters": b"\0\1"}
# A row and what comes before it nearly always fit.
_GUESS = 96


class Segment:
    """`numbers`, `lengths`: by place. Damaged if the files cannot be what was written."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._terms = self._postings = -1
        try:
            documents = array("I", (folder / f"{name}.doc").read_bytes())
            self._terms = os.open(folder / f"{name}.trm", os.O_RDONLY | getattr(os, "O_BINARY", 0))
            self._postings = os.open(folder / f"{name}.pst", os.O_RDONLY | getattr(os, "O_BINARY", 0))
            size = os.fstat(self._terms).st_size
            extras = int.from_bytes(_read(self._terms, size - 4, 4), "big")
            self._directory = _read(self._terms, size - 4 - extras - _DIRECTORY, _DIRECTORY)
        except (OSError, ValueError) as error:
            self.close()
            raise Damaged(f"{name}: {error}") from error
        count = len(documents) // 3
        self.numbers = documents[:count]
        self.lengths: dict[Field, array[int]] = {
            "words": documents[count : 2 * count],
            "clusters": documents[2 * count :],
        }

    def postings(self, field: Field, term: str) -> tuple[Sequence[int], Sequence[int]] | None:
        """The places that hold the term, rising, and its frequencies; None if unknown."""
        try:
            row = self._row(_PREFIX[field] + term.encode("utf-8", "surrogatepass"))
            if row is None:
                return None
            if row[0]:
                _, begin, size = _POINTER.unpack(row)
                return unpack(_read(self._postings, begin, size))
            return unpack(row[1:])
        except (OSError, ValueError, IndexError, StructError, ZlibError) as error:
            raise Damaged(f"{self.name}: {error}") from error

    def _row(self, key: bytes) -> bytes | None:
        hashed = hash_of(key)
        begin, slots = _TABLE.unpack_from(self._directory, (hashed & 255) * _TABLE.size)
        for turn in range(slots):
            slot = begin + ((hashed >> 8) + turn) % slots * _SLOT.size
            found, position = _SLOT.unpack(_read(self._terms, slot, _SLOT.size))
            if not position:
                return None
            if found == hashed and (row := self._row_at(position, key)) is not None:
                return row
        return None

    def _row_at(self, position: int, key: bytes) -> bytes | None:
        raw = read_at(self._terms, _GUESS, position)
        key_size, size = _SIZES.unpack_from(raw)
        end = _SIZES.size + key_size + size
        if key_size != len(key) or size < 1:
            return None
        if len(raw) < end:
            raw = _read(self._terms, position, end)
        return raw[_SIZES.size + key_size : end] if raw.startswith(key, _SIZES.size) else None

    def close(self) -> None:
        """Close the files."""
        for descriptor in (self._terms, self._postings):
            if descriptor >= 0:
                os.close(descriptor)
        self._terms = self._postings = -1


def hash_of(key: bytes) -> int:
    """The hash of a key in Whoosh's table: as its md5_hash, in a third of the time."""
    return int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")


def _read(descriptor: int, begin: int, size: int) -> bytes:
    if begin < 0 or size < 0:
        raise ValueError(f"no place {begin} of {size} bytes")
    raw = read_at(descriptor, size, begin)
    if len(raw) != size:
        raise ValueError(f"{size} bytes at {begin} are not there")
    return raw
