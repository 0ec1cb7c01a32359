"""The judged sets: real texts with real questions, each knowing its article. Read and measured, never copied."""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SETS = ("xquad-mixed", "wild-mixed")
CONFIG = 'timezone = "UTC"\n[articles]\ninclude = ["articles/**/*.md"]\n'
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a group, with the paths of the articles that answer it, and those of all their translations."""

    group: str
    text: str
    right: frozenset[str]
    taken_out: frozenset[str]
    half: int

    @property
    def language(self) -> str:
        """The question's."""
        return self.group[:2]


@dataclass(frozen=True, slots=True)
class Article:
    """A text of a set as an article of a base."""

    path: str
    title: str
    text: str


class JudgedSet:
    """One of the sets. `sample`: at most so many questions of each group, drawn by seed."""

    def __init__(self, folder: Path, sample: int = 0) -> None:
        self.name = folder.name
        lines = _lines(folder / "docs.jsonl")
        self.articles = [Article(_path(one["id"]), one["title"], one["text"]) for one in lines]
        self.questions = list(_questions(folder, [one["id"] for one in lines], sample))
        self.size = sum(len(f"{one.title}\n{one.text}".encode()) for one in self.articles)

    def write(self, root: Path) -> Path:
        """A base that has each text as an article."""
        root.mkdir(parents=True)
        (root / "kcs.toml").write_text(CONFIG)
        for one in self.articles:
            file = root / one.path
            file.parent.mkdir(parents=True, exist_ok=True)
            title = f"title: {json.dumps(one.title)}\n" if one.title else ""
            file.write_text(f"---\n{title}confidence: validated\n---\n{one.text}\n", encoding="utf-8")
        return root


def _questions(folder: Path, ids: Sequence[str], sample: int) -> Iterator[Asked]:
    alike: dict[str, list[str]] = defaultdict(list)
    for one in ids:
        alike[_translations(one)].append(one)
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in _lines(folder / "queries.dev.jsonl"):
        groups[line["group"]].append(line)
    draw = random.Random(1)
    for group, lines in groups.items():
        for line in draw.sample(lines, min(sample, len(lines))) if sample else lines:
            right = list(line["rel"])
            out = {_path(one) for key in right for one in alike[_translations(key)]}
            # Halves by article, so that translations and the same question mistyped fall on the same side.
            digest = hashlib.md5(_translations(min(right)).encode(), usedforsecurity=False).digest()
            yield Asked(
                group, str(line["text"]), frozenset(map(_path, right)), frozenset(out), digest[-1] % 2
            )


def _translations(key: str) -> str:
    source, _, number = key.split(":", 2)
    return f"{source}:{number}" if source == "xquad" else key


def _path(key: str) -> str:
    return "articles/" + key.replace(":", "/") + ".md"


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def reciprocal(shown: Sequence[str], right: Iterable[str]) -> float:
    """1 / the place of the first right one among the ten shown, else 0."""
    wanted = set(right)
    return next((1 / place for place, one in enumerate(shown[:SHOWN], 1) if one in wanted), 0.0)
