"""Whether a file is the one that was written: by its times, and where these moved by its bytes."""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32

from kcs.search.engines.engine import Damaged

# Size, time of change in nanoseconds, inode, checksum.
Mark = list[int]


def mark_of(path: Path) -> Mark:
    """The mark of a file that was just written, safe on the disk before anything names it."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
        status = os.fstat(stream.fileno())
        return [status.st_size, status.st_mtime_ns, status.st_ino, _checksum(path)]


def check(path: Path, mark: Mark) -> None:
    """Damaged where the file is another. One that was copied or restored is read through, and good if it is the same."""
    try:
        status = path.stat()
        if [status.st_size, status.st_mtime_ns, status.st_ino] == mark[:3]:
            return
        if status.st_size != mark[0] or _checksum(path) != mark[3]:
            raise Damaged(f"{path.name} is not what was written")
    except OSError as error:
        raise Damaged(f"{path.name}: {error.strerror}") from error


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            value = crc32(chunk, value)
    return value
