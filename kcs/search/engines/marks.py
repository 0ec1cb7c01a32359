"""Whether a file is the one that was written: by its times, else by its bytes.

Nothing here waits for the disk where the system says when it was started: a file may be lost only if that ended without
writing it, and after another start all files are read through once more.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from zlib import crc32

from kcs.search.engines.engine import Damaged

# Size, time of change in nanoseconds, inode, checksum.
Mark = list[int]


@cache
def started() -> str:
    """What is another after each start of the system; empty where it does not say."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def mark_of(path: Path) -> Mark:
    """The mark of a file that was just written."""
    with path.open("rb") as stream:
        if not started():
            os.fsync(stream.fileno())
        status = os.fstat(stream.fileno())
        return [status.st_size, status.st_mtime_ns, status.st_ino, _checksum(path)]


def check(path: Path, mark: Mark, then: str) -> None:
    """Damaged where the file is another. `then`: `started()` when it was written.

    One that was copied or restored is read through, and good if its bytes are the same.
    """
    try:
        status = path.stat()
        same = [status.st_size, status.st_mtime_ns, status.st_ino] == mark[:3]
        if same and then == started():
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
