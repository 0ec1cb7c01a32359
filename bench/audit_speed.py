"""The audit beside other linters on the same files, and its cost per article from 1,000 to 50,000.

python bench/audit_speed.py [--runs N] [--sizes 1000,10000,50000] [--markdownlint PATH] [--corpora DIR] [--folder DIR] [--no-write]
Writes its own section of docs/performance.md. `--markdownlint`: the markdownlint-cli2 program (npm install markdownlint-cli2);
pymarkdownlnt is taken from this environment where it is installed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:] = [str(PROJECT), *(one for one in sys.path if Path(one or ".").resolve() != PROJECT / "bench")]

from bench.bases import HERE, Ground  # noqa: E402
from bench.pages import DOCS, place  # noqa: E402


def cpu(ground: Ground, words: Sequence[str], cwd: Path, before: Callable[[], None] | None = None) -> float:
    """Seconds of user + system CPU of one run, children included; a linter that finds something exits 1."""
    if before:
        before()
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        list(words),
        cwd=cwd,
        env=dict(ground.env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(words)} exits {done.returncode}")
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime


def in_turn(runs: int, *sides: Callable[[], float]) -> list[float]:
    """The median of each side, all run in turn."""
    rounds = [[side() for side in sides] for _ in range(runs)]
    return [median(column) for column in zip(*rounds, strict=True)]


def rows(ground: Ground, runs: int, sizes: Sequence[int], markdownlint: str) -> Iterator[tuple[str, ...]]:
    """What was measured: what, baseline, both in ms, ratio, at most."""
    start = [sys.executable, str(HERE / "empty_typer.py")]
    root = ground.rackspace()
    audit = ground.kcs("audit", "--as-of", "2026-12-01")
    yield from _beside_linters(ground, runs, root, audit, markdownlint)
    for size in sizes:
        base = root if size == 1390 else ground.scaled(size)
        few = max(1, runs if size <= 10_000 else 1)
        cpu(ground, audit, base)
        git = ["git", "status", "--porcelain"]
        status, second, empty = in_turn(
            max(few, 3), lambda: cpu(ground, git, base), lambda: cpu(ground, audit, base), lambda: cpu(ground, start, base)  # noqa: B023
        )  # fmt: skip
        yield _row(
            f"`kcs audit`, {size:,} articles, nothing changed, beyond start",
            "`git status`",
            status,
            max(second - empty, 0.0),
            "4",
        )
        (first,) = in_turn(1, lambda: cpu(ground, audit, base, ground.forget))  # noqa: B023
        yield (
            f"`kcs audit`, {size:,} articles, first: an article",
            "",
            "",
            f"{first / size * 1000:.2f}",
            "",
            "",
        )
    files = [str(one.relative_to(root)) for one in sorted((root / "content" / "cloud-dns").glob("*.md"))[:3]]
    edit = edits(root, files)
    version, check, verified = in_turn(
        max(runs, 5),
        lambda: cpu(ground, ground.kcs("--version"), root),
        lambda: cpu(ground, ground.kcs("check", *files), root, edit),
        lambda: cpu(ground, ground.kcs("check", "--verified", *files), root, edit),
    )
    git_run(root, "reset", "--quiet", "--hard")
    yield _row("`kcs check` of 3 staged files", "`kcs --version`", version, check, "2")
    yield _row("`kcs check --verified` of 3 staged files", "`kcs --version`", version, verified, "2")


def edits(root: Path, files: Sequence[str]) -> Callable[[], None]:
    """Each call writes a further line into the files and stages them: before a commit their content is always a new one."""
    turn = count()

    def edit() -> None:
        number = next(turn)
        for file in files:
            with (root / file).open("a") as stream:
                stream.write(f"\nanother word {number}\n")
        git_run(root, "add", *files)

    return edit


def git_run(root: Path, *arguments: str) -> None:
    """Git, unmeasured."""
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


def _beside_linters(
    ground: Ground, runs: int, root: Path, audit: list[str], markdownlint: str
) -> Iterator[tuple[str, ...]]:
    ours_first = lambda: cpu(ground, audit, root, ground.forget)  # noqa: E731
    ours_second = lambda: cpu(ground, audit, root)  # noqa: E731
    others = []
    if markdownlint:
        others.append(("markdownlint-cli2", [markdownlint, "content/**/*.md"], "0.2", "0.02"))
    if find_spec("pymarkdown"):
        others.append(
            (
                "pymarkdownlnt",
                [sys.executable, "-m", "pymarkdown", "--continue-on-error", "scan", "-r", "content"],
                "",
                "",
            )
        )
    for name, words, most_first, most_second in others:
        theirs, first, second = in_turn(
            1 if name == "pymarkdownlnt" else runs, lambda: cpu(ground, words, root), ours_first, ours_second  # noqa: B023
        )  # fmt: skip
        yield _row("`kcs audit`, 1,390 files, first, all rules", name, theirs, first, most_first)
        yield _row("the same, nothing changed", name, theirs, second, most_second)


def _row(what: str, said: str, base: float, ours: float, most: str) -> tuple[str, ...]:
    return what, said, f"{base * 1000:,.0f}", f"{ours * 1000:,.0f}", f"{ours / base:.2f}", most


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", default="1390,10000")
    parser.add_argument("--markdownlint", default=shutil.which("markdownlint-cli2") or "")
    beside = PROJECT.parent / "shared" / "corpora"
    parser.add_argument("--corpora", type=Path, default=Path(os.environ.get("KCS_CORPORA", beside)))
    cache = Path(os.environ.get("XDG_CACHE_HOME") or tempfile.gettempdir())
    parser.add_argument("--folder", type=Path, default=cache / "kcs-bench")
    parser.add_argument("--no-write", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    ground = Ground(options.corpora.resolve(), options.folder.resolve())
    sizes = [int(one) for one in options.sizes.split(",")]
    lines = [
        "| what | baseline | baseline, ms | ours, ms | ratio | at most |",
        "| --- | --- | --: | --: | --: | --: |",
    ]
    for row in rows(ground, options.runs, sizes, options.markdownlint):
        lines.append("| " + " | ".join(row) + " |")
        print(lines[-1], file=sys.stderr, flush=True)
    load = os.getloadavg()[0]
    text = f"User + system CPU, children included, medians of {options.runs} runs in turn (load {load:.1f}).\n\n" + "\n".join(lines) + "\n"  # fmt: skip
    print(text)
    if not options.no_write:
        place(DOCS / "performance.md", "audit", text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
