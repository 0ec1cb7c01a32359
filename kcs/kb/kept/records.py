"""The records of all present articles, kept between runs. Loaded on use: a check before a commit does without."""

from __future__ import annotations

import os
import struct
from bisect import bisect_left
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING
from zlib import crc32

from kcs.kb.records import Record

if TYPE_CHECKING:
    from io import FileIO

    from kcs.kb.kept.cache import Cache
    from kcs.kb.kept.oids import Oids

# A part of Git's name, the offset of the line, and its length.
_PLACE = struct.Struct("<16sQI")
_PREFIX = 16
_RECENT = "records-recent"
# Raise it when a line holds something else.
_FORMAT = 4
# Who asks for more than this many wants all: then we parse everything.
_FEW = 100


class Records:
    """The records of present articles by Git's name for their bytes, with a checksum each: read on demand.

    Sorted lines after a table of their places, searched by bisection. New records go to a document of their own until
    there are many: rewriting everything for ten changes takes as long as finding these.
    """

    def __init__(self, cache: Cache, title_key: str) -> None:
        self._cache = cache
        self._key = f"places {_FORMAT} {title_key}"
        self._lines: dict[bytes, bytes] | None = None
        self._new: dict[bytes, bytes] | None = None
        self._put: dict[str, Record] = {}
        self._opened: tuple[bytes, FileIO | None] | None = None
        self._begin = self._looked = 0

    def __del__(self) -> None:
        if self._opened is not None and self._opened[1] is not None:
            self._opened[1].close()

    def get(self, oid: str) -> Record | None:
        """The record; None if not kept or damaged."""
        import json

        if oid in self._put:
            return self._put[oid]
        line = self._line(oid.encode())
        try:
            return Record.from_json([oid, *json.loads(line)]) if line else None
        except (ValueError, TypeError, IndexError, RecursionError):
            return None

    def mentions(self, oid: str, key: str) -> bool:
        """Whether a kept record may hold this front matter key, at a glance; True if not kept."""
        line = self._line(oid.encode())
        return line is None or f'"{key}"'.encode() in line

    def put(self, record: Record) -> None:
        """Keep it; `save` writes."""
        import json

        # Without the text for its skeleton.
        self._put[record.oid] = Record(record.oid, record.meta, record.problems, record.heading)
        line = json.dumps(record.to_json()[1:], separators=(",", ":")).encode()
        self._recent()[record.oid.encode()] = b"%08x %b" % (crc32(line), line)

    def save(self, oids: Oids) -> None:
        """Write the records of these articles only."""
        recent = self._recent()
        new = _those(oids.for_looks(len(recent)), recent)
        if len(new) <= _FEW and self._there():
            self._cache.write_bytes(_RECENT, b"\n".join(_joined(new)), self._key)
            return
        lines = _joined(_those(set(oids), self._kept()) | new)
        table, at = bytearray(), 0
        for line in lines:
            table += _PLACE.pack(line[:_PREFIX], at, len(line))
            at += len(line) + 1
        self._cache.write_parts("records", bytes(table), b"\n".join(lines), self._key)
        self._cache.drop(_RECENT)

    def _there(self) -> bool:
        return bool(self._open()[0] if self._lines is None else self._lines)

    def _line(self, oid: bytes) -> bytes | None:
        """Its line, by bisection: a search asks for ten of ten thousand. None if not kept or damaged."""
        line = self._recent().get(oid)
        if line is None:
            self._looked += 1
            many = self._lines is not None or self._looked > _FEW
            line = self._kept().get(oid) if many else self._found(oid)
        if line is None:
            return None
        checksum, _, text = line.partition(b" ")
        return text if checksum == b"%08x" % crc32(text) else None

    def _found(self, oid: bytes) -> bytes | None:
        from kcs.kb.offsets import read_at

        table, stream = self._open()
        places, prefix = len(table) // _PLACE.size, oid[:_PREFIX]
        at = bisect_left(
            range(places),
            prefix,
            key=lambda place: table[place * _PLACE.size : place * _PLACE.size + _PREFIX],
        )
        while at < places and stream is not None:
            found, begin, size = _PLACE.unpack_from(table, at * _PLACE.size)
            if found != prefix:
                break
            try:
                name, _, line = read_at(stream.fileno(), size, self._begin + begin).partition(b" ")
            except OSError:
                break
            if name == oid:
                return line
            at += 1
        return None

    def _open(self) -> tuple[bytes, FileIO | None]:
        if self._opened is None:
            self._opened = self._cache.open_parts("records", self._key) or (b"", None)
            if (stream := self._opened[1]) is not None:
                self._begin = stream.tell()
        return self._opened

    def _kept(self) -> dict[bytes, bytes]:
        if self._lines is None:
            _, stream = self._open()
            raw = b""
            if stream is not None:
                from kcs.kb.offsets import read_at

                with suppress(OSError), stream:
                    number = stream.fileno()
                    raw = read_at(number, os.fstat(number).st_size - self._begin, self._begin)
            self._lines = _apart(raw)
            self._opened = (b"", None)
        return self._lines

    def _recent(self) -> dict[bytes, bytes]:
        if self._new is None:
            self._new = _apart(self._cache.read_bytes(_RECENT, self._key) or b"")
        return self._new


def _those(oids: Collection[str], lines: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    return {oid: line for oid, line in lines.items() if oid.decode("ascii", "replace") in oids}


def _joined(lines: Mapping[bytes, bytes]) -> list[bytes]:
    return sorted([oid + b" " + line for oid, line in lines.items()])


def _apart(raw: bytes) -> dict[bytes, bytes]:
    """Split joined lines."""
    parts = (line.partition(b" ") for line in raw.split(b"\n"))
    return {oid: line for oid, _, line in parts if line}
