"""Questions whose article is known, from real data: each once with its article in the base and once without.

Taking out a question's article takes out all its translations. Nothing of the data is kept here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

# The groups of questions as they are reported, by corpus; the others are the same questions with typing errors.
NATURAL = {"wild-mixed": ("th", "ar", "vi", "en-stackfaq"), "xquad-mixed": ("th", "ar", "vi", "en")}
MISTYPED = {
    "wild-mixed": ("th-typo", "ar-typo", "vi-typo", "vi-plain", "en-typo"),
    "xquad-mixed": ("th-typo", "ar-typo", "vi-typo", "vi-plain", "en-typo"),
}


class Document(NamedTuple):
    """One article."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """`family`: every article that answers it, translations included. `half` is the articles', 0 or 1."""

    text: str
    group: str
    family: frozenset[str]
    topic: str
    half: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """One corpus in one index, all its languages together."""

    name: str
    documents: list[Document]
    questions: list[Question]


def load(folder: Path, name: str) -> Corpus:
    """The corpus `name` below `folder`."""
    documents = [
        Document(one["id"], one["title"], one["text"]) for one in _lines(folder / name / "docs.jsonl")
    ]
    families = _families(document.id for document in documents)
    questions = []
    for one in _lines(folder / name / "queries.dev.jsonl"):
        family = frozenset(member for article in one["rel"] for member in families[_topic(article)])
        topic = _topic(min(one["rel"]))
        half = hashlib.sha256(topic.encode()).digest()[0] & 1
        questions.append(Question(one["text"], one["group"], family, topic, half))
    return Corpus(name, documents, questions)


def _lines(file: Path) -> Iterable[dict[str, Any]]:
    with file.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _topic(article: str) -> str:
    """What translations share: `xquad:th:17` and `xquad:en:17` are one article in two languages."""
    source, _, number = article.split(":", 2)
    return f"xquad:{number}" if source == "xquad" else article


def _families(articles: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for article in articles:
        found.setdefault(_topic(article), []).append(article)
    return found
