"""The articles that say nearly the same: if the sketches of two share some numbers, all their phrases are compared.

The cost grows with the number of pairs; of articles in n versions, each is in about n pairs. So comparing
a pair takes a few operations on long numbers, and keeping one takes eight bytes for each of the two.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING

from kcs.article.states import ARCHIVED
from kcs.audit.sketches import SIZE, Sketches, phrases_of
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

# Percent: nobody may ask for less (kcs/kb/settings/kinds.py), since sketches miss more of such pairs.
LEAST = 50
MANY = 100  # phrases in more articles than this are the base's boilerplate, and say nothing about two of them
_SHORTEST = 28
_INDEXED = SIZE // 2  # half of a sketch is enough to find pairs, and takes half the memory
_CLOSE = LEAST - 20  # percent of two sketches: their estimate may be too low by as much
_NUMBERED = 200_000


class Pair(NamedTuple):
    """Another article's path, and the share of both articles' phrases that are in both."""

    other: str
    percent: int


class Pairs:
    """Which articles are alike."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self._of: dict[str, array[int]] = {}

    def add(self, first: int, second: int, percent: int) -> None:
        """Two articles, by their places."""
        for one, other in ((first, second), (second, first)):
            packed = self._of.setdefault(self._articles[one].path, array("Q"))
            packed.append(other << 7 | percent)

    def of(self, path: str, least: int) -> list[Pair]:
        """The articles at least this many percent like this one."""
        packed = self._of.get(path, ())
        return [Pair(self._articles[one >> 7].path, one & 127) for one in packed if one & 127 >= least]


def pairs(kb: KnowledgeBase, seen: Sketches) -> Pairs:
    """The articles that are at least LEAST percent alike; archived and very short ones are left out.

    `seen`: the sketches made so far, of texts that were loaded for something else.
    """
    articles = [one for one in kb.articles if not one.unreadable and one.confidence != ARCHIVED]
    sketches = [one for one in seen.of(articles) if len(one[1]) >= _SHORTEST]
    alike, texts = Pairs([one for one, _ in sketches]), _Texts(kb)
    for group in _groups(candidates([one for _, one in sketches])):
        texts.forget()
        for first, second in group:
            percent = texts.alike(sketches[first][0], sketches[second][0])
            if percent >= LEAST:
                alike.add(first, second, percent)
    return alike


def candidates(sketches: Sequence[array[int]]) -> Iterator[tuple[int, int]]:
    """Pairs (by place, the smaller first) that may be LEAST percent
    alike, judging by their sketches; ordered by the first place.
    """
    holders = _holders(sketches)
    for first, one in enumerate(sketches):
        together: Counter[int] = Counter()
        for number in one[:_INDEXED]:
            if places := holders.get(number):
                together.update(places[bisect_right(places, first) :])
        for second, count in together.items():
            # A number in both halves is one of the smallest of both sketches.
            if count * 100 >= _CLOSE * SIZE or (count >= 3 and _may_be_alike(one, sketches[second])):
                yield first, second


def _holders(sketches: Sequence[array[int]]) -> dict[int, list[int]]:
    """The holders of each number that several sketches hold.
    Nearly all have one holder: lists for those would take most of the memory.
    """
    width = len(sketches).bit_length()
    held = sorted(number << width | place for place, one in enumerate(sketches) for number in one[:_INDEXED])
    found: dict[int, list[int]] = {}
    for number, some in groupby(held, lambda one: one >> width):
        places = [one & (1 << width) - 1 for one in islice(some, MANY + 1)]
        if 1 < len(places) <= MANY:
            found[number] = places
    return found


def _may_be_alike(one: array[int], other: array[int]) -> bool:
    """Whether _CLOSE percent of the SIZE smallest numbers of the two together are in both."""
    shared = sorted(set(one).intersection(other))
    total = min(SIZE, len(one) + len(other) - len(shared))
    wanted = -(-_CLOSE * total // 100)
    if len(shared) < wanted:
        return False
    last = shared[wanted - 1]
    return bisect_right(one, last) + bisect_right(other, last) - wanted <= SIZE


def _groups(found: Iterator[tuple[int, int]]) -> Iterator[Iterator[tuple[int, int]]]:
    """The same pairs, connected ones together: so few texts are in memory at a time, and most are loaded once."""
    group_of: dict[int, int] = {}
    groups: dict[int, array[int]] = {}
    for first, second in found:
        group = group_of.setdefault(first, first)
        group_of.setdefault(second, group)
        groups.setdefault(group, array("Q")).extend((first, second))
    for group in list(groups):
        places = iter(groups.pop(group))
        yield zip(places, places, strict=True)


class _Texts:
    """The phrases of some articles as long numbers, with a bit for each phrase that any of them has."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._packed: dict[str, array[int]] = {}
        self._bits: dict[str, int] = {}
        self._places: dict[int, int] = {}

    def forget(self) -> None:
        """Forget these articles: others come next."""
        self._packed.clear()
        self._begin()

    def alike(self, one: Article, other: Article) -> int:
        """The percentage of the two articles' phrases that are in
        both; 0 if one shows its readers too few phrases to tell.
        """
        if len(self._places) > _NUMBERED:
            self._begin()  # numbers this long are no longer quick
        a, b = self._number(one), self._number(other)
        if min(a.bit_count(), b.bit_count()) < _SHORTEST:
            return 0
        return 100 * (a & b).bit_count() // max((a | b).bit_count(), 1)

    def _begin(self) -> None:
        self._bits.clear()
        self._places.clear()

    def _number(self, article: Article) -> int:
        found = self._bits.get(article.path)
        if found is None:
            packed = self._packed.get(article.path)
            if packed is None:
                packed = self._packed[article.path] = array(
                    "I", phrases_of(self._kb, article, comments=False)
                )
            places = self._places
            digits = bytearray(b"0") * (len(places) + len(packed))
            for phrase in packed:
                digits[places.setdefault(phrase, len(places))] = (
                    49  # a 1; a number in text is read in time proportional to its length
                )
            digits.reverse()
            found = self._bits[article.path] = int(digits, 2)
        return found
