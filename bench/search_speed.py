"""Search, index and update beside what others take for the same articles, and the tables of docs/performance.md.

python bench/search_speed.py [--size 1390|10000|50000]... [--only PART]... [--runs N] [--rg PATH] [--whoosh-command PATH] [--no-write]

Both programs are optional: ripgrep (`pip install ripgrep`), and Whoosh's command line, which whoosh3 brings.
Lines that take minutes are run fewer times. Each size has its section of the page, so that one can be
measured anew alone. CPU time (user + system, children included), both sides of a line in one run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
# Not the folder of this file: its modules are `bench.x`, and none may stand in for one of Python's.
sys.path[:] = [str(PROJECT), *(one for one in sys.path if Path(one or ".").resolve() != PROJECT / "bench")]

from bench.bases import HERE, Ground  # noqa: E402
from bench.measure import Command, Line, measure  # noqa: E402
from bench.pages import DOCS, place  # noqa: E402
from bench.run import table  # noqa: E402

PARTS = ("index", "update", "search")
ENGINES = ("whoosh", "sqlite", "tantivy")
_SCRIPTS = {"whoosh": "whoosh", "sqlite": "fts5", "tantivy": "tantivy"}
# What our layer may add to a warm search of the engine: milliseconds, and of what the engine takes.
ADDED, SHARE = 2.0, 0.15
WORDS = ("resize", "cloud", "server", "disk")


@dataclass(frozen=True)
class Other:
    """The programs that may be missing."""

    rg: str | None
    whoosh: str | None


class Bench:
    """The lines of one base."""

    def __init__(self, ground: Ground, size: int, root: Path, other: Other) -> None:
        self.ground, self.size, self.root, self.other = ground, size, root, other
        self.beside = ground.folder / f"others-{size}"
        self.beside.mkdir(exist_ok=True)
        self.name = f"{size:,}"
        (root / ".git" / "info" / "exclude").write_text(".made\n*whoosh*\n")
        self._turn = 0

    def kcs(self, *arguments: str, engine: str = "whoosh", before: object = None) -> Command:
        """Our program."""
        env = {**self.ground.env, "KCS_ENGINE": engine}
        return Command(self.ground.kcs(*arguments), self.root, env, before)  # type: ignore[arg-type]

    def script(self, kind: str, action: str, *words: str, before: object = None) -> Command:
        """One of bench/search_scripts.py."""
        call = [
            sys.executable,
            str(HERE / "search_scripts.py"),
            kind,
            action,
            str(self.root),
            str(self.beside),
        ]
        return Command([*call, *words], self.root, self.ground.env, before)  # type: ignore[arg-type]

    def empty(self) -> Command:
        """A Typer program that does nothing."""
        return Command([sys.executable, str(HERE / "empty_typer.py")], self.root, self.ground.env)

    def forget(self) -> None:
        """No index; what the list of articles keeps stays."""
        for folder in (self.ground.folder / "cache" / "kcs").glob("*/search"):
            shutil.rmtree(folder)

    def touch(self) -> None:
        """Ten articles change."""
        self._turn += 1
        for path in sorted(self.root.glob("content/*/*.md"))[:: max(self.size // 120, 1)][:10]:
            with path.open("a") as stream:
                stream.write(f"\nanother word {self._turn}\n")

    def run(self, *arguments: str | Path, engine: str) -> str:
        """What the command prints."""
        return self.ground.run(*arguments, cwd=self.root, KCS_ENGINE=engine)

    def index(self, engine: str) -> None:
        """Bring it up to date, unmeasured."""
        self.run(*self.ground.kcs("index"), engine=engine)

    def lines(self, parts: Sequence[str]) -> Iterator[tuple[Line, int]]:
        """Those of these parts; what the others would have made is made first."""
        if "index" in parts:
            yield from self.indexing()
        for kind in _SCRIPTS.values():
            if "index" not in parts and has(kind):
                self.script(kind, "index").cpu()
        if "update" in parts:
            yield from self.updating()
        if "search" in parts:
            yield from self.searching()

    def indexing(self) -> Iterator[tuple[Line, int]]:
        """The first index. Lines with the most often that they may run."""
        call = [sys.executable, str(HERE / "search_scripts.py"), "analysis", str(self.root)]
        analysis = Command(call, self.root, self.ground.env)
        often = 3 if self.size < 5_000 else 1
        plain = [self.script("whoosh", "index")]
        what = f"first index, {self.name} articles, "
        yield Line(f"index-whoosh-{self.size}", what + "whoosh", "whoosh-reloaded plainly used", plain,
                   self.kcs("index", before=self.forget), goal=0.6), often  # fmt: skip
        for engine in filter(has, ENGINES[1:]):
            yield Line(f"index-{engine}-{self.size}", what + engine, "our own analysis alone", [analysis],
                       self.kcs("index", engine=engine, before=self.forget), goal=1.5), often  # fmt: skip
        for engine, kind in (("sqlite", "fts5"), ("tantivy", "tantivy")):
            if not has(engine):
                continue
            yield Line(f"index-{kind}-{self.size}", what + engine, f"{kind} script, no analysis of ours",
                       [self.script(kind, "index")], self.kcs("index", engine=engine, before=self.forget)), often  # fmt: skip

    def updating(self) -> Iterator[tuple[Line, int]]:
        """Nothing changed, and ten articles changed."""
        status = Command(["git", "status"], self.root, self.ground.env)
        for engine in filter(has, ENGINES):
            self.index(engine)
            yield Line(f"same-{engine}-{self.size}", f"nothing changed, {self.name}, {engine}, beyond start", "`git status`",
                       [status], self.kcs("index", engine=engine), goal=4.0, start=self.empty()), 9  # fmt: skip
        if self.other.whoosh:
            ours = self.kcs("index")
            self.ground.run(self.other.whoosh, "index", cwd=self.root)
            theirs = Command([self.other.whoosh, "index", "--update"], self.root, self.ground.env, self.touch)
            yield Line(f"update-command-{self.size}", f"10 articles changed, {self.name}, whoosh",
                       "`whoosh index --update`", [theirs], ours, goal=0.4), 9  # fmt: skip
        for engine, goal in (("whoosh", None), ("sqlite", 1.5), ("tantivy", None)):
            if not has(engine):
                continue
            kind = _SCRIPTS[engine]
            theirs = self.script(kind, "update", before=self.touch)
            yield Line(f"update-{kind}-{self.size}", f"10 articles changed, {self.name}, {engine}", f"{kind} script",
                       [theirs], self.kcs("index", engine=engine), goal=goal), 9  # fmt: skip

    def searching(self) -> Iterator[tuple[Line, int]]:
        """One search in a process of its own: where nobody has judged its hits yet, and where trust is kept."""
        yield from self.cold("cold", f"cold search, {self.name}, ", self.unjudge)
        # A search keeps what it judged of its hits; `kcs list`, `trust`, `queue` and `audit` all that trust rests on.
        self.run(*self.ground.kcs("list"), engine="whoosh")
        yield from self.cold("listed", f"the same once somebody listed, {self.name}, ")

    def unjudge(self) -> None:
        """Nothing of how articles stand is kept; what Git's history says of their dates is."""
        for kept in self.ground.folder.glob("cache/kcs/*/standings"):
            kept.unlink()

    def cold(
        self, key: str, what: str, before: Callable[[], None] | None = None
    ) -> Iterator[tuple[Line, int]]:
        """Beside the engine alone, Whoosh's own command, and ripgrep."""
        for engine, goal in (("whoosh", 1.2), ("sqlite", 1.3), ("tantivy", None)):
            if not has(engine):
                continue
            kind = _SCRIPTS[engine]
            self.index(engine)
            # What Git's history says is asked once a commit, by whichever command needs it first.
            self.run(*self.ground.kcs("search", "--no-log", *WORDS), engine=engine)
            yield Line(f"{key}-{engine}-{self.size}", what + engine, f"empty Typer app + {kind} script",
                       [self.empty(), self.script(kind, "search", *WORDS)], self.search(engine, before), goal=goal), 9  # fmt: skip
        if self.other.whoosh:
            theirs = Command(
                [self.other.whoosh, "search", "--or", " ".join(WORDS)], self.root, self.ground.env
            )
            yield Line(f"{key}-command-{self.size}", what + "whoosh", "`whoosh search`", [theirs], self.search("whoosh", before),
                       goal=0.67), 9  # fmt: skip
        if self.other.rg:
            theirs = Command(
                [self.other.rg, "-i", "-l", "|".join(WORDS), "content"], self.root, self.ground.env
            )
            yield Line(f"{key}-rg-{self.size}", what + "whoosh", "`rg -il`, not ranked", [theirs],
                       self.search("whoosh", before)), 9  # fmt: skip

    def search(self, engine: str, before: Callable[[], None] | None) -> Command:
        """`kcs search`."""
        return self.kcs("search", "--no-log", *WORDS, engine=engine, before=before)

    def figures(self) -> Iterator[tuple[str, bool]]:
        """Rows of size, memory and warm searches, and whether
        what we add to the engine is as little as it should be.
        """
        text = sum(path.stat().st_size for path in self.root.glob("content/**/*.md"))
        for engine in filter(has, ENGINES):
            self.forget()
            used = self.kcs("index", engine=engine).used()
            told = json.loads(
                self.run(*self.ground.kcs("index", "--status", "--format", "json"), engine=engine)
            )
            kind = _SCRIPTS[engine]
            self.script(kind, "index").cpu()
            call: list[str | Path] = [
                sys.executable,
                HERE / "search_warm.py",
                self.root,
                engine,
                "300",
                kind,
                self.beside,
            ]
            warm = json.loads(self.run(*call, engine=engine))
            met = warm["added_p50"] <= ADDED + SHARE * warm["engine_p50"]
            yield (
                (
                    f"| {self.name} | {engine} | {told['size'] / 1e6:.1f} MB | {told['size'] / text:.2f} | {used.memory / 1e6:.0f} MB "
                    f"| {warm['p50']:.1f} / {warm['p95']:.1f} ms | {warm['engine_p50']:.1f} / {warm['engine_p95']:.1f} ms "
                    f"| {warm['script_p50']:.1f} ms | {warm['added_p50']:.1f} ms | {'met' if met else '**not met**'} |"
                ),
                met,
            )


