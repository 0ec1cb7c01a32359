"""A run of the real program as a process forked from this one: as
fresh as a process of its own, without the time it takes to load.
"""

from __future__ import annotations

import atexit
import os
import sys
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn


def begin(
    words: Sequence[str], cwd: Path, env: Mapping[str, str], out: int, err: int, mask: int = 0o022
) -> int:
    """Begin `kcs` with these words; `out` and `err` are file descriptors. The process's number, to be waited for."""
    sys.stdout.flush()
    sys.stderr.flush()
    number = os.fork()
    if number == 0:
        become(words, cwd, env, out, err, mask)
    return number


def become(
    words: Sequence[str],
    cwd: Path,
    env: Mapping[str, str],
    out: int,
    err: int,
    mask: int = 0o022,
    given: str = os.devnull,
) -> NoReturn:
    """This process, which was forked for it, is `kcs` with these words from now on; the file `given` is its input."""
    try:
        atexit._clear()  # what this process would tidy up at its end is its parent's
        os.chdir(cwd)
        os.umask(mask)
        os.environ.clear()
        os.environ.update(env)
        time.tzset()
        os.dup2(os.open(given, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        sys.argv = ["kcs", *words]
        import_module("kcs.__main__").main()
    finally:
        os._exit(99)
