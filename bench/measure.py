"""User + system CPU of processes, children included, and lines that set ours beside a baseline."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Used(NamedTuple):
    """Seconds of CPU, and bytes of memory at the most."""

    cpu: float
    memory: int


@dataclass(frozen=True)
class Command:
    """One process to measure. `before` is run first each time,
    unmeasured. `finds`: exit 1 says that it found something.
    """

    arguments: Sequence[str]
    cwd: Path
    env: Mapping[str, str]
    before: Callable[[], None] | None = None
    stdin: Path | None = None
    finds: bool = False

    def cpu(self) -> float:
        """Seconds of one run. RuntimeError where it fails, so that no line is about an error message."""
        return self.used().cpu

    def used(self) -> Used:
        """What one run takes; RuntimeError as `cpu`."""
        if self.before:
            self.before()
        with open(self.stdin or os.devnull, "rb") as given, tempfile.TemporaryFile() as said:  # noqa: PTH123
            process = subprocess.Popen(
                list(self.arguments),
                cwd=self.cwd,
                env=dict(self.env),
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=said,
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            if process.returncode > self.finds or process.returncode < 0:
                words = said.read().decode(errors="replace")
                raise RuntimeError(f"{' '.join(self.arguments)} exits {process.returncode}: {words}")
        unit = 1 if sys.platform == "darwin" else 1024
        return Used(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


@dataclass(frozen=True)
class Line:
    """One line of the table. `base` (times summed) and `ours` run in turn; `start`, if any, is taken off ours.

    `goal`: the most that ours may be of the baseline; None for information. `said`: what the baseline is, in words.
    """

    name: str
    what: str
    said: str
    base: Sequence[Command]
    ours: Command
    goal: float | None = None
    start: Command | None = None


@dataclass
class Result:
    """Medians in seconds."""

    line: Line
    base: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    start: list[float] = field(default_factory=list)

    @property
    def base_cpu(self) -> float:
        """The baseline."""
        return median(self.base)

    @property
    def ours_cpu(self) -> float:
        """Ours, beyond start where the line says so."""
        return max(median(self.ours) - (median(self.start) if self.start else 0.0), 0.0)

    @property
    def ratio(self) -> float:
        """Ours as a multiple of the baseline."""
        return self.ours_cpu / self.base_cpu

    @property
    def met(self) -> str:
        """Whether the goal is met, in words."""
        if self.line.goal is None:
            return "for information"
        return "met" if self.ratio <= self.line.goal else "**not met**"


def measure(line: Line, runs: int) -> Result:
    """`runs` times each, in turn, after one unmeasured run of each; what is to run but once is measured at once."""
    result = Result(line)
    for number in range(runs + 1) if runs > 1 else (1,):
        taken = (
            sum(one.cpu() for one in line.base),
            line.start.cpu() if line.start else None,
            line.ours.cpu(),
        )
        if number:
            result.base.append(taken[0])
            result.ours.append(taken[2])
            if taken[1] is not None:
                result.start.append(taken[1])
    return result
