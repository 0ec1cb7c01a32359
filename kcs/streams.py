"""Standard input, output and error where they go wrong: closed before
we start, unwritable when we end; and whether anybody is at them.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from io import RawIOBase
from typing import TextIO

_UNWRITTEN = "kcs: not all could be written to standard output"


def own_streams() -> None:
    """Put /dev/null in place of a stream that the caller closed, or the next file we open would be taken for it.

    SystemExit where it is standard output: what was asked for could go nowhere.
    """
    # With PYTHONUNBUFFERED Python drops, without a word, what a disk that fills up did not take of a line.
    if isinstance(getattr(sys.stdout, "buffer", None), RawIOBase):
        sys.stdout = open(1, "w", 1, sys.stdout.encoding, sys.stdout.errors, closefd=False)  # noqa: SIM115
    if sys.stdin is not None and sys.stdout is not None and sys.stderr is not None:
        return
    closed = sys.stdout is None
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < 3:
        os.set_inheritable(descriptor, True)  # Git gets it too
    os.close(descriptor)
    sys.stdin = sys.stdin or open(0)  # noqa: SIM115 - a descriptor
    sys.stdout = sys.stdout or open(1, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w")  # noqa: SIM115
    if closed:
        tell(f"{_UNWRITTEN}: it is closed")
        raise SystemExit(2)


def written(code: int) -> int:
    """The exit code when all that was printed is written: `code`, or 2 where it cannot be."""
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    try:
        sys.stdout.flush()
    except (OSError, ValueError) as error:
        left = reader_left(error)
        abandon(sys.stdout)
        if left:
            return code
        if code != 2:  # then it was said already
            tell(f"{_UNWRITTEN}: {getattr(error, 'strerror', None) or error}")
        return 2
    return code


def reader_left(error: Exception) -> bool:
    """Whether it says that nobody reads standard output any more (`kcs list | head`)."""
    if isinstance(error, BrokenPipeError):
        return True
    if sys.platform != "win32" or not isinstance(error, OSError) or error.errno != errno.EINVAL:
        return False
    # Windows calls that an invalid argument, as it does much else: what is still to be written tells.
    try:
        sys.stdout.flush()
    except OSError:
        return True
    return False


def in_ci() -> bool:
    """Whether a program of a CI system runs us, which is nobody
    to ask: as most programs read CI, an empty one is none.
    """
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def abandon(stream: TextIO) -> None:
    """What Python still holds for it goes nowhere: whoever
    read us has seen enough (`kcs list | head`), or nobody can.
    """
    with suppress(OSError, ValueError):
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, stream.fileno())
        os.close(descriptor)


def tell(line: str) -> None:
    """A line on stderr; where that cannot be written either, nobody is there to be told."""
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        abandon(sys.stderr)
