"""Which articles say nearly the same: sketches find the candidates, the texts themselves decide.

A text is the set of its phrases of three words (of six letters in scripts without blanks), each as a number. Its sketch is the
`SIZE` smallest of these numbers (bottom-k MinHash: one number a phrase, where the usual kind takes a hundred and wants numpy).
Two texts that are 70% alike share most of their smallest numbers; those that share a few are compared phrase by phrase.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize
from zlib import crc32

from kcs.article.front_matter import read
from kcs.article.states import ARCHIVED
from kcs.errors import FileProblem

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

SIZE = 64
LEAST = 50  # percent: below this nobody may ask, since sketches find fewer of them
MANY = 100  # phrases that as many articles hold are the base's own furniture, and say nothing of two of them
_SHORTEST = 28
_INDEXED = SIZE // 2  # half of a sketch is enough to meet, and takes half the memory
_VERSION = f"likeness/1/{sys.byteorder}"
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}]+")
_WIDTH = 6


class Pair(NamedTuple):
    """Another article's path, and how much of both articles' phrases stand in both."""

    other: str
    percent: int


def phrases(text: str) -> frozenset[int]:
    """The phrases of a text, each as a number of 32 bits; blanks, case and punctuation have no say."""
    words: list[str] = []
    found: set[int] = set()
    for token in _TOKEN.findall(text.casefold() if text.isascii() else normalize("NFC", text).casefold()):
        if token[0] < "\u0e00" or not "\u0e00" <= token[0] <= "\u9fff" or token.isascii():
            words.append(token)
        else:
            found.update(_number(token[at : at + _WIDTH]) for at in range(max(1, len(token) - _WIDTH + 1)))
    found.update(_number(" ".join(three)) for three in zip(words, words[1:], words[2:], strict=False))
    return frozenset(found)


def _number(phrase: str) -> int:
    # A checksum spreads badly in its high bits; one multiplication mends that, and it is the same in every process.
    return crc32(phrase.encode("utf-8", "surrogatepass")) * 0x9E3779B1 & 0xFFFFFFFF


def sketch(found: Iterable[int]) -> array[int]:
    """The smallest numbers of a text's phrases, in order."""
    return array("I", nsmallest(SIZE, found))


def pairs(kb: KnowledgeBase) -> dict[str, list[Pair]]:
    """By path, the articles that are at least LEAST percent like it; archived and very short ones left out."""
    articles = [one for one in kb.articles if not one.unreadable and one.confidence != ARCHIVED]
    sketches = [one for one in sketched(kb, articles) if len(one[1]) >= _SHORTEST]
    texts: dict[str, frozenset[int]] = {}
    alike: dict[str, list[Pair]] = {}
    for first, second in candidates([one for _, one in sketches]):
        a, b = sketches[first][0], sketches[second][0]
        percent = _alike(_phrases(kb, a, texts), _phrases(kb, b, texts))
        if percent >= LEAST:
            alike.setdefault(a.path, []).append(Pair(b.path, percent))
            alike.setdefault(b.path, []).append(Pair(a.path, percent))
    return alike


def sketched(kb: KnowledgeBase, articles: Iterable[Article]) -> Iterator[tuple[Article, array[int]]]:
    """Each article with its sketch; those of texts that did not change come from the cache."""
    kept = _read(kb)
    used: dict[str, array[int]] = {}
    for article in articles:
        found = kept.get(article.oid)
        if found is None:
            found = sketch(_phrases(kb, article, {}))
        if article.oid:
            used[article.oid] = found
        yield article, found
    if used.keys() != kept.keys():
        _write(kb, used)


def candidates(sketches: list[array[int]]) -> Iterator[tuple[int, int]]:
    """Pairs (by place, the smaller first) whose sketches say that they may be LEAST percent alike."""
    holders: dict[int, list[int]] = {}
    for place, one in enumerate(sketches):
        for number in one[:_INDEXED]:
            holders.setdefault(number, []).append(place)
    together: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        if 1 < len(places) <= MANY:
            together.update((first, second) for at, first in enumerate(places) for second in places[at + 1 :])
    for (first, second), count in together.items():
        if count >= 3 and _estimate(sketches[first], sketches[second]) * 100 >= LEAST - 20:
            yield first, second


def _estimate(one: array[int], other: array[int]) -> float:
    a, b = set(one), set(other)
    smallest = nsmallest(SIZE, a | b)
    return sum(number in a and number in b for number in smallest) / max(len(smallest), 1)


def _alike(one: frozenset[int], other: frozenset[int]) -> int:
    return 100 * len(one & other) // max(len(one | other), 1)


def _phrases(kb: KnowledgeBase, article: Article, kept: dict[str, frozenset[int]]) -> frozenset[int]:
    if article.path not in kept:
        try:
            body = read(kb.raw(article)).body
        except FileProblem:
            body = ""
        kept[article.path] = phrases(f"{article.title}\n{body}")
    return kept[article.path]


def _read(kb: KnowledgeBase) -> Mapping[str, array[int]]:
    """Sketches by Git's name for the file's bytes; title and text are all in these."""
    raw = kb.cache.read_bytes("likeness", _VERSION) or b""
    lines = (line.partition(b" ") for line in raw.split(b"\n") if line)
    return {oid.decode(): array("I", bytes.fromhex(numbers.decode())) for oid, _, numbers in lines}


def _write(kb: KnowledgeBase, sketches: Mapping[str, array[int]]) -> None:
    lines = [f"{oid} {numbers.tobytes().hex()}" for oid, numbers in sketches.items()]
    kb.cache.write_bytes("likeness", "\n".join(lines).encode(), _VERSION)
