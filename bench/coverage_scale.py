"""What it costs to judge and group many tickets: CPU a ticket with each engine, memory, and twice the tickets.

    python -m bench.coverage_scale BASE --tickets 20000 --engine tantivy --engine sqlite --engine whoosh

BASE is a knowledge base; the tickets are seeded noise: words of its articles (never its sentences) around made-up topics, with
typing errors, half of them about things that no article has. Prints one line a step. Each step is a process of its own,
so that memory is its own; the numbers of tickets are N and 2 N, and the ratio is the cost of the second N by the first.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

_STEP = """
import json, resource, sys, time
from pathlib import Path
from contextlib import contextmanager
from kcs.coverage import gaps
from kcs.kb.base import KnowledgeBase

marks = {}
@contextmanager
def counting(what, total=0):
    begin = time.process_time()
    yield lambda _: None
    marks[what] = marks.get(what, 0.0) + time.process_time() - begin

kb = KnowledgeBase.open(Path(sys.argv[1]))
found = gaps.find_gaps(kb, gaps.Wish(gaps.Export(Path(sys.argv[2])), engine=sys.argv[3]), counting)
peak = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "judged": found.tickets.judged, "verdicts": dict(found.tickets.verdicts), "topics": len(found.tickets.topics),
    "judging": marks["tickets judged"], "grouping": marks["tickets grouped"], "cpu": peak.ru_utime + peak.ru_stime,
    "mb": peak.ru_maxrss / 1024,
}))
"""


def words_of(base: Path, draw: random.Random, most: int = 400) -> list[str]:
    """Words of some of its articles."""
    files = sorted(base.glob("**/*.md"))
    found: set[str] = set()
    for file in draw.sample(files, min(most, len(files))):
        found.update(re.findall(r"[^\W\d_]{3,14}", file.read_text("utf-8", "replace").lower()))
    return sorted(found)


def write_tickets(file: Path, number: int, words: list[str], seed: int) -> None:
    """`number` tickets about a few thousand things, in rows of our own form."""
    draw = random.Random(seed)
    made_up = ["".join(draw.choices("abcdefghiklmnoprstuvw", k=draw.randrange(5, 10))) for _ in range(4000)]
    topics = [draw.sample(words if rank % 2 else made_up, 6) for rank in range(3000)]
    weights = [1 / (rank + 1) ** 0.8 for rank in range(len(topics))]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "created_at", "subject", "description", "handle_minutes"])
        for place, topic in enumerate(draw.choices(topics, weights, k=number)):
            subject = draw.sample(topic, 4)
            text = draw.sample(topic, 5) + draw.sample(words, 6)
            if draw.random() < 0.2:
                text[0] = text[0][1:] + text[0][:1]
            draw.shuffle(text)
            when = f"2026-{draw.randrange(1, 12):02}-{draw.randrange(1, 28):02}T10:00:00Z"
            writer.writerow(
                [f"T-{place}", when, " ".join(subject), f"{' '.join(text)}.", draw.randrange(1, 60)]
            )


def step(base: Path, file: Path, engine: str, home: Path) -> dict[str, float]:
    """One run, whose judgements are not kept from another."""
    project = Path(__file__).resolve().parents[1]
    env = {
        **os.environ,
        "PYTHONPATH": str(project),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
    }
    done = subprocess.run(
        [sys.executable, "-c", _STEP, str(base), str(file), engine],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> int:
    """Measure. Exits 1 where twice the tickets cost more than 2.1 times as much, or memory grows with them."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("base", type=Path)
    options.add_argument("--tickets", type=int, default=20_000)
    options.add_argument("--engine", action="append", default=[])
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--folder", type=Path, help="where indexes are kept for the next run")
    given = options.parse_args()
    words = words_of(given.base, random.Random(given.seed))
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        home = given.folder or Path(folder)
        few, once, twice = (Path(folder) / f"{name}.csv" for name in ("few", "once", "twice"))
        for file, number in ((few, 200), (once, given.tickets), (twice, 2 * given.tickets)):
            write_tickets(file, number, words, given.seed)
        for engine in given.engine or ["whoosh"]:
            step(given.base, few, engine, home)  # the index is there before anything is measured
            first, second = (step(given.base, file, engine, home) for file in (once, twice))
            each = (first["judging"] + first["grouping"]) / given.tickets
            ratio = (second["judging"] + second["grouping"]) / (first["judging"] + first["grouping"])
            failed = failed or ratio > 2.1
            print(
                f"{engine}: {given.tickets:,} tickets {first['cpu']:.0f} s of CPU, {first['judging'] / given.tickets * 1e3:.2f} ms each to judge, "
                f"{first['grouping'] / given.tickets * 1e3:.2f} ms to group; {first['mb']:.0f} MB; twice as many {ratio:.2f} x, {second['mb']:.0f} MB; "
                f"a million would take {each * 1e6 / 3600:.1f} h; {first['verdicts']}, {first['topics']:,.0f} topics",
                flush=True,
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
