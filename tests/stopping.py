"""The program ended in the middle of its work: by a kill, or by a disk that takes no more."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from typer.testing import CliRunner

from kcs.cli.main import app
from tests.forking import exit_code

KILLED, NEVER = 137, 77
_CHANGING = {"os.rename", "os.remove", "os.mkdir", "open"}


def stopped_at(step: int, words: Sequence[str], root: Path, env: Mapping[str, str], *, kill: bool) -> int:
    """Run `kcs` with these words in a process of its own whose step-th
    change of a file below `root` is its end (as by kill -9), or an error.

    Its exit code; KILLED where it was killed, NEVER where there are fewer steps and all went well.
    """
    return exit_code(_run, step, tuple(words), root, dict(env), kill)


def _run(step: int, words: Sequence[str], root: Path, env: Mapping[str, str], kill: bool) -> NoReturn:
    os.environ.update(env)
    os.chdir(root)
    left = step

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event not in _CHANGING or (event == "open" and not _writes(arguments)):
            return
        if str(root) in str(arguments[0]):  # what lies in the cache comes and goes, and would shift the steps
            left -= 1
            if left == 0 and kill:
                os._exit(KILLED)
            if left == 0:
                raise OSError(28, "No space left on device", str(arguments[0]))

    sys.addaudithook(hook)
    try:
        done = CliRunner().invoke(app, list(words), prog_name="kcs")
        os._exit(done.exit_code if left <= 0 else NEVER)
    finally:
        os._exit(99)


def _writes(arguments: tuple[object, ...]) -> bool:
    return isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
