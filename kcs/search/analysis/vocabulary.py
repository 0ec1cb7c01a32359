"""The terms of a base with the number of articles that have each: mends typing errors and weighs words.

Kept as a sorted table, searched in place (kcs.search.analysis.word_table): a cold search needs ten of a
hundred thousand terms, and would wait for a dictionary of the rest. Changes are kept apart until it is
written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from struct import Struct, error
from typing import TYPE_CHECKING

from kcs.search.analysis.english import english_stem
from kcs.search.analysis.word_table import WordTable
from kcs.search.model import Terms

if TYPE_CHECKING:
    from kcs.search.analysis.held_vocabulary import HeldVocabulary

MOST_NEAR = 8
_MOST_KEPT = 2_000

_HEAD = Struct("<4sQQ")
_MAGIC = b"kcv3"
# In scripts cut into pairs and triples of letters, no term is a typing error.
# Compiled on demand, which takes two milliseconds.
_NO_WORD = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"


class DamagedVocabulary(ValueError):
    """These bytes are not a vocabulary of this version."""


class Vocabulary:
    """`total`: how many articles; `average`: the mean length of their records' text, in characters."""

    def __init__(
        self, table: WordTable | None = None, total: int = 0, length: int = 0, *, places: bool = False
    ) -> None:
        """`places`: the initial terms have places, which they keep."""
        self._table = table or WordTable([], [], [])
        self._places = places
        self._changes: dict[str, int] = {}
        # A pasted text asks for the same words as a whole and in a sentence.
        self._mended: dict[str, list[str]] = {}
        self.total = total
        self._length = length

    @property
    def average(self) -> float:
        """At least 1."""
        return max(self._length / self.total, 1.0) if self.total else 1.0

    # ---- asking

    def known(self, term: str) -> int:
        """How many articles have the term."""
        return self._kept(term) + self._changes.get(term, 0)

    def near(self, term: str, most: int = MOST_NEAR) -> list[str]:
        """Known terms at one edit (a letter more, fewer, another, or two exchanged), the most frequent first."""
        if len(term) < 3 or (not term.isascii() and re.search(_NO_WORD, term)):
            return []
        if (known := self._mended.get(term)) is not None:
            return known[:most]
        found = {one for one in self._candidates(term) if len(one) >= 3 and is_one_edit(term, one)}
        often = sorted((-self.known(one), one) for one in found)
        if len(self._mended) > _MOST_KEPT:
            self._mended.clear()
        self._mended[term] = [one for number, one in often if number]
        return self._mended[term][:most]

    def split(self, word: str) -> tuple[str, ...]:
        """The best split of a word into two known ones; empty if there is none."""
        best: tuple[int, tuple[str, ...]] = (1, ())
        for at in range(3, len(word) - 2):
            halves = word[:at], word[at:]
            number = min(self.known(english_stem(one)) for one in halves)
            if number > best[0]:
                best = number, halves
        return best[1]

    def starting(self, start: str, most: int) -> list[str]:
        """Known terms that start so, those of nearly its length first."""
        return self._shortest(
            {*self._range(start), *(one for one in self._changes if one.startswith(start))}, most
        )

    def ending(self, end: str, most: int) -> list[str]:
        """Known terms that end so, those of nearly its length first."""
        return self._shortest(
            {*self._ending(end), *(one for one in self._changes if one.endswith(end))}, most
        )

    def _shortest(self, found: Iterable[str], most: int) -> list[str]:
        return sorted((one for one in found if self.known(one)), key=lambda one: (len(one), one))[:most]

    def _candidates(self, term: str) -> Iterator[str]:
        """One edit leaves half of a word intact, so candidates start with its first half or end with its second.

        Letters exchanged across the middle break both; that one word is looked up by itself.
        """
        half = len(term) // 2
        start, end = term[:half], term[half:]
        for one in chain(self._range(start), self._ending(end), self._changes):
            if -2 < len(one) - len(term) < 2:
                yield one
        yield term[: half - 1] + term[half] + term[half - 1] + term[half + 1 :]

    def _kept(self, term: str) -> int:
        return self._table.number(term.encode("utf-8", "replace"))

    def _range(self, start: str) -> Iterator[str]:
        return (one.decode() for one in self._table.starting(start.encode("utf-8", "replace")))

    def _ending(self, end: str) -> Iterator[str]:
        return (one.decode() for one in self._table.ending(end.encode("utf-8", "replace")))

    def held(self) -> HeldVocabulary:
        """The same for thousands of questions: making it takes as long as a hundred typing errors."""
        from kcs.search.analysis.held_vocabulary import HeldVocabulary

        counts = {term.decode(): number for term, number in self._table.numbers()}
        for term, by in self._changes.items():
            counts[term] = counts.get(term, 0) + by
        counts = {term: number for term, number in counts.items() if number}
        return HeldVocabulary(counts, self.total, self._length)

    # ---- changing

    def add(self, terms: Terms) -> None:
        """Count an article in."""
        self._count(terms, 1)

    def remove(self, terms: Terms) -> None:
        """Count an article out, with the terms it was added with."""
        self._count(terms, -1)

    def _count(self, terms: Terms, by: int) -> None:
        self._mended.clear()
        self.total += by
        self._length += by * text_length(terms.record)
        changes = self._changes
        for term in chain(terms.words, terms.clusters):
            changes[term] = changes.get(term, 0) + by

    def _settle(self) -> None:
        changes: dict[bytes, int] = {}
        for term, by in self._changes.items():
            if by:
                # A lone surrogate is stored as another sign, which may be there already.
                key = term.encode("utf-8", "replace")
                changes[key] = changes.get(key, 0) + by
        self._table, self._changes = self._table.changed(sorted(changes.items()), keep=self._places), {}

    # ---- places

    @property
    def has_places(self) -> bool:
        """Whether any term has one."""
        return bool(self._table.places)

    def place(self, term: str) -> int | None:
        """The term's unique place; None if it came later."""
        return self._table.place(term.encode("utf-8", "surrogatepass"))

    def give_places(self) -> dict[str, int]:
        """Give places to the terms added so far; later ones get none."""
        self._settle()
        return {term.decode(): place for place, (term, _) in enumerate(self._table.numbers())}

    # ---- keeping

    def to_bytes(self) -> bytes:
        """The bytes kept on disk."""
        self._settle()
        return _HEAD.pack(_MAGIC, self.total, self._length) + self._table.to_bytes()

    @classmethod
    def from_bytes(cls, raw: bytes, *, places: bool = False) -> Vocabulary:
        """Undo `to_bytes`. DamagedVocabulary for anything else."""
        try:
            magic, total, length = _HEAD.unpack_from(raw)
            if magic != _MAGIC:
                raise DamagedVocabulary("another version")
            return cls(WordTable.from_bytes(raw[_HEAD.size :]), total, length, places=places)
        except (error, ValueError) as damage:
            raise DamagedVocabulary(str(damage)) from damage


