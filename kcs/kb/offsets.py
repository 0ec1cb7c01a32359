"""Bytes at an offset of an open file, read and written without moving its position, where the system can.

Windows has no such calls: there the position is moved. Nothing here is used by two threads at once.
"""

from __future__ import annotations

import os


def seek_and_read(descriptor: int, size: int, offset: int) -> bytes:
    """What os.pread gives: up to `size` bytes at `offset`, fewer at the end of the file. OSError where it cannot be read."""
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, size)


def seek_and_write(descriptor: int, data: bytes | memoryview, offset: int) -> int:
    """What os.pwrite does: how many bytes were written at `offset`. OSError where it cannot be written."""
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.write(descriptor, data)


read_at = getattr(os, "pread", seek_and_read)
write_at = getattr(os, "pwrite", seek_and_write)
