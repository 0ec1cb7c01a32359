"""The audit beside other linters on the same files, and its cost per article from 1,000 to 50,000.

python bench/audit_speed.py [--runs N] [--size N]... [--markdownlint PATH] [--corpora DIR] [--folder DIR] [--no-write]
Writes its own section of docs/performance.md. `--markdownlint`: the markdownlint-cli2 program (npm install markdownlint-cli2);
pymarkdownlnt is taken from this environment where it is installed. Exits 1 where a goal is not met.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:] = [str(PROJECT), *(one for one in sys.path if Path(one or ".").resolve() != PROJECT / "bench")]

from bench.bases import HERE, Ground  # noqa: E402
from bench.measure import Command, Line, Result, measure  # noqa: E402
from bench.pages import DOCS, place  # noqa: E402
from bench.run import table  # noqa: E402

# Of more files markdownlint-cli2 says nothing new: it takes two minutes for these.
_LINTED = 10_000
# Above so many articles a first run is measured once.
_REPEATED = 1_390
# A check takes a tenth of a second, and a few percent decide.
_CHECKS = 41


@dataclass(frozen=True)
class Bench:
    """One base, and the linter, if there is one."""

    ground: Ground
    size: int
    root: Path
    markdownlint: str

    def lines(self) -> Iterator[tuple[Line, int]]:
        """Each with how often it is run at the most."""
        first, second = self._audit(self.ground.forget), self._audit()
        what, seldom = f"`kcs audit`, {self.size:,} articles", 99 if self.size <= _REPEATED else 1
        for said, linter in self._linters():
            goal = 0.2 if said == "markdownlint-cli2" else None
            yield Line(f"first-{self.size}", f"{what}, first, all rules", said, [linter], first, goal), seldom
            if goal and self.size > _REPEATED:
                yield Line(f"again-{self.size}", f"{what}, nothing changed", said, [linter], second, 0.02), 1
        yield self._nothing_changed(second), 99

    def _linters(self) -> Iterator[tuple[str, Command]]:
        if self.markdownlint and self.size <= _LINTED:
            words = [self.markdownlint, "content/**/*.md"]
            yield "markdownlint-cli2", Command(words, self.root, self.ground.env, finds=True)
        if find_spec("pymarkdown") and self.size <= _REPEATED:
            words = [sys.executable, "-m", "pymarkdown", "--continue-on-error", "scan", "-r", "content"]
            yield "pymarkdownlnt", Command(words, self.root, self.ground.env, finds=True)

    def _nothing_changed(self, audit: Command) -> Line:
        audit.cpu()
        status = Command(["git", "status", "--porcelain"], self.root, self.ground.env)
        empty = Command([sys.executable, str(HERE / "empty_typer.py")], self.root, self.ground.env)
        what = f"`kcs audit`, {self.size:,} articles, nothing changed, beyond start"
        return Line(f"same-{self.size}", what, "`git status`", [status], audit, 4.0, empty)

    def an_article(self) -> str:
        """What a first run takes for each."""
        taken = self._audit(self.ground.forget).used()
        return f"| {self.size:,} | {taken.cpu / self.size * 1000:.2f} ms | {taken.memory / 1e6:,.0f} MB |"

    def _audit(self, before: Callable[[], None] | None = None) -> Command:
        words = self.ground.kcs("audit", "--as-of", "2026-12-01")
        return Command(words, self.root, self.ground.env, before, finds=True)


def checks(ground: Ground) -> Iterator[Line]:
    """What the hooks run before a commit."""
    root = ground.rackspace()
    files = [str(one.relative_to(root)) for one in sorted((root / "content" / "cloud-dns").glob("*.md"))[:3]]
    version, edit = Command(ground.kcs("--version"), root, ground.env), edits(root, files)
    for name, words in (("check", ["check"]), ("verified", ["check", "--verified"])):
        ours = Command(ground.kcs(*words, *files), root, ground.env, edit, finds=True)
        yield Line(
            name, f"`kcs {' '.join(words)}` of 3 staged files", "`kcs --version`", [version], ours, 2.0
        )
    _git(root, "reset", "--quiet", "--hard")


def edits(root: Path, files: Sequence[str]) -> Callable[[], None]:
    """Each call writes a further line into the files and stages
    them: before a commit their content is always a new one.
    """
    turn = count()

    def edit() -> None:
        number = next(turn)
        for file in files:
            with (root / file).open("a") as stream:
                stream.write(f"\nanother word {number}\n")
        _git(root, "add", *files)

    return edit


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


def main() -> int:
    """Measure and write; 1 where a goal is not met."""
    options = _options()
    options.folder.mkdir(parents=True, exist_ok=True)
    ground = Ground(options.corpora.resolve(), options.folder.resolve())
    results, costs = list[Result](), list[str]()
    for size in options.size or [1390, 10_000]:
        root = ground.rackspace() if size == 1390 else ground.scaled(size)
        bench = Bench(ground, size, root, options.markdownlint)
        results += [_measured(line, min(options.runs, often)) for line, often in bench.lines()]
        costs.append(bench.an_article())
    results += [_measured(line, max(options.runs, _CHECKS)) for line in checks(ground)]
    head = "| articles | a first audit, for an article | peak memory |\n| --: | --: | --: |\n"
    text = f"{table(results, options.runs)}\n{head}" + "\n".join(costs) + "\n"
    print(text)
    if not options.no_write:
        place(DOCS / "performance.md", "audit", text)
    return int(any(one.met == "**not met**" for one in results))


def _measured(line: Line, runs: int) -> Result:
    print(f"{line.name} ...", end=" ", file=sys.stderr, flush=True)
    result = measure(line, runs)
    print(f"{result.ratio:.2f} {result.met}", file=sys.stderr, flush=True)
    return result


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--size", action="append", type=int, help="how many articles; may be given again")
    parser.add_argument("--markdownlint", default=shutil.which("markdownlint-cli2") or "")
    beside = PROJECT.parent / "shared" / "corpora"
    parser.add_argument("--corpora", type=Path, default=Path(os.environ.get("KCS_CORPORA", beside)))
    cache = Path(os.environ.get("XDG_CACHE_HOME") or tempfile.gettempdir())
    parser.add_argument("--folder", type=Path, default=cache / "kcs-bench")
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md as it is")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
