"""What may go wrong with an index, done to it on purpose: nothing may be found wrong afterwards, and nothing be lost.

python bench/search_faults.py [--kills 200] [--switches 1000] [--seconds 60] [--engine NAME]... [--folder DIR]

Bases are made of random words, by seed, in a folder of their own. Each finding is held against an index that was made
anew in memory from the same files. tests/search/test_index_faults.py runs the same, shorter.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
# Not the folder of this file: its modules are `bench.x`, and none may stand in for one of Python's.
sys.path[:] = [str(PROJECT), *(one for one in sys.path if Path(one or ".").resolve() != PROJECT / "bench")]

from kcs.kb.base import KnowledgeBase  # noqa: E402
from kcs.search.analysis.query import ask  # noqa: E402
from kcs.search.index import Index  # noqa: E402
from kcs.search.index_update import Update  # noqa: E402
from kcs.search.searcher import Searcher  # noqa: E402

ENGINES = ("whoosh", "sqlite", "tantivy")
CONFIG = 'timezone = "UTC"\n[articles]\ninclude = ["articles/**/*.md"]\n'
SYLLABLES = ["ba", "de", "fi", "go", "lu", "ma", "ne", "po", "ri", "so", "ta", "vu", "ka", "ze"]


class Base:
    """A base in a repository whose articles are changed at random. Each holds `everywhere` and a word of its own."""

    def __init__(self, root: Path, articles: int, seed: int = 1) -> None:
        self.root, self.draw = root, random.Random(seed)
        self.words = ["".join(self.draw.choices(SYLLABLES, k=3)) for _ in range(400)]
        self.env = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "KCS_"))},
            "XDG_CACHE_HOME": str(root.parent / "cache"),
            "XDG_CONFIG_HOME": str(root.parent / "config"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PYTHONPATH": str(PROJECT),
            **{
                f"GIT_{role}_{what}": f"bench@{what}"
                for role in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }
        (root / "articles").mkdir(parents=True)
        (root / "kcs.toml").write_text(CONFIG)
        self.paths = [root / "articles" / f"a{number:04}.md" for number in range(articles)]
        for path in self.paths:
            self.write(path)
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("begin")

    def git(self, *arguments: str) -> None:
        """RuntimeError where it fails."""
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=self.env, capture_output=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr.decode())

    def commit(self, name: str) -> None:
        """All as it is, as a branch of that name."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", name)
        self.git("branch", "--force", name)

    def write(self, path: Path) -> None:
        """Another text."""
        words = " ".join(self.draw.choices(self.words, k=self.draw.randint(5, 120)))
        path.write_text(
            f"---\ntitle: {self.draw.choice(self.words)}\n---\n\neverywhere {path.stem}only {words} ที่นี่\n"
        )

    def change(self, number: int) -> None:
        """Write so many of the articles anew; now and then one goes, comes back, or moves."""
        for path in self.draw.sample(self.paths, number):
            match self.draw.randrange(8):
                case 0:
                    path.unlink(missing_ok=True)
                case 1 if path.exists():
                    path.rename(path.with_name(f"moved-{path.stem}-{self.draw.randrange(99)}.md"))
                case _:
                    self.write(path)

    def start(
        self, *arguments: str, engine: str, before: Callable[[], None] | None = None
    ) -> subprocess.Popen[bytes]:
        """The real program, begun; `before` runs in its process first."""
        return subprocess.Popen(
            [sys.executable, "-m", "kcs", *arguments],
            cwd=self.root,
            env={**self.env, "KCS_ENGINE": engine},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=before,
        )

    def run(self, *arguments: str, engine: str, before: Callable[[], None] | None = None) -> tuple[str, str]:
        """What it says on stdout and stderr; RuntimeError where it fails or shows a traceback."""
        process = self.start(*arguments, engine=engine, before=before)
        out, err = (text.decode() for text in process.communicate())
        if process.returncode or "Traceback" in err or "internal error" in err:
            raise RuntimeError(f"{arguments}: exit {process.returncode}: {err}")
        return out, err


Answers = Mapping[str, tuple[int, frozenset[str]]]


