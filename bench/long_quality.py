"""What search finds and holds answered where a whole mail is the question: writes docs/search-quality.md.

    python -m bench.long_quality [--corpora FOLDER] [--real FILE] [--engine NAME] [--sample N] [--no-write]

No public set of mails with the article that answers each is at hand, so mails are **made** (bench/long_mails.py) around the
questions of the judged sets and the titles of real articles; what else they say is taken from articles that are left out of the base.
`--real`: questions as people put them in a forum of support, with the sentences of the article that answers each, as
TechQA's (label, question, sentence, number, with tabs between); they are asked among the real articles.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from bench.judged_questions import SETS, SHOWN, Article, Asked, JudgedSet, reciprocal
from bench.long_mails import mail, sentences
from bench.pages import DOCS, place

_CONFIG = 'timezone = "UTC"\n[articles]\ninclude = ["**/*.md"]\nexclude = ["**/index.md", "**/all.md"]\n'
_GROUPS = ("th", "ar", "vi", "vi-plain", "en", "en-stackfaq", "ar-typo", "en-typo")
_LANGUAGES = {"iapp": "th", "zalo": "vi", "arcd": "ar", "stackfaq": "en", "content": "en"}
_WAYS = ("the question alone", "the mail in one", "sentence by sentence")


class Mail(NamedTuple):
    """A mail and the question in it; of a real one that is all of it."""

    asked: Asked
    text: str


class Told(NamedTuple):
    """What came of it: the right article's place (reciprocal), the best match with it in the base and without."""

    mail: Mail
    found: float
    match: float
    without: float


def main() -> int:
    """Make the bases, ask, write the tables."""
    given = _options()
    how = f"{given.engine}, {given.sample} questions of each group"
    lines = [f"Measured {time.strftime('%Y-%m-%d')}, Python {sys.version.split()[0]}, {how}.\n"]
    with tempfile.TemporaryDirectory(prefix="kcs-long-") as scratch:
        os.environ["XDG_CACHE_HOME"] = f"{scratch}/cache"
        real = _real_articles(given.corpora, Path(scratch) / "clone")
        made: dict[str, tuple[list[Article], list[Mail]]] = {
            f"{name}, mails made": _made(JudgedSet(given.corpora / name, given.sample)) for name in SETS
        }
        made["a real base, mails made around titles"] = _titled(real, given.sample * 2)
        if given.real:
            made["a real base, real questions"] = _real(given.real, real)
        for name, (articles, mails) in made.items():
            root = Path(scratch) / hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
            told = _ask(_written(root, articles), mails, given.engine)
            lines += _table(name, len(articles), told)
            print(f"{name}: {len(mails)} mails", file=sys.stderr, flush=True)
    text = "\n".join(lines)
    print(text)
    if not given.no_write:
        place(DOCS / "search-quality.md", "long questions", text)
    return 0


# ---- mails


def _made(judged: JudgedSet) -> tuple[list[Article], list[Mail]]:
    asked = [one for one in judged.questions if one.group in _GROUPS]
    return _around(judged.articles, asked, frozenset(path for one in asked for path in one.taken_out))


def _titled(articles: Sequence[Article], sample: int) -> tuple[list[Article], list[Mail]]:
    long = [one for one in articles if len(one.title.split()) > 3]
    asked = [
        Asked("en-titles", one.title, frozenset((one.path,)), frozenset((one.path,)), _half(one.path))
        for one in random.Random(3).sample(long, min(sample, len(long)))
    ]
    return _around(articles, asked, frozenset(path for one in asked for path in one.right))


def _around(
    articles: Sequence[Article], asked: Sequence[Asked], kept: frozenset[str]
) -> tuple[list[Article], list[Mail]]:
    """One article in eight that answers nothing here is taken out: what it says is what the mails say besides."""
    out = {one.path for one in articles if one.path not in kept and _digest(_topic(one.path)) % 8 == 0}
    other: dict[str, list[str]] = defaultdict(list)
    for one in articles:
        if one.path in out:
            other[_language(one.path)] += sentences(one.text, _language(one.path))
    draw = random.Random(5)
    mails = [Mail(one, mail(one.text, one.language, other[one.language], draw)) for one in asked]
    return [one for one in articles if one.path not in out], mails


def _real(file: Path, articles: Sequence[Article]) -> tuple[list[Article], list[Mail]]:
    texts: dict[str, dict[int, str]] = defaultdict(dict)
    asked: dict[str, str] = {}
    for line in file.read_text("utf-8").splitlines():
        _, question, sentence, number = line.split("\t")
        key, start, _ = number.rsplit("_", 2)
        texts[key][int(start)] = sentence
        asked[key] = question
    paths: dict[str, str] = {}
    for key, said in texts.items():
        paths.setdefault(_text(said), f"real/{key}.md")
    mails = []
    for key, question in asked.items():
        right = frozenset((paths[_text(texts[key])],))
        # Where signs were taken out, two blanks are left.
        text = re.sub(r" {2,}", ", ", re.sub(r" {2,}(?=[A-Z])", ". ", question.strip()))
        mails.append(Mail(Asked("en", text, right, right, _half(min(right))), text))
    return [*articles, *(Article(path, "", text) for text, path in paths.items())], mails


