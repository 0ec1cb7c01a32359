"""All records of an index, inverted: which articles hold a gram, and how often. For tens of thousands of questions.

The second stage counts grams in thirty records for each question; here a gram is counted in all records
on first use, by the words that hold it, and kept while there is room. The counts are identical.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any, TypeAlias

from kcs.article.letters import latin
from kcs.search.analysis.folds import grams
from kcs.search.analysis.scripts import CJK, SEA, THAI
from kcs.search.analysis.stop_words import ARABIC, ENGLISH, VIETNAMESE
from kcs.search.model import Record

# Bytes of counts, and letters of records, kept for the next question.
_ROOM, _LETTERS = 128_000_000, 32_000_000
# Letters of a gram, including the blank at a word's ends.
_GRAM = 4
# Words that most articles of a language hold: counted when a record comes in.
_SMALL = frozenset(map(latin, ENGLISH | VIETNAMESE | ARABIC))
# Bits per article, each standing for one of its words, or for two neighbours.
_MARKS = 1 << 14
# Scripts that are not cut into words have no grams.
_NO_GRAMS = re.compile(f"[{THAI}{CJK}{SEA}]")
# A dictionary's approximate bytes per count.
_EACH = 70

# Place -> count; by place where many articles have any.
Counts: TypeAlias = "defaultdict[int, int] | bytearray | array[int]"


class CountedRecords:
    """The records of all articles by place, from 0. `read` reloads a record."""

    def __init__(self, records: Iterable[Record], number: int, read: Callable[[int], Record]) -> None:
        self._read = read
        self._small: dict[str, array[int]] = {}
        self._number = number
        self._records: dict[int, Record] = {}
        self._letters = 0
        self._lengths, self._titles = array("I"), list[str]()
        self._words: dict[str, array[int]] = {}
        self._marks = bytearray()
        for place, record in enumerate(records):
            self._add(place, record)
        self._by_gram = _by_gram(self._words)
        self._titled = _by_word(self._titles)
        self._titled_by_gram = _by_gram(self._titled)
        self._kept: dict[str, tuple[Counts, int]] = {}
        self._room = _ROOM

    def _add(self, place: int, record: Record) -> None:
        title, text, *groups, _ = record
        self._titles.append(title)
        self._lengths.append(len(text))
        self._mark(place, text)
        for worth, group in enumerate(groups):
            for word in group.split():
                holders = self._words.get(word)
                if holders is None:
                    holders = self._words[word] = array("I")
                holders.append(place << 2 | worth)

    def _mark(self, place: int, text: str) -> None:
        words = text.split(" ")
        often, pairs = Counter(words), set(pairwise(words))
        marks = bytearray(_MARKS // 8)
        for mark in {one % _MARKS for one in chain(map(hash, pairs), map(hash, often))}:
            marks[mark >> 3] |= 1 << (mark & 7)
        self._marks += marks
        for word in often.keys() & _SMALL:
            # In a doubled word, the two share a blank.
            count = often[word] if (word, word) not in pairs else text.count(f" {word} ")
            if word not in self._small:
                self._small[word] = array("I", bytes(4 * self._number))
            self._small[word][place] = count

    def candidates(self, places: Sequence[int]) -> Candidates:
        """These articles, for `rerank_seen`."""
        return Candidates(self, places)

    def record(self, place: int) -> Record:
        """One record."""
        kept = self._records
        known = kept.pop(place, None)
        if known is None:
            known = self._read(place)
            self._letters += sum(map(len, known))
            while self._letters > _LETTERS and kept:
                self._letters -= sum(map(len, kept.pop(next(iter(kept)))))
        kept[place] = known
        return known

    def counts(self, gram: str) -> Counts:
        """Counts in articles."""
        return self._remembered(gram, self._count)

    def titled(self, gram: str) -> Counts:
        """Counts in titles."""
        return self._remembered(f"{gram}\n", self._count_titles)

    def small(self, word: str) -> Sequence[int] | None:
        """How often a stop word is in each text; None for other words, and if no text has it."""
        return self._small.get(word)

    def sequence_in(self, sequence: str, places: Sequence[int]) -> list[int]:
        """How often it is in the text of each. Most lack even the marks of its word pairs."""
        words = sequence[1:].split(" ")[:-1]  # after the last blank: nothing, or a word's start
        marks = [hash(pair) % _MARKS for pair in pairwise(words)] or [hash(word) % _MARKS for word in words]
        looked = [(mark >> 3, 1 << (mark & 7)) for mark in marks]
        held, size = self._marks, _MARKS // 8
        found = []
        for place in places:
            for at, bit in looked:
                if not held[place * size + at] & bit:
                    found.append(0)
                    break
            else:
                found.append(self.record(place).text.count(sequence))
        return found

    def _remembered(self, key: str, count: Callable[[str], Counts]) -> Counts:
        kept = self._kept.pop(key, None)
        if kept is None:
            counts = count(key.strip("\n"))
            size = 200 + (
                _EACH if isinstance(counts, defaultdict) else 1 if isinstance(counts, bytearray) else 4
            ) * len(counts)
            kept = counts, size
            self._room -= size
            while self._room < 0 and self._kept:
                self._room += self._kept.pop(next(iter(self._kept)))[1]
        self._kept[key] = kept
        return kept[0]

    def _count(self, gram: str) -> Counts:
        words = [(self._words[word], f" {word} ".count(gram)) for word in self._by_gram.get(gram, ())]
        found = self._empty(sum(len(held) for held, _ in words), 4 * sum(often for _, often in words))
        for held, often in words:
            for one in held:
                found[one >> 2] += often << (one & 3)
        return found

    def _count_titles(self, gram: str) -> Counts:
        places = {place for word in self._titled_by_gram.get(gram, ()) for place in self._titled[word]}
        counts = {place: self._titles[place].count(gram) for place in places}
        found = self._empty(len(counts), max(counts.values(), default=0))
        for place, count in counts.items():
            found[place] = count
        return found

    def _empty(self, places: int, most: int) -> Counts:
        """The smallest container for this many places and counts up to `most`."""
        number = self._number
        if places * _EACH < number:
            return defaultdict(int)
        return bytearray(number) if most < 1 << 8 else array("I", bytes(4 * number))

    @property
    def lengths(self) -> Sequence[int]:
        """The lengths of all texts."""
        return self._lengths

    @property
    def titles(self) -> Sequence[str]:
        """All titles."""
        return self._titles


class Candidates:
    """One question's candidates: kcs.search.analysis.rerank.Seen."""

    def __init__(self, records: CountedRecords, places: Sequence[int]) -> None:
        self._records, self._places = records, places
        self._of: Callable[[Any], Sequence[int]] = (
            itemgetter(*places) if len(places) > 1 else lambda column: [column[one] for one in places]
        )
        self._nothing = (0,) * len(places)
        self.lengths = self._of(records.lengths)
        self.title_lengths = [len(records.titles[place]) for place in places]

    def grams(self, gram: str) -> Sequence[int]:
        """As Seen says."""
        return self._counted(self._records.counts(gram))

    def titled(self, gram: str) -> Sequence[int]:
        """As Seen says."""
        return self._counted(self._records.titled(gram))

    def sequences(self, sequence: str) -> Sequence[int]:
        """As Seen says."""
        small = self._records.small(sequence[1:-1]) if sequence[-1] == " " else None
        return self._of(small) if small is not None else self._records.sequence_in(sequence, self._places)

    def _counted(self, counts: Counts) -> Sequence[int]:
        if not isinstance(counts, defaultdict):
            return self._of(counts)
        return list(map(counts.get, self._places, self._nothing)) if counts else self._nothing


def _by_gram(words: Iterable[str]) -> dict[str, list[str]]:
    """Gram -> the words that hold it."""
    found: dict[str, list[str]] = {}
    for word in words:
        if not _NO_GRAMS.match(word):
            for gram in set(grams(f" {word} ", _GRAM)):
                found.setdefault(gram, []).append(word)
    return found


def _by_word(titles: Sequence[str]) -> dict[str, list[int]]:
    """Word -> places whose title has it."""
    found: dict[str, list[int]] = {}
    for place, title in enumerate(titles):
        for word in set(title.split()):
            found.setdefault(word, []).append(place)
    return found
