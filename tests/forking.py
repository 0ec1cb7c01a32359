"""Runs as processes forked from one that has kcs loaded and does nothing else.

The process that runs the tests may have threads (pytest-xdist's, a search engine's): forked,
it could wait for ever for a lock that one of them held, and Python 3.12 and later warn of it.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import NoReturn

from bench.forked import become

_LOADED = ["bench.loaded", "tests.forking", "tests.stopping"]


def exit_code(target: Callable[..., object], *given: object, seconds: float = 60) -> int:
    """How a process ends that calls `target`, a function of a module, with what is given."""
    context = get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    child = context.Process(target=_call, args=(target, given))
    child.start()
    child.join(seconds)
    if child.exitcode is None:
        child.kill()
        child.join()
        raise TimeoutError("kcs did not end")
    return child.exitcode


def kcs_into(
    given: str, out: str, err: str, words: Sequence[str], cwd: Path, env: Mapping[str, str]
) -> NoReturn:
    """For `exit_code`: `kcs` with these words, which reads the first of these files and writes to the others."""
    become(words, cwd, env, os.open(out, os.O_WRONLY), os.open(err, os.O_WRONLY), given=given)


def _call(target: Callable[..., object], given: tuple[object, ...]) -> None:
    warnings.simplefilter("error")  # as in the process that runs the tests
    target(*given)