def has(engine: str) -> bool:
    """Whether it is installed."""
    return engine != "tantivy" or find_spec("tantivy") is not None


def bases(ground: Ground, sizes: list[int]) -> Iterator[tuple[int, Path]]:
    """The bases of these sizes, made where they are not there yet."""
    for size in sizes:
        yield size, ground.rackspace() if size == 1390 else ground.scaled(size)


def main() -> int:
    """Measure; 1 where a goal is not met."""
    options = _options()
    options.folder.mkdir(parents=True, exist_ok=True)
    ground = Ground(options.corpora.resolve(), options.folder.resolve())
    other = Other(options.rg, options.whoosh_command)
    met = True
    for size, root in bases(ground, options.size or [1390, 10_000, 50_000]):
        text, all_met = measured(Bench(ground, size, root, other), options.only or PARTS, options.runs)
        print(text)
        if not options.no_write and not options.only:
            place(DOCS / "performance.md", f"search {size}", text)
        met = met and all_met
    return int(not met)


def measured(bench: Bench, parts: Sequence[str], runs: int) -> tuple[str, bool]:
    """The two tables of one base, and whether its goals are met."""
    figures = list(bench.figures())
    print("\n".join(row for row, _ in figures), file=sys.stderr, flush=True)
    results = []
    for line, often in bench.lines(parts):
        print(f"{line.name} ...", end=" ", file=sys.stderr, flush=True)
        results.append(result := measure(line, min(runs, often)))
        print(f"{result.ratio:.2f} {result.met}", file=sys.stderr, flush=True)
    head = "| articles | engine | index | of the text | peak memory | warm search, p50 / p95 | of it the engine | a script's query, p50 "
    head += "| added by us, p50 | at most 2 ms + 15% |\n"
    head += "| --: | --- | --: | --: | --: | --- | --- | --: | --: | --- |\n"
    text = f"{table(results, runs)}\n{head}" + "\n".join(row for row, _ in figures) + "\n"
    return text, all(met for _, met in figures) and all(one.met != "**not met**" for one in results)


def _options() -> argparse.Namespace:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or tempfile.gettempdir())
    beside = PROJECT.parent / "shared" / "corpora"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--size", action="append", type=int)
    parser.add_argument("--only", action="append", choices=PARTS)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--rg", default=shutil.which("rg"))
    parser.add_argument("--whoosh-command", default=shutil.which("whoosh"))
    parser.add_argument("--corpora", type=Path, default=Path(os.environ.get("KCS_CORPORA", beside)))
    parser.add_argument("--folder", type=Path, default=cache / "kcs-bench")
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md as it is")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
