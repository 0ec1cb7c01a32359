"""Whether a file is still the one that was written: by its times, else by its bytes.

If the system says when it started, nothing here waits for the disk: a file can be lost only
if the system stopped before writing it, and after a restart all files are read in full again.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from stat import S_ISREG
from zlib import crc32

from kcs.search.engines.engine import Damaged

# Size, time of change in nanoseconds, inode, checksum.
Mark = list[int]


@cache
def started() -> str:
    """A value that changes with each start of the system; empty if unknown."""
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
    """Damaged if the file changed. `then`: `started()` when it was written.

    A file that was copied or restored is read in full, and is good if its bytes are the same.
    """
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):  # a named pipe has no bytes either, and reading it never ends
            raise Damaged(f"{path.name} is no file")
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
