"""One term's postings as bytes: gaps between places, and frequencies where any is not one. No pickle.

A place is an entry's position in its segment, from 0.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from operator import sub
from sys import byteorder
from zlib import compress, decompress

_TYPES = "BHI"
# Shorter ones grow when they are compressed.
_WORTH_IT = 64
_COMPRESSED = 0x80
_KINDS = [bytes((kind,)) for kind in range(16)]


def pack_one(place: int, often: int) -> bytes:
    """As `pack` for a single place, which most terms have, in a third of the time."""
    wide = _width((place,))
    if often < 2:
        return _KINDS[wide] + place.to_bytes(1 << wide, byteorder)
    high = _width((often,))
    kind = _KINDS[wide | (high + 1) << 2]
    return kind + place.to_bytes(1 << wide, byteorder) + often.to_bytes(1 << high, byteorder)


def pack(places: Sequence[int], frequencies: Sequence[int]) -> bytes:
    """`places` rise; at least one."""
    gaps = [places[0], *map(sub, places[1:], places)]
    wide = _width(gaps)
    high = _width(frequencies) + 1 if max(frequencies) > 1 else 0
    body = array(_TYPES[wide], gaps).tobytes()
    if high:
        body += array(_TYPES[high - 1], frequencies).tobytes()
    kind = wide | high << 2
    if len(body) > _WORTH_IT and len(smaller := compress(body, 1)) < len(body):
        return bytes((kind | _COMPRESSED,)) + smaller
    return bytes((kind,)) + body


def unpack(raw: bytes) -> tuple[Sequence[int], Sequence[int]]:
    """Places and frequencies. ValueError, zlib.error or IndexError if `raw` is something else."""
    kind, body = raw[0], raw[1:]
    if kind & _COMPRESSED:
        body = decompress(body)
    wide, high = kind & 3, kind >> 2 & 3
    gaps = array(_TYPES[wide])
    if not high:
        gaps.frombytes(body)
        return list(accumulate(gaps)), b"\1" * len(gaps)
    frequencies = array(_TYPES[high - 1])
    end = len(body) // (gaps.itemsize + frequencies.itemsize) * gaps.itemsize
    gaps.frombytes(body[:end])
    frequencies.frombytes(body[end:])
    return list(accumulate(gaps)), frequencies


def _width(values: Sequence[int]) -> int:
    most = max(values)
    return 0 if most < 1 << 8 else 1 if most < 1 << 16 else 2
