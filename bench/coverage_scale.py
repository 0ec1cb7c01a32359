"""What it costs to judge and group many tickets: CPU a ticket with each engine, memory, and twice the tickets.

    python -m bench.coverage_scale BASE --tickets 10000 --engine tantivy      N and 2 N tickets; twice may cost 2.1 times
    python -m bench.coverage_scale BASE --whole 1000000 --engine tantivy      one run of so many
    python -m bench.coverage_scale BASE --equal 5000 --engine tantivy         verdicts as by asking search ticket by ticket
    python -m bench.coverage_scale BASE --killed 20000 --engine tantivy       killed half way and run again: the same

BASE is a knowledge base; the tickets are those of bench/coverage_many.py. Each run is a process of its own
(with its workers), so that memory is its own; nothing is judged that another has kept. CPU is user and
system, of all processes. Exits 1 where a limit is not kept. `--folder` keeps indexes for the next run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.coverage_many import Words, words_of, write_tickets

# Modules that run in a process of their own.
_STEP, _EQUAL = "bench.coverage_step", "bench.coverage_equal"


class Bench:
    """One base, its words, and where indexes are kept."""

    def __init__(self, base: Path, home: Path, folder: Path, seed: int) -> None:
        self._base, self._home, self._folder, self._seed = base, home, folder, seed
        self._words: Words | None = None

    def tickets(self, number: int) -> Path:
        """A file of so many."""
        self._words = self._words or words_of(self._base, random.Random(self._seed))
        file = self._folder / f"{number}.csv"
        if not file.exists():
            write_tickets(file, number, self._words, self._seed)
        return file

    def start(self, module: str, file: Path, engine: str) -> subprocess.Popen[str]:
        """One process; what it says of its progress is seen."""
        places = {"XDG_CACHE_HOME": str(self._home / "cache"), "XDG_DATA_HOME": str(self._home / "data")}
        project = Path(__file__).resolve().parents[1]
        return subprocess.Popen(
            [sys.executable, "-m", module, str(self._base.resolve()), str(file.resolve()), engine],
            cwd=project,
            env={**os.environ, **places, "PYTHONPATH": str(project)},
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, module: str, file: Path, engine: str) -> dict[str, Any]:
        """Its figures. RuntimeError where it fails."""
        process = self.start(module, file, engine)
        said, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"exit {process.returncode}")
        found: dict[str, Any] = json.loads(said)
        return found

    def fresh(self, file: Path) -> Path:
        """The same tickets under another time: nothing that was kept is about them."""
        os.utime(file)
        return file


def _said(engine: str, number: int, step: dict[str, Any]) -> str:
    each = (step["judging"] / number * 1e3, step["grouping"] / number * 1e3)
    return (
        f"{engine}: {number:,} tickets: {sum(each):.2f} ms of CPU each ({each[0]:.2f} to judge, {each[1]:.2f} to group), "
        f"{step['seconds']:.0f} s on the clock; at most {step['mb']:.0f} MB, {step['worker_mb']:.0f} MB a worker; "
        f"{step['verdicts']}, {step['topics']:,} topics"
    )


def _twice(bench: Bench, engine: str, number: int) -> bool:
    first, second = (
        bench.run(_STEP, bench.fresh(bench.tickets(some)), engine) for some in (number, 2 * number)
    )
    ratio = (second["judging"] + second["grouping"]) / (first["judging"] + first["grouping"])
    print(_said(engine, number, first))
    print(_said(engine, 2 * number, second))
    print(f"{engine}: twice the tickets cost {ratio:.2f} times", flush=True)
    return bool(ratio <= 2.1)


def _whole(bench: Bench, engine: str, number: int) -> bool:
    step = bench.run(_STEP, bench.fresh(bench.tickets(number)), engine)
    print(_said(engine, number, step), flush=True)
    return bool(step["judged"] == number)


def _equal(bench: Bench, engine: str, number: int) -> bool:
    found = bench.run(_EQUAL, bench.tickets(number), engine)
    print(
        f"{engine}: of {found['tickets']:,} tickets {found['verdicts']} have another verdict than by the whole search, "
        f"{found['nearest']} another nearest article or match",
        flush=True,
    )
    return not found["verdicts"]


def _killed(bench: Bench, engine: str, number: int) -> bool:
    file = bench.fresh(bench.tickets(number))
    whole = bench.run(_STEP, file, engine)
    process = bench.start(_STEP, bench.fresh(file), engine)
    time.sleep(whole["seconds"] / 2)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    again = bench.run(_STEP, file, engine)
    same = all(whole[key] == again[key] for key in ("judged", "verdicts", "all"))
    print(
        f"{engine}: {number:,} tickets, killed after {whole['seconds'] / 2:.0f} s of {whole['seconds']:.0f} s, the rest took {again['seconds']:.0f} s: "
        f"{'the same result' if same else 'ANOTHER RESULT'}",
        flush=True,
    )
    return bool(same)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("base", type=Path)
    for name in ("tickets", "whole", "equal", "killed"):
        options.add_argument(f"--{name}", type=int, default=0)
    options.add_argument("--engine", action="append", default=[])
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--folder", type=Path, help="where indexes and tickets are kept for the next run")
    given = options.parse_args(arguments)
    parts = ((given.equal, _equal), (given.tickets, _twice), (given.killed, _killed), (given.whole, _whole))
    with tempfile.TemporaryDirectory() as folder:
        home = given.folder or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        bench = Bench(given.base, home, home, given.seed)
        fine = []
        for engine in given.engine or ["whoosh"]:
            bench.run(_STEP, bench.tickets(20), engine)  # the index is there before anything is measured
            fine += [part(bench, engine, number) for number, part in parts if number]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
