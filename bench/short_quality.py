"""Whether short questions are told answered from unanswered,
on bench/short_questions.py: writes docs/search-quality.md.

    python -m bench.short_quality [--corpora FOLDER] [--no-write]

The half by which the judgement was chosen stands beside the one that was looked at when all was done.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from bench.judged_questions import SHOWN, Article, JudgedSet
from bench.pages import DOCS, place
from bench.short_questions import Called, Short, called, questions

_CONFIG = (
    'timezone = "UTC"\n[articles]\ninclude = ["content/**/*.md"]\nexclude = ["**/index.md", "**/all.md"]\n'
)
_GROUPS = {
    "iapp": "th",
    "zalo": "vi",
    "arcd": "ar",
    "stackfaq": "en",
    "cran": "en-cranfield",
    "content": "en",
}
# Texts without a title that begin by saying what something is are called by that: "X (...), là ..." and "X هو ...".
_DEFINED = re.compile(r"(\w+(?: \w+){0,4}) ?,? ?(?:\([^)]*\) ?)?[,،]? ?(là|هو|هي) ")


class Told(NamedTuple):
    """The best match of what is shown for a question, with (`there`) or without what is called so."""

    short: Short
    there: bool
    match: float


def main() -> int:
    """Make both bases, ask them, write the tables."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpora"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path(os.environ.get("KCS_CORPORA", beside)))
    parser.add_argument("--no-write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kcs-short-") as scratch:
        os.environ["XDG_CACHE_HOME"] = f"{scratch}/cache"
        roots = {
            "a real base": _real(given.corpora, Path(scratch) / "real"),
            "wild-mixed": _wild(given.corpora, Path(scratch) / "wild"),
        }
        articles = {name: _called(root) for name, root in roots.items()}
        english = {
            name: [one.title for one in some if one.title and _group(one.path).startswith("en")]
            for name, some in articles.items()
        }
        lines = [f"Measured {time.strftime('%Y-%m-%d')}, Python {sys.version.split()[0]}.\n"]
        for name, root in roots.items():
            (others,) = (titles for other, titles in english.items() if other != name)
            lines += _table(name, list(_told(root, articles[name], others)))
    text = "\n".join(lines)
    print(text)
    if not given.no_write:
        place(DOCS / "search-quality.md", "short questions", text)
    return 0


def _real(corpora: Path, root: Path) -> Path:
    subprocess.run(["git", "clone", "--quiet", corpora / "rackspace-how-to.bundle", root], check=True)
    (root / "kcs.toml").write_text(_CONFIG)
    return root


def _wild(corpora: Path, root: Path) -> Path:
    judged = JudgedSet(corpora / "wild-mixed")
    judged.articles = [
        one if one.title else Article(one.path, _defined(one.text), one.text) for one in judged.articles
    ]
    return judged.write(root)


def _defined(text: str) -> str:
    found = _DEFINED.match(text)
    is_name = found and (found[2] != "là" or all(one[0].isupper() for one in found[1].split()))
    return found[1] if found and is_name else ""


def _group(path: str) -> str:
    """The language of a text's group; none for what is asked about elsewhere."""
    return next((name for part, name in _GROUPS.items() if part in path.split("/")), "")


def _called(root: Path) -> list[Called]:
    from kcs.kb.base import KnowledgeBase

    return called(KnowledgeBase.open(root))


def _told(root: Path, articles: Sequence[Called], others: Sequence[str]) -> Iterator[Told]:
    from kcs.kb.base import KnowledgeBase
    from kcs.search.analysis.query import ask
    from kcs.search.searcher import Searcher

    searcher = Searcher.open(KnowledgeBase.open(root))
    everything = frozenset(one.path for one in articles)
    for short in questions(articles, _group, others):
        question = ask(short.text, searcher.vocabulary)
        for there in (True, False):
            if short.there if there else short.unanswered:
                within = everything - short.taken_out if short.taken_out and not there else None
                hits = searcher.best(question, SHOWN, within).hits
                yield Told(short, there, max((hit.match for hit in hits), default=0.0))
    searcher.close()


def _table(name: str, told: Sequence[Told]) -> Iterator[str]:
    yield f"\n| {name} | called so: answered | taken out: unanswered | another's words: unanswered | balanced, chosen on | on the other half |"
    yield "| --- |" + " --: |" * 5
    for group in dict.fromkeys(one.short.group for one in told):
        mine = [one for one in told if one.short.group == group]
        cells = (_cell(mine, fits) for fits in (_is_there, _is_out, _is_elsewhere))
        halves = (_balanced([one for one in mine if one.short.half == half]) for half in (0, 1))
        yield f"| {group} | {' | '.join(cells)} | {' | '.join(f'{one:.3f}' for one in halves)} |"


def _is_there(one: Told) -> bool:
    return one.there


def _is_out(one: Told) -> bool:
    return not one.there and one.short.there


def _is_elsewhere(one: Told) -> bool:
    return not one.short.there


def _is_right(one: Told) -> bool:
    from kcs.search.analysis.match import FLOOR

    return (one.match >= FLOOR) == one.there


def _cell(told: Sequence[Told], fits: Callable[[Told], bool]) -> str:
    """On the half that nothing was chosen on."""
    right = [_is_right(one) for one in told if fits(one) and one.short.half]
    return f"{fmean(right):.3f} of {len(right)}" if right else ""


def _balanced(told: Sequence[Told]) -> float:
    yes = [_is_right(one) for one in told if one.there]
    no = [_is_right(one) for one in told if not one.there]
    return (fmean(yes) + fmean(no)) / 2 if yes and no else 0.0


if __name__ == "__main__":
    sys.exit(main())
