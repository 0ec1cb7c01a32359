"""What `kcs gaps` says of the tickets of bench/coverage_tickets.py, beside what is so.

    python -m bench.coverage_truth FOLDER [KB]

FOLDER holds `tickets.csv` and `truth.csv`; KB, else FOLDER/kb, is the adopted base that is asked: without
the articles that were taken out, or with them. Prints how many tickets of each kind are called uncovered.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory


def main() -> int:
    """Runs the command with a cache of its own, and reads there what became of each ticket."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("kb", type=Path, nargs="?")
    given = parser.parse_args()
    with (given.folder / "truth.csv").open(encoding="utf-8", newline="") as stream:
        about = dict(csv.reader(stream))
    words = [sys.executable, "-m", "kcs", "gaps", "--tickets", str(given.folder / "tickets.csv")]
    with TemporaryDirectory() as cache:
        env = {**os.environ, "XDG_CACHE_HOME": cache}
        subprocess.run(
            [*words, "--kb", str(given.kb or given.folder / "kb"), "--format", "json"],
            env=env,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (judged,) = Path(cache).rglob("coverage/*.jsonl")
        lines = [json.loads(line) for line in judged.read_text(encoding="utf-8").splitlines()]
    asked: Counter[str] = Counter()
    uncovered: Counter[str] = Counter()
    for verdict, ticket, *_ in lines:
        kind = "about what was taken out" if about[ticket].startswith("content/") else "of other people"
        asked[kind] += 1
        uncovered[kind] += verdict == "uncovered"
    for kind, number in asked.items():
        print(f"{kind}: {uncovered[kind]} of {number} uncovered ({uncovered[kind] / number:.0%})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
