"""Ten million events: how long they take to read and to make figures of,
and how much memory (`--events`, `--months`; by default all in 12 months).

Prints one line a step: seconds of CPU, and the most memory that the reading process had. Exits 1 above 200 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MOST_MB = 200
READ = """
import resource, sys, time
from pathlib import Path
from kcs.kb.ledger import Ledger
count = sum(1 for _ in Ledger(Path(sys.argv[1]), shared=True).read())
peak = resource.getrusage(resource.RUSAGE_SELF)
print(count, peak.ru_utime + peak.ru_stime, peak.ru_maxrss / 1024)
"""
COUNT = """
import resource, sys
from datetime import UTC, date
from pathlib import Path
from kcs.insight.metric import Period
from kcs.insight.usage import read_usage
from kcs.kb.ledger import Ledger
usage = read_usage(Ledger(Path(sys.argv[1]), shared=True), Period(date(2020, 1, 1), date(2039, 1, 1)), UTC)
peak = resource.getrusage(resource.RUSAGE_SELF)
print(usage.events, peak.ru_utime + peak.ru_stime, peak.ru_maxrss / 1024)
"""


def _write(root: Path, events: int, months: int) -> int:
    """`events` different ones by 20 people, a hundredth of them twice, as merges leave them. Their bytes."""
    draw = random.Random(6)
    files = {}
    for number in range(events):
        month, who = number % months, draw.randrange(20)
        if (month, who) not in files:
            file = root / "ledger" / f"{2020 + month // 12}-{month % 12 + 1:02}" / f"p{who}.jsonl"
            file.parent.mkdir(parents=True, exist_ok=True)
            files[month, who] = file.open("wb")
        told = {
            "id": f"{draw.getrandbits(80):020x}", "at": f"{2020 + month // 12}-{month % 12 + 1:02}-11T09:12:00Z",
            "kind": "search", "actor": f"human:p{who}", "session": "k2m9x0q7w3ab", "query": f"outlook password {number}",
            "answered": True, "total": 12, "match": 0.71, "top": "kb-7f3q9xk2",
        }  # fmt: skip
        line = json.dumps(told, separators=(",", ":")).encode() + b"\n"
        files[month, who].write(line if number % 100 else line + line)
    size = 0
    for stream in files.values():
        size += stream.tell()
        stream.close()
    return size


def main() -> int:
    """Write, read, say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--folder", type=Path, default=None)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        started = time.process_time()
        size = _write(Path(folder), given.events, given.months)
        print(
            f"written  {given.events:,} events, {size / 1e6:,.0f} MB, {time.process_time() - started:.0f} s"
        )
        env = {**os.environ, "TMPDIR": folder}
        results = [_run(one, folder, env) for one in (READ, COUNT)]
    for what, (count, seconds, peak) in zip(("read", "counted"), results, strict=True):
        print(f"{what:<8} {count:,.0f} events, {seconds:.0f} s, at most {peak:,.0f} MB of memory")
    return int(any(count != given.events or peak > MOST_MB for count, _, peak in results))


def _run(code: str, folder: str, env: dict[str, str]) -> tuple[float, float, float]:
    """Events, seconds of CPU, megabytes."""
    told = subprocess.run([sys.executable, "-c", code, folder], env=env, capture_output=True, check=True)
    count, seconds, peak = map(float, told.stdout.split())
    return count, seconds, peak


if __name__ == "__main__":
    raise SystemExit(main())
