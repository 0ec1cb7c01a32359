"""An article to the terms it is found by, weights of its parts included, and to its record.

A record is what the second stage reads of a candidate, one string of lines: the title's words; all words in
order; then, for counting, the distinct words that are there once, twice, more often. Words are folded, not
stemmed; a run of a script without blanks is one word. Each line begins and ends with a blank, so that ` word ` is
found whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kcs.search.analysis.english import english_stem
from kcs.search.analysis.stop_words import ENGLISH
from kcs.search.analysis.words import piece
from kcs.search.model import Terms

if TYPE_CHECKING:
    from kcs.search.text import Parts

# How often a word of a part counts. Measured: docs/search-quality.md.
TITLE, TAGS, PRODUCT, DESCRIPTION = 2, 2, 2, 2
SECTIONS = {"issue": 2, "environment": 2}


def analyse(parts: Parts) -> Terms:
    """What an article is found by."""
    texts: list[tuple[str, int]] = [
        (parts.title, TITLE),
        (parts.description, DESCRIPTION),
        (parts.product, PRODUCT),
        *((tag, TAGS) for tag in parts.tags),
    ]
    for part in parts.sections:
        weight = SECTIONS.get(part.kind, 1)
        texts += [(part.heading, weight), (part.text, weight)]
    return _terms([text for text in texts if text[0]], bool(parts.title))


def analyse_text(title: str, text: str) -> Terms:
    """The same of a title and a plain text."""
    return _terms([(title, TITLE), (text, 1)] if title else [(text, 1)], bool(title))


def _terms(texts: Iterable[tuple[str, int]], titled: bool) -> Terms:
    words: dict[str, int] = {}
    clusters: dict[str, int] = {}
    lines: list[str] = []
    for text, weight in texts:
        pieces = text.split()
        _count(pieces, weight, words, clusters)
        lines.append(" ".join(filter(None, [piece(spelt).record for spelt in pieces])))
    title = lines[0] if titled else ""
    return Terms(words, clusters, record(title, " ".join(filter(None, lines))))


def _count(pieces: list[str], weight: int, words: dict[str, int], clusters: dict[str, int]) -> None:
    for spelt, count in Counter(pieces).items():
        found = piece(spelt)
        for term in found.words:
            words[term] = words.get(term, 0) + count * weight
        for term in found.clusters:
            clusters[term] = clusters.get(term, 0) + count * weight


def told(title: str, text: str) -> tuple[dict[str, int], dict[str, int]]:
    """The words and clusters that a record's text tells, and its title's once more: near to those of its article."""
    words: dict[str, int] = {}
    clusters: dict[str, int] = {}
    others: list[str] = []
    for word, count in Counter([*text.split(), *title.split()]).items():
        if word.isascii() and word.isalpha():
            if word not in ENGLISH:
                term = english_stem(word)
                words[term] = words.get(term, 0) + count
        else:
            others += [word] * count
    _count(others, 1, words, clusters)
    return words, clusters


def record(title: str, text: str) -> str:
    """The record of folded words, one blank between two; `text` has those of the title too."""
    counts: Mapping[str, int] = Counter(text.split(" "))
    groups: tuple[list[str], ...] = ([], [], [])
    for word, count in counts.items():
        if word not in ENGLISH:
            groups[min(count, 3) - 1].append(word)
    return "\n".join(f" {line} " for line in (title, text, *map(" ".join, groups)))