def text_length(record: str) -> int:
    """The length of a record's text, its second line."""
    start = record.find("\n") + 1
    return record.find("\n", start) - start


def is_one_edit(one: str, other: str) -> bool:
    """Whether adding, dropping or changing a letter, or exchanging two neighbours, turns one into the other."""
    if len(one) > len(other):
        one, other = other, one
    size, at = len(one), 0
    while at < size and one[at] == other[at]:
        at += 1
    if len(other) > size:
        return len(other) == size + 1 and one[at:] == other[at + 1 :]
    if at == size:
        return False
    if one[at + 1 :] == other[at + 1 :]:
        return True
    return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]


def same_numbers(typed: str, known: str) -> bool:
    """Whether two words differ only in letters: another digit is another code, version or year, not a slip."""
    return list(filter(str.isdigit, typed)) == list(filter(str.isdigit, known))


# Short words have too many neighbours: longer ones than this convince, at this length only beside other words asked
# for. The lengths for a letter added or dropped, for one changed; and from which two exchanged letters convince.
DOUBTFUL, DOUBTFUL_OTHER, EXCHANGED = 6, 7, 4


def convinces(typed: str, known: str, *, beside: bool = False) -> bool:
    """Whether a word, one edit from a known one, was surely meant to be that. `beside`: other words asked for are there
    too."""
    if not same_numbers(typed, known):
        return False
    size, longer = len(typed), max(len(typed), len(known))
    if size == len(known) and longer >= EXCHANGED and sorted(typed) == sorted(known):
        return True
    doubtful = DOUBTFUL_OTHER if size == len(known) else DOUBTFUL
    return longer > doubtful or (longer == doubtful and beside)
