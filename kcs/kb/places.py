"""Bytes at a place of an open file, read and written without moving anybody else's place in it.

Windows has no such calls: there the place is gone to first. Nothing here is used by two threads at once.
"""

from __future__ import annotations

import os


def seek_and_read(descriptor: int, size: int, place: int) -> bytes:
    """What os.pread gives: up to `size` bytes at `place`, fewer at the end of the file. OSError where it cannot be read."""
    os.lseek(descriptor, place, os.SEEK_SET)
    return os.read(descriptor, size)


def seek_and_write(descriptor: int, data: bytes | memoryview, place: int) -> int:
    """What os.pwrite does: how many bytes were written at `place`. OSError where it cannot be written."""
    os.lseek(descriptor, place, os.SEEK_SET)
    return os.write(descriptor, data)


read_at = getattr(os, "pread", seek_and_read)
write_at = getattr(os, "pwrite", seek_and_write)