def _text(said: Mapping[int, str]) -> str:
    return "\n".join(said[start] for start in sorted(said))


def _real_articles(corpora: Path, root: Path) -> list[Article]:
    subprocess.run(
        ["git", "clone", "--quiet", str(corpora / "rackspace-how-to.bundle"), str(root)], check=True
    )
    found = []
    for file in sorted(root.glob("content/**/*.md")):
        head, _, body = file.read_text("utf-8", "replace").partition("\n---\n")
        title = re.search(r"^title:\s*['\"]?(.*?)['\"]?\s*$", head, re.MULTILINE)
        if title and file.name not in ("index.md", "all.md"):
            found.append(Article(file.relative_to(root).as_posix(), title[1], body))
    return found


def _topic(path: str) -> str:
    """What translations share."""
    parts = path.split("/")
    return parts[-1] if "xquad" in parts else path


def _language(path: str) -> str:
    parts = path.split("/")
    if "xquad" in parts:
        return parts[2]
    return _LANGUAGES.get(parts[1] if parts[0] == "articles" else parts[0], "")


def _digest(text: str) -> int:
    return hashlib.md5(text.encode(), usedforsecurity=False).digest()[-1]


def _half(text: str) -> int:
    return _digest(text) % 2


# ---- asking


def _written(root: Path, articles: Sequence[Article]) -> Path:
    root.mkdir()
    (root / "kcs.toml").write_text(_CONFIG)
    for one in articles:
        file = root / one.path
        file.parent.mkdir(parents=True, exist_ok=True)
        title = "title: '{}'\n".format(one.title.replace("'", "''")) if one.title else ""
        file.write_text(f"---\n{title}confidence: validated\n---\n{one.text}\n", encoding="utf-8")
    return root


def _ask(root: Path, mails: Sequence[Mail], engine: str) -> dict[str, list[Told]]:
    from kcs.kb.base import KnowledgeBase
    from kcs.search.analysis.query import ask
    from kcs.search.analysis.question import Question
    from kcs.search.language import parse
    from kcs.search.pasted import read, text_of
    from kcs.search.searcher import Ranking, Searcher

    kb = KnowledgeBase.open(root)
    searcher = Searcher.open(kb, engine)
    everything = frozenset(kb.articles.paths)

    def understand(words: str) -> Question:
        return ask(words, searcher.vocabulary)

    def hits(way: str, one: Mail, within: frozenset[str] | None) -> Sequence[Ranking]:
        if way == _WAYS[2]:
            query = parse(one.text)
            if query.pasted or len(query.words) > 280:
                found = read(
                    text_of(query),
                    understand,
                    lambda asked, most: searcher.best(asked, most, within),
                    lambda asked: searcher.glance(asked, within),
                    SHOWN,
                )
                return [told.hit for told in found.answers][:SHOWN]
        words = one.asked.text if way == _WAYS[0] else " ".join(one.text.split())
        return searcher.best(understand(words), SHOWN, within).hits

    told: dict[str, list[Told]] = {way: [] for way in _WAYS}
    for one in mails:
        rest = everything - one.asked.taken_out
        for way in _WAYS:
            there, without = hits(way, one, None), hits(way, one, rest)
            told[way].append(
                Told(
                    one,
                    reciprocal([hit.path for hit in there], one.asked.right),
                    max((hit.match for hit in there), default=0.0),
                    max((hit.match for hit in without), default=0.0),
                )
            )
    searcher.close()
    return told


def _table(name: str, articles: int, told: Mapping[str, Sequence[Told]]) -> Iterator[str]:
    yield f"\n### {name}: {articles:,} articles\n"
    yield "| | mails | " + " | ".join(f"{way}: MRR@10 | answered | unanswered" for way in _WAYS) + " |"
    yield "| --- | --: |" + " --: |" * 9
    groups = list(dict.fromkeys(one.mail.asked.group for one in told[_WAYS[0]]))
    for group in groups:
        yield _row(
            group, {way: [one for one in some if one.mail.asked.group == group] for way, some in told.items()}
        )
    for half in (0, 1):
        called = f"all, the half {'that was not looked at' if half else 'it was chosen on'}"
        yield _row(
            called, {way: [one for one in some if one.mail.asked.half == half] for way, some in told.items()}
        )


def _row(called: str, told: Mapping[str, Sequence[Told]]) -> str:
    from kcs.search.analysis.match import FLOOR

    cells = [called, str(len(told[_WAYS[0]]))]
    for some in told.values():
        cells += [
            f"{fmean(one.found for one in some):.3f}",
            f"{fmean(one.match >= FLOOR for one in some):.2f}",
            f"{fmean(one.without < FLOOR for one in some):.2f}",
        ]
    return f"| {' | '.join(cells)} |"


def _options() -> argparse.Namespace:
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpora"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path(os.environ.get("KCS_CORPORA", beside)))
    parser.add_argument("--real", type=Path)
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--sample", type=int, default=60, help="so many questions of each group")
    parser.add_argument("--no-write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