def answers(searcher: Searcher, base: Base, number: int = 12) -> Answers:
    """Question -> how many articles it finds, and which; the
    vocabulary's numbers and the lengths of fields go with them.
    """
    draw = random.Random(7)
    found: dict[str, tuple[int, frozenset[str]]] = {}
    questions = ["everywhere", "ที่นี่", *(" ".join(draw.sample(base.words, 2)) for _ in range(number))]
    for words in questions:
        ranked = searcher.best(ask(words, searcher.vocabulary), 10_000)
        found[words] = ranked.total, frozenset(hit.path for hit in ranked.hits)
    known = {word: (searcher.vocabulary.known(word), frozenset[str]()) for word in base.words}
    state = searcher.ask_index(lambda index: index.state)
    return {
        **found,
        **known,
        "lengths": (0, frozenset((f"words {state.words}", f"clusters {state.clusters}"))),
    }


def anew(kb: KnowledgeBase) -> Searcher:
    """What an index says that was made anew."""
    index = Index.in_memory()
    Update(index, kb).run()
    return Searcher(kb, index, (), lambda _: index)


def wrong(base: Base, engine: str) -> list[str]:
    """Where the kept index says something else than one that is made anew; opening it brings it up to date."""
    kb = KnowledgeBase.open(base.root)
    kept, fresh = Searcher.open(kb, engine), anew(kb)
    said, wanted = answers(kept, base), answers(fresh, base)
    kept.close()
    return list(kept.notes) + [
        f"{words}: {said[words]} is not {wanted[words]}" for words in wanted if said[words] != wanted[words]
    ]


def kills(base: Base, engine: str, number: int) -> Iterator[str]:
    """kill -9 at any point of an update; the next search finds what it should."""
    base.run("index", engine=engine)
    begun = time.monotonic()
    base.change(20)
    base.run("index", engine=engine)
    whole = time.monotonic() - begun
    cut = 0
    for turn in range(number):
        base.change(base.draw.choice([3, 30, len(base.paths)]))
        arguments = ["index", "--rebuild"] if turn % 5 == 4 else ["index"]
        process = base.start(*arguments, engine=engine)
        time.sleep(base.draw.uniform(0.3, 1.3) * whole)
        cut += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        yield from (f"after kill {turn}: {one}" for one in wrong(base, engine))
    print(f"  {number} kills, {cut} of them before the end", file=sys.stderr)


def crowd(base: Base, engine: str, seconds: float, writers: int = 4, readers: int = 8) -> Iterator[str]:
    """Writers that change articles and index, readers that search, all at once."""
    base.run("index", engine=engine)
    code = f"from bench.search_faults import {{0}}; {{0}}({str(base.root)!r}, {engine!r}, {{1}}, {seconds})"
    jobs = [code.format("write_on", turn) for turn in range(writers)]
    jobs += [code.format("read_on", turn) for turn in range(readers)]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", job],
            cwd=PROJECT,
            env=base.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for job in jobs
    ]
    said = [process.communicate()[0].decode().strip() for process in started]
    searches = 0
    for process, text in zip(started, said, strict=True):
        if process.returncode:
            yield text
        else:
            searches += int(text.rpartition("\n")[2] or 0)
    yield from wrong(base, engine)
    print(f"  {writers} writers, {readers} readers, {searches} searches", file=sys.stderr)


def write_on(root: str, engine: str, which: int, seconds: float) -> None:
    """One writer: texts change, and nothing else, so that readers know what there must be."""
    paths = sorted(Path(root, "articles").glob("a*.md"))[which::4]
    draw = random.Random(which)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for path in draw.sample(paths, min(3, len(paths))):
            temporary = path.with_suffix(".tmp")
            temporary.write_text(f"---\ntitle: t\n---\n\neverywhere {path.stem}only {draw.random()} ที่นี่\n")
            temporary.replace(path)
        Searcher.open(KnowledgeBase.open(Path(root)), engine).close()
    print(0)


def read_on(root: str, engine: str, which: int, seconds: float) -> None:
    """One reader. RuntimeError where an article is missing or found twice."""
    draw = random.Random(which)
    end = time.monotonic() + seconds
    searches = 0
    while time.monotonic() < end:
        kb = KnowledgeBase.open(Path(root))
        searcher = Searcher.open(kb, engine)
        for _ in range(5):
            total = searcher.best(ask("everywhere", searcher.vocabulary), 10).total
            article = draw.choice(kb.articles)
            own = searcher.best(ask(f"{Path(article.path).stem}only", searcher.vocabulary), 10)
            if (
                total != len(kb.articles)
                or [hit.path for hit in own.hits] != [article.path]
                or searcher.notes
            ):
                raise RuntimeError(f"{total} of {len(kb.articles)}; {article.path}: {own}; {searcher.notes}")
            searches += 2
        searcher.close()
    print(searches)


