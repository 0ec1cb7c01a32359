"""What search finds and what it holds for an answer, on judged questions, beside what others find: one command.

python bench/search_quality.py [--sample N] [--engine NAME]... [--only SET]... [--no-baselines] [--no-write]

Makes a base of each judged set, asks it every question as `kcs search` does, and writes the tables of
docs/search-quality.md. Exits 1 where a goal is not met. `--sample`: so many questions of each group.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean

PROJECT = Path(__file__).resolve().parents[1]
# Not the folder of this file: its modules are `bench.x`, and none may stand in for one of Python's.
sys.path[:] = [str(PROJECT), *(one for one in sys.path if Path(one or ".").resolve() != PROJECT / "bench")]

from bench.identifiers import identifiers  # noqa: E402
from bench.judged_questions import SETS, SHOWN, Asked, JudgedSet, reciprocal  # noqa: E402
from bench.pages import DOCS, place  # noqa: E402
from bench.search_baselines import Find, baselines  # noqa: E402
from bench.search_tables import Goals, answered_tables, beside_table, found_table, goals  # noqa: E402


@dataclass
class Outcome:
    """What came of one question: where the right article stood (reciprocal), the best match of all that were shown,
    and the best match with the right article and its translations taken out."""

    asked: Asked
    found: float
    empty: bool
    match: float = 0.0
    without: float = 0.0


@dataclass
class Measured:
    """One set with one engine or baseline."""

    name: str
    outcomes: list[Outcome] = field(default_factory=list)
    size: float = 0.0

    def mean(self, group: str) -> float:
        """MRR@10 of a group."""
        return fmean(one.found for one in self.outcomes if one.asked.group == group)

    def empty(self) -> int:
        """How many questions got nothing at all."""
        return sum(one.empty for one in self.outcomes)


def main() -> int:
    """Measure all; 1 where a goal is not met."""
    options = _options()
    lines: list[str] = [_machine(options)]
    met: list[bool] = []
    with tempfile.TemporaryDirectory(prefix="kcs-quality-") as scratch:
        os.environ["XDG_CACHE_HOME"] = f"{scratch}/cache"
        for name in options.only or SETS:
            judged = JudgedSet(options.corpora / name, options.sample)
            engines = options.engine or _engines()
            ours = {engine: _ours(judged, Path(scratch) / name, engine) for engine in engines}
            others = [] if options.no_baselines else list(_others(judged, Path(scratch)))
            lines += found_table(judged, others, ours)
            lines += beside_table(judged, others, ours[engines[0]]) if others else []
            lines += answered_tables(judged, ours[engines[0]])
            met += [_reached(one, goals(name, engine)) for engine, one in ours.items()]
        if not options.only:
            lines += identifiers(options.corpora, Path(scratch), options.engine or _engines())
    text = "\n".join(lines)
    print(text)
    if not (options.no_write or options.only or options.no_baselines):
        place(DOCS / "search-quality.md", "search quality", text)
    return int(not all(met))


def _ours(judged: JudgedSet, root: Path, engine: str) -> Measured:
    """Every question, asked as the command asks; then again without the articles that answer it."""
    from kcs.kb.base import KnowledgeBase
    from kcs.search.analysis.query import ask
    from kcs.search.index_folder import index_folder
    from kcs.search.searcher import Searcher

    if not root.exists():
        judged.write(root)
    kb = KnowledgeBase.open(root)
    searcher = Searcher.open(kb, engine)
    result = Measured(f"kcs, {engine}")
    everything = frozenset(one.path for one in judged.articles)
    for number, one in enumerate(judged.questions):
        _tell(judged.name, engine, number, len(judged.questions))
        question = ask(one.text, searcher.vocabulary)
        hits = searcher.best(question, SHOWN).hits
        rest = searcher.best(question, SHOWN, everything - one.taken_out).hits
        result.outcomes.append(
            Outcome(
                one,
                reciprocal([hit.path for hit in hits], one.right),
                not hits,
                max((hit.match for hit in hits), default=0.0),
                max((hit.match for hit in rest), default=0.0),
            )
        )
    searcher.close()
    files = (path for path in index_folder(kb, engine).rglob("*") if path.is_file())
    result.size = sum(path.stat().st_size for path in files) / judged.size
    return result


def _others(judged: JudgedSet, scratch: Path) -> Iterator[Measured]:
    for number, (name, make) in enumerate(baselines()):
        find: Find = make(judged.articles, scratch / f"{judged.name}-{number}")
        result = Measured(name)
        for at, one in enumerate(judged.questions):
            _tell(judged.name, name, at, len(judged.questions))
            shown = find(one.text)
            result.outcomes.append(Outcome(one, reciprocal(shown, one.right), not shown))
        yield result


def _engines() -> list[str]:
    return ["whoosh", "sqlite", *(["tantivy"] if find_spec("tantivy") else [])]


def _reached(one: Measured, wanted: Goals) -> bool:
    groups = {outcome.asked.group for outcome in one.outcomes}
    return not one.empty() and all(one.mean(group) >= wanted.get(group, 0) for group in groups)


def _tell(*words: object) -> None:
    if isinstance(words[2], int) and words[2] % 500 == 0:
        print(*words, file=sys.stderr, flush=True)


def _machine(options: argparse.Namespace) -> str:
    whose = f"a sample of {options.sample} of each group" if options.sample else "all of the dev half"
    return f"Measured {time.strftime('%Y-%m-%d')}, Python {sys.version.split()[0]}, {whose}.\n"


def _options() -> argparse.Namespace:
    beside = PROJECT.parent / "shared" / "corpora"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--engine", action="append")
    parser.add_argument("--only", action="append", choices=SETS)
    parser.add_argument("--no-baselines", action="store_true")
    parser.add_argument("--no-write", action="store_true")
    parser.add_argument("--corpora", type=Path, default=Path(os.environ.get("KCS_CORPORA", beside)))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
