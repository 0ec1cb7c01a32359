"""Every measurement beside its baseline, and the tables of docs/performance.md.

python bench/run.py [--only NAME]... [--runs N] [--corpora DIR] [--folder DIR] [--no-write]
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
# Not the folder of this file: its modules are `bench.x`, and none may stand in for one of Python's.
sys.path[:] = [str(PROJECT), *(one for one in sys.path if Path(one or ".").resolve() != PROJECT / "bench")]

from bench.bases import Ground  # noqa: E402
from bench.commands import committed, information, listing, start  # noqa: E402
from bench.front_matter import front_matter  # noqa: E402
from bench.git_facts import git_facts  # noqa: E402
from bench.measure import Line, Result, measure  # noqa: E402
from bench.pages import DOCS, place  # noqa: E402
from bench.timeline import timeline  # noqa: E402

# Name -> what gives its lines. A new measurement is one file and one line here.
MEASUREMENTS: dict[str, Callable[[Ground], Iterator[Line]]] = {
    "start": start,
    "list": listing,
    "front-matter": front_matter,
    "git-facts": git_facts,
    "timeline": timeline,
    "information": information,
    "committed": committed,
}


def main() -> int:
    """Measure; 1 where a goal is not met."""
    options = _options()
    options.folder.mkdir(parents=True, exist_ok=True)
    ground = Ground(options.corpora.resolve(), options.folder.resolve())
    results = []
    for name in options.only or MEASUREMENTS:
        for line in MEASUREMENTS[name](ground):
            print(f"{line.name} ...", end=" ", file=sys.stderr, flush=True)
            results.append(result := measure(line, options.runs))
            print(f"{result.ratio:.2f} {result.met}", file=sys.stderr, flush=True)
    text = table(results, options.runs)
    print(text)
    if not options.no_write and not options.only:
        place(DOCS / "performance.md", "ground", text)
    return int(any(one.line.goal is not None and one.ratio > one.line.goal for one in results))


def _options() -> argparse.Namespace:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or tempfile.gettempdir())
    beside = PROJECT.parent / "shared" / "corpora"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", action="append", choices=list(MEASUREMENTS))
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--corpora", type=Path, default=Path(os.environ.get("KCS_CORPORA", beside)))
    parser.add_argument("--folder", type=Path, default=cache / "kcs-bench")
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md as it is")
    return parser.parse_args()


def table(results: list[Result], runs: int) -> str:
    """The table as Markdown, with what it was measured on."""
    rows = [
        f"| {one.line.what} | {one.line.said} | {one.base_cpu * 1000:,.0f} ms | {one.ours_cpu * 1000:,.0f} ms "
        f"| {one.ratio:.2f} | {one.line.goal or ''} | {one.met} |"
        for one in results
    ]
    head = "| what | baseline | baseline's CPU | ours | ratio | at most | |\n| --- | --- | --: | --: | --: | --: | --- |"
    return f"{_ground_words(runs)}\n\n{head}\n" + "\n".join(rows) + "\n"


def _ground_words(runs: int) -> str:
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    libraries = ", ".join(f"{name} {version(name)}" for name in ("typer", "PyYAML", "rich"))
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        f"Measured {datetime.now(UTC).date()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores "
        f"(load {load:.1f}), Python {platform.python_version()}, {git}, {libraries}. "
        f"User + system CPU, children included, median of {runs} runs in turn."
    )


if __name__ == "__main__":
    raise SystemExit(main())
