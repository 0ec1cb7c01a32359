"""Turns an article into the terms it is found by, weights of its parts included, and its record.

A record is what the second stage reads of a candidate, one string of lines: the title's words; all words in
order; then, for counting, the distinct words that are there once, twice, more often; then the names that have parts
without a mark between, cut (`max-payload-size`; in the text it is one word). Words are folded, not
stemmed; a run of a script without blanks is one word. Each line begins and ends with a blank, so that ` word ` is
found whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kcs.search.analysis.stop_words import ENGLISH
from kcs.search.analysis.words import PIECES, Piece
from kcs.search.model import Terms

if TYPE_CHECKING:
    from kcs.search.text import Parts

# The weight of a word in each part. Measured: docs/search-quality.md.
TITLE, TAGS, PRODUCT, DESCRIPTION = 2, 2, 2, 2
SECTIONS = {"issue": 2, "environment": 2}


def analyse(parts: Parts) -> Terms:
    """The terms of an article."""
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
    """The same for a title and a plain text."""
    return _terms([(title, TITLE), (text, 1)] if title else [(text, 1)], bool(title))


def _terms(texts: Sequence[tuple[str, int]], titled: bool) -> Terms:
    counts: Counter[str] = Counter()
    split = [text.split() for text, _ in texts]
    for pieces, (_, weight) in zip(split, texts, strict=True):
        counts.update(pieces * weight)
    found = dict(zip(counts, map(PIECES.__getitem__, counts), strict=True))
    words, clusters = _counted(zip(found.values(), counts.values(), strict=True))
    folded = {spelt: one.record for spelt, one in found.items()}.__getitem__
    lines = [" ".join(filter(None, map(folded, pieces))) for pieces in split]
    title = lines[0] if titled else ""
    names = " ".join(dict.fromkeys(filter(None, (one.names for one in found.values()))))
    return Terms(words, clusters, record(title, " ".join(filter(None, lines)), names))


def _counted(pieces: Iterable[tuple[Piece, int]]) -> tuple[dict[str, int], dict[str, int]]:
    """The terms of pieces with these counts."""
    words: dict[str, int] = {}
    clusters: dict[str, int] = {}
    for (terms, pairs, _, _), count in pieces:
        for term in terms:
            words[term] = words.get(term, 0) + count
        for term in pairs:
            clusters[term] = clusters.get(term, 0) + count
    return words, clusters


def told(title: str, text: str) -> tuple[dict[str, int], dict[str, int]]:
    """The words and clusters of a record's text, the title's twice: close to those of its article."""
    counts = Counter([*text.split(), *title.split()])
    return _counted(zip(map(PIECES.__getitem__, counts), counts.values(), strict=True))


def record(title: str, text: str, names: str = "") -> str:
    """The record of folded words, separated by a blank; `text` includes the title's, `names` holds some of them cut."""
    once: list[str] = []
    twice: list[str] = []
    more: list[str] = []
    for word, count in Counter(text.split(" ")).items():
        if word not in ENGLISH:
            (once if count == 1 else twice if count == 2 else more).append(word)
    return "\n".join(f" {line} " for line in (title, text, *map(" ".join, (once, twice, more)), names))
