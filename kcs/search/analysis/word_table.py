"""The sorted table of a vocabulary, in separately compressed chunks.

A cold search needs ten of a hundred thousand terms and unpacks only their chunks; an update repacks only chunks whose
numbers changed. A chunk is lines `term number`, sorted by term, in UTF-8.

A term's place (kcs.search.index_keys), if any, is its line's in the original table, and stays:
a line whose number falls to 0 is kept, and a later one is `term +number` and has no place.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from struct import Struct

# Bytes of a new chunk. Smaller ones compress worse, larger ones take longer to unpack.
SIZE = 20_000

# Separates a later term from its number, which Python parses with its sign.
_LATER = b" +"

_COUNT = Struct("<I")
_CHUNK = Struct("<III")


class WordTable:
    """Terms with a number each. ValueError or zlib.error for bytes not from `to_bytes`."""

    def __init__(self, firsts: list[bytes], packed: list[bytes], placed: list[int]) -> None:
        """`firsts`: the first term of each chunk; `placed`: how many terms of each have places."""
        self._firsts = firsts
        self._packed = packed
        self._placed = placed
        self._chunks: dict[int, bytes] = {}
        self._split: dict[int, list[bytes]] = {}

    def number(self, key: bytes) -> int:
        """The term's number; 0 if absent."""
        at = bisect_right(self._firsts, key) - 1
        return _number(self._chunk(at), key) if at >= 0 else 0

    def place(self, key: bytes) -> int | None:
        """The term's place, or None."""
        which = bisect_right(self._firsts, key) - 1
        if which < 0:
            return None
        lines, start = self._lines(which), key + b" "
        at = bisect_left(lines, start)
        if at == len(lines) or not lines[at].startswith(start) or lines[at].startswith(_LATER, len(key)):
            return None
        later = 0 if self._placed[which] == len(lines) else sum(_LATER in line for line in lines[:at])
        return sum(self._placed[:which]) + at - later

    @property
    def places(self) -> int:
        """How many terms have one."""
        return sum(self._placed)

    def numbers(self) -> Iterator[tuple[bytes, int]]:
        """All terms, sorted, each with its number."""
        for at in range(len(self._packed)):
            for line in self._chunk(at).split(b"\n")[:-1]:
                term, _, number = line.rpartition(b" ")
                yield term, int(number)

    def starting(self, start: bytes) -> Iterator[bytes]:
        """The terms that start with it, sorted."""
        end = start + b"\xff"
        first = max(bisect_right(self._firsts, start) - 1, 0)
        for at in range(first, bisect_right(self._firsts, end)):
            chunk = self._chunk(at)
            lines = chunk[_place(chunk, start) : _place(chunk, end)]
            yield from (line.rpartition(b" ")[0] for line in lines.splitlines())

    def ending(self, end: bytes) -> Iterator[bytes]:
        """The terms that end with it, sorted."""
        key = end + b" "
        for number in range(len(self._packed)):
            chunk = self._chunk(number)
            at = chunk.find(key)
            while at >= 0:
                start = chunk.rfind(b"\n", 0, at) + 1
                yield chunk[start : at + len(end)]
                at = chunk.find(key, at + 1)

    def changed(self, changes: Iterable[tuple[bytes, int]], *, keep: bool = False) -> WordTable:
        """A table with these added to the numbers; sorted by term. Terms at 0 go; `keep`: unless they have a place."""
        keep = keep and bool(self._packed)
        by_chunk: dict[int, list[tuple[bytes, int]]] = {}
        for change in changes:
            by_chunk.setdefault(max(bisect_right(self._firsts, change[0]) - 1, 0), []).append(change)
        firsts: list[bytes] = []
        packed: list[bytes] = []
        placed: list[int] = []
        for at in range(max(len(self._packed), 1)):
            if at in by_chunk:
                for chunk in _cut(_merged(self._chunk(at) if self._packed else b"", by_chunk[at], keep)):
                    firsts.append(chunk[: chunk.index(b" ")])
                    packed.append(zlib.compress(chunk, 6))
                    placed.append(chunk.count(b"\n") - chunk.count(_LATER))
            elif self._packed:
                firsts.append(self._firsts[at])
                packed.append(self._packed[at])
                placed.append(self._placed[at])
        return WordTable(firsts, packed, placed)

    def _chunk(self, at: int) -> bytes:
        found = self._chunks.get(at)
        if found is None:
            found = self._chunks[at] = zlib.decompress(self._packed[at])
        return found

    def _lines(self, at: int) -> list[bytes]:
        """A chunk's lines, kept for finding places: an update does so a thousand times."""
        found = self._split.get(at)
        if found is None:
            found = self._split[at] = self._chunk(at)[:-1].split(b"\n")
        return found

    def to_bytes(self) -> bytes:
        """The kept bytes."""
        sizes = zip(map(len, self._firsts), map(len, self._packed), self._placed, strict=True)
        heads = [_CHUNK.pack(*one) for one in sizes]
        return b"".join((_COUNT.pack(len(heads)), *heads, *self._firsts, *self._packed))

    @classmethod
    def from_bytes(cls, raw: bytes) -> WordTable:
        """Undo `to_bytes`. struct.error or ValueError for anything else."""
        (count,) = _COUNT.unpack_from(raw)
        heads = [_CHUNK.unpack_from(raw, _COUNT.size + turn * _CHUNK.size) for turn in range(count)]
        at = _COUNT.size + count * _CHUNK.size
        columns: tuple[list[bytes], list[bytes]] = ([], [])
        for which, column in enumerate(columns):
            for head in heads:
                column.append(raw[at : at + head[which]])
                at += head[which]
        if at != len(raw):
            raise ValueError("not what was written")
        return cls(*columns, [head[2] for head in heads])


def _place(chunk: bytes, key: bytes) -> int:
    """The start of the first line whose term is not before `key`."""
    low, high = 0, len(chunk)
    while low < high:
        start = chunk.rfind(b"\n", 0, (low + high) // 2) + 1
        end = chunk.index(b" ", start)
        if chunk[start:end] < key:
            low = chunk.index(b"\n", end) + 1
        else:
            high = start
    return low


def _number(chunk: bytes, key: bytes) -> int:
    at = _place(chunk, key)
    end = at + len(key)
    return int(chunk[end + 1 : chunk.index(b"\n", end)]) if chunk.startswith(key + b" ", at) else 0


def _merged(chunk: bytes, changes: list[tuple[bytes, int]], keep: bool) -> bytes:
    """Merge changes, copying everything between two changed terms. `keep`: as in `WordTable.changed`."""
    if not chunk:
        return b"".join([b"%s %d\n" % change for change in changes if change[1] > 0])
    parts: list[bytes] = []
    done = 0
    for key, by in changes:
        at = _place(chunk, key)
        parts.append(chunk[done:at])
        done, placed = at, not keep
        if chunk.startswith(key + b" ", at):
            done = chunk.index(b"\n", at) + 1
            by += int(chunk[at + len(key) + 1 : done])
            placed = not chunk.startswith(_LATER, at + len(key))
        if by > 0 or (keep and placed):
            parts.append((b"%s %d\n" if placed else b"%s +%d\n") % (key, by))
    parts.append(chunk[done:])
    return b"".join(parts)


def _cut(table: bytes) -> Iterator[bytes]:
    """Cut into chunks: one below double size stays whole."""
    at = 0
    while at < len(table):
        rest = len(table) - at
        end = len(table) if rest < 2 * SIZE else table.index(b"\n", at + SIZE) + 1
        yield table[at:end]
        at = end
