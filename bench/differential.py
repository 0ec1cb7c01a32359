"""A random walk of what people do to a base; after each step
the answers with what is kept beside those of an empty cache.

python bench/differential.py [--base FOLDER] [--seed N] [--steps N] [--asked N] [--folder DIR]
FOLDER is copied and left as it is; else examples/kb. Prints each difference, and exits 1 where there is one.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from difflib import unified_diff
from importlib import import_module
from pathlib import Path
from random import Random
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:] = [str(PROJECT), *(one for one in sys.path if Path(one or ".").resolve() != PROJECT / "bench")]

from bench.edits import EDITS, Desk  # noqa: E402
from bench.forked import begin  # noqa: E402

# What may differ: how long it took, and what is said of an index that is made.
_MAY_DIFFER = re.compile(r'"took_ms": ?[\d.]+|"seconds": ?[\d.]+|kcs: indexing [\d,]+ articles\n')
# {article}: of some article its path. {queries}: a file of queries.
QUESTIONS = [
    "list --format json", "list --untrusted", "list --sort due --format json", "list --at HEAD~1 --format json",
    "trust --format json", "trust --by owner", "trust --at HEAD --format json",
    "audit", "audit", "audit --format json", "audit --no-baseline --statistics", "audit --changed-since HEAD~2", "audit --staged",
    "audit --min-trust 60 --fail-on warning", "check --format json", "check --verified {article}",
    "search --queries {queries} --format jsonl", "search refund deposit --format json --explain", "search password --any --format ids", "search changed:2026-05..2026-11 --format ids",
    "queue --format json", "queue --soon 60d", "log {article} --format json", "metrics --format json", "metrics --by month --format csv",
    "show {article} --format json", "show {article} --trusted", "areas --format json", "sprint plan --people 3 --format csv",
    "digest --since 400d --format json", "flag --list", "rules --format json",
]  # fmt: skip
# A stamp may name the second it was made in.
_SECONDS = re.compile(rb"T\d\d:\d\d:\d\dZ")
_NO_CLOCK = ("log", "rules", "areas", "flag")
_QUERIES = "reset password\ncalendar empty\ndatabase server\nคืนเงิน\nđặt lịch\n2fa\nhow do i restore a backup\nemail\n"


class Told(NamedTuple):
    """How a run ended, and what it said."""

    code: int
    out: str
    err: str


class Program:
    """The real program, loaded once: each run is a process forked from this one, as fresh as a process of its own."""

    def __init__(self) -> None:
        import_module("bench.loaded")

    def run(self, words: list[str], cwd: Path, env: Mapping[str, str], mask: int = 0o022) -> Told:
        """One run."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            number = begin(words, cwd, env, out.fileno(), err.fileno(), mask)
            _, status = os.waitpid(number, 0)
            out.seek(0)
            err.seek(0)
            said = [_MAY_DIFFER.sub("", one.read().decode("utf-8", "replace")) for one in (out, err)]
        return Told(os.waitstatus_to_exitcode(status), *said)


