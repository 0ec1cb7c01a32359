"""Single keys from a terminal while somebody picks. A prompt's own getchar drops what is typed meanwhile."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# An arrow comes as three characters, with Shift or Ctrl as six,
# on Windows as two; who types fast sends several keys at once.
_KEY = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\[O].|[\xe0\x00].|.", re.DOTALL)


@contextmanager
def keys() -> Iterator[Iterator[str]]:
    """Gives keys one by one until the input ends, then restores the terminal. Ctrl-C interrupts."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        yield _windows_keys()
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        yield _keys(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _keys(descriptor: int) -> Iterator[str]:
    while typed := os.read(descriptor, 64):
        yield from _KEY.findall(typed.decode("utf-8", "replace"))


def _windows_keys() -> Iterator[str]:
    import msvcrt

    while True:
        key: str = msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
        if key == "\x03":
            raise KeyboardInterrupt
        yield key + msvcrt.getwch() if key in "\xe0\x00" else key  # type: ignore[attr-defined,unused-ignore]
