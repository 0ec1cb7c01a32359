"""Reads and writes at an offset of an open file, without moving its position if the system allows.

Windows has no such calls: there the position moves. Not for use by two threads at once.
"""

from __future__ import annotations

import os


def seek_and_read(descriptor: int, size: int, offset: int) -> bytes:
    """As os.pread: up to `size` bytes at `offset`, fewer at the end of the file. OSError if unreadable."""
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, size)


def seek_and_write(descriptor: int, data: bytes | memoryview, offset: int) -> int:
    """As os.pwrite: write at `offset`, return the number of bytes written. OSError if that fails."""
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.write(descriptor, data)


read_at = getattr(os, "pread", seek_and_read)
write_at = getattr(os, "pwrite", seek_and_write)