class Walk:
    """One walk: `found` are the differences so far."""

    def __init__(self, program: Program, base: Path, folder: Path, seed: int) -> None:
        self.found: list[str] = []
        self.asked = 0
        self.loud = False
        self._program, self._folder, self._seed = program, folder, seed
        self._random = Random(seed)
        root = folder / "kb"
        shutil.copytree(base, root, symlinks=True)
        self._queries = folder / "queries.txt"
        self._queries.write_text(_QUERIES, "utf-8")
        self.desk = Desk(root, folder, self._random, self._command)
        self.desk.begin()

    def step(self, number: int, asked: int) -> None:
        """One thing done, and some of what there is to ask asked twice."""
        name = self._random.choice(list(EDITS))
        try:
            said = EDITS[name](self.desk) or ""
        except (OSError, UnicodeError) as error:  # what was chosen cannot be done where others did
            said = f"not done: {error}"
        if self._random.random() < 0.2:
            time.sleep(0.12)  # a file's time is told from that of the cache
        words = [self._random.choice(QUESTIONS).split() for _ in range(asked)]
        fresh = self._folder / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        after = f"seed {self._seed} step {number} {name}: {said}"
        if self.loud:
            print(after, flush=True)
        for one in words:
            self._compare(after, self._filled(one), fresh)

    def _filled(self, words: list[str]) -> list[str]:
        article = self._random.choice(self.desk.articles() or ["articles/none.md"])
        filled = [one.format(article=article, queries=self._queries) for one in words]
        clock = [] if words[0] in _NO_CLOCK or "--at" in words else ["--as-of", self.desk.day]
        return [*filled, *clock]

    def _compare(self, after: str, words: list[str], fresh: Path) -> None:
        kept, anew = (self._told(words, cache) for cache in (self._folder / "kept", fresh))
        self.asked += 1
        for wrong in ("Traceback", "internal error"):
            if wrong in kept.err + anew.err:
                self._note(after, words, kept.err + anew.err)
        if kept != anew:
            was, now = ([str(one.code), *one.out.splitlines(), *one.err.splitlines()] for one in (kept, anew))
            self._note(after, words, "\n".join(unified_diff(was, now, "kept", "anew", lineterm="", n=0)))

    def _note(self, after: str, words: list[str], what: str) -> None:
        told = f"{after}\n  kcs {' '.join(words)}\n{what[:3000]}"
        self.found.append(told)
        print(told, flush=True)

    def _told(self, words: list[str], cache: Path) -> Told:
        env = {**self.desk.env, "XDG_CACHE_HOME": str(cache), "XDG_DATA_HOME": f"{cache}-data"}
        return self._program.run(words, self.desk.root, env, self.desk.mask)

    def _command(self, words: list[str]) -> str:
        """A command that writes, with what is kept; sometimes the
        same in a copy with nothing kept, which must leave the same.
        """
        twin, both = self._folder / "twin", self._random.random() < 0.3
        if both:
            shutil.rmtree(twin, ignore_errors=True)
            shutil.rmtree(self._folder / "alone", ignore_errors=True)
            subprocess.run(["cp", "-a", str(self.desk.root), str(twin)], check=True)
            env = {
                **self.desk.env,
                "XDG_CACHE_HOME": str(self._folder / "alone"),
                "XDG_DATA_HOME": str(twin) + "-data",
            }
            anew = self._program.run(words, twin, env, self.desk.mask)
        kept = self._told(words, self._folder / "kept")
        if "Traceback" in kept.err or "internal error" in kept.err:
            self._note(f"seed {self._seed}", words, kept.err)
        if both:
            here, there = _files(self.desk.root), _files(twin)
            for path in sorted(here.keys() | there.keys()):
                if here.get(path) != there.get(path):
                    was, now = (
                        (one.get(path) or b"").decode("utf-8", "replace").splitlines()
                        for one in (here, there)
                    )
                    what = "\n".join(unified_diff(was, now, "kept", "anew", lineterm="", n=0))
                    self._note(f"seed {self._seed} {path}", words, what)
            if kept.code != anew.code:
                self._note(f"seed {self._seed}", words, f"{kept}\n{anew}")
        return f"{' '.join(words)} -> {kept.code}"


def _files(root: Path) -> dict[str, bytes]:
    paths = (Path(top) / name for top, _, names in os.walk(root) if "/.git" not in top for name in names)
    return {
        str(path.relative_to(root)): _SECONDS.sub(b"", path.read_bytes())
        for path in paths
        if path.is_file() and not path.is_symlink()
    }


def main() -> int:
    """Walks; 1 where an answer differed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--base", type=Path, default=PROJECT / "examples" / "kb")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--asked", type=int, default=5, help="questions a step")
    parser.add_argument("--folder", type=Path, help="where it happens; else a temporary folder")
    parser.add_argument("--loud", action="store_true", help="print each step")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        walk = Walk(Program(), given.base, folder, given.seed)
        walk.loud = given.loud
        for number in range(given.steps):
            walk.step(number, given.asked)
        print(
            f"seed {given.seed}: {given.steps} steps, {walk.asked} questions, {len(walk.found)} differences"
        )
    return 1 if walk.found else 0


if __name__ == "__main__":
    raise SystemExit(main())