def full_disk(base: Base, engine: str, tries: int) -> Iterator[str]:
    """No file may grow beyond a limit, which is what a full disk is to a program: it searches in memory and says so."""
    noted = 0
    for turn in range(tries):
        limit = [0, 100, 5_000, 20_000, 60_000, 200_000][turn % 6]
        base.change(20)
        arguments = ["index", "--rebuild"] if turn % 2 else ["index"]
        out, err = base.run(
            *arguments,
            engine=engine,
            before=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit)),
        )
        noted += "could not be kept" in err
        if "brought in" not in out and "nothing was kept" not in out and "up to date" not in out:
            yield f"with {limit} bytes: {out} {err}"
        yield from (f"after {limit} bytes: {one}" for one in wrong(base, engine))
    print(f"  {tries} tries, {noted} of them in memory", file=sys.stderr)


def read_only(base: Base, engine: str) -> Iterator[str]:
    """A cache folder that cannot be written, without an index and with an old one."""
    base.run("index", engine=engine)
    base.change(10)
    before = os.environ.get("XDG_CACHE_HOME", "")
    for folder in (os.devnull + "/none", str(base.root / "kcs.toml")):
        os.environ["XDG_CACHE_HOME"] = folder
        try:
            kb = KnowledgeBase.open(base.root)
            searcher = Searcher.open(kb, engine)
            if not any("could not be kept" in note for note in searcher.notes):
                yield f"{folder}: it is not said"
            if answers(searcher, base) != answers(anew(kb), base):
                yield f"{folder}: something else is found"
        finally:
            os.environ["XDG_CACHE_HOME"] = before
    yield from wrong(base, engine)


def switches(base: Base, engine: str, number: int, branches: int = 12) -> Iterator[str]:
    """Random branch switches: what is found, and the vocabulary, are as in an index made anew of that branch."""
    names = [f"b{turn}" for turn in range(branches)]
    wanted: dict[str, Answers] = {}
    for name in names:
        base.change(base.draw.choice([1, 10, len(base.paths) // 2]))
        base.commit(name)
        wanted[name] = answers(anew(KnowledgeBase.open(base.root)), base)
    for turn in range(number):
        name = base.draw.choice(names)
        base.git("checkout", "--quiet", name)
        searcher = Searcher.open(KnowledgeBase.open(base.root), engine)
        said = answers(searcher, base)
        if said != wanted[name] or searcher.notes:
            yield f"switch {turn} to {name}: " + ", ".join(
                one for one in said if said[one] != wanted[name][one]
            )
        searcher.close()
    base.git("checkout", "--quiet", "main")


def main() -> int:
    """Run all of it; 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--switches", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--engine", action="append", choices=ENGINES)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    failed = 0
    for engine in options.engine or ENGINES:
        if engine == "tantivy" and find_spec("tantivy") is None:
            print("tantivy is not installed")
            continue
        trials: list[tuple[str, Callable[[Base], Iterator[str]]]] = [
            ("kill -9", lambda base, name=engine: kills(base, name, options.kills)),  # type: ignore[misc]
            ("a crowd", lambda base, name=engine: crowd(base, name, options.seconds)),  # type: ignore[misc]
            ("full disk", lambda base, name=engine: full_disk(base, name, 60)),  # type: ignore[misc]
            ("read-only", lambda base, name=engine: read_only(base, name)),  # type: ignore[misc]
            ("branch switches", lambda base, name=engine: switches(base, name, options.switches)),  # type: ignore[misc]
        ]
        for what, trial in trials:
            if options.folder:
                options.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=options.folder) as folder:
                base = Base(Path(folder) / "kb", options.articles)
                os.environ.update({key: base.env[key] for key in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME")})
                problems = list(trial(base))
            failed += len(problems)
            print(
                f"{engine}, {what}: {'nothing wrong' if not problems else f'{len(problems)} wrong'}",
                flush=True,
            )
            for problem in problems[:5]:
                print(f"  {problem[:600]}")
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
