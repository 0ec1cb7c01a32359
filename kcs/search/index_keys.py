"""Short keys in place of terms, for an engine with a dictionary of its own.

tantivy's costs a byte or two per byte of UTF-8, so Thai, Hindi or Greek words take more than their posting
lists. The vocabulary is there anyway: a term's key is its place in it, and consecutive numbers up to some
hundred thousand cost such a dictionary almost nothing. A term that the index lacked when it was made has no
place; its key is the term itself.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from kcs.search.model import Entry, Plan, Term, Terms
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.search.analysis.vocabulary import Vocabulary

# So many entries wait while their terms get places: about 40 MB. Terms only in later ones get none.
_MOST = 20_000
_REMEMBERED = 20_000


class Keys:
    """Keys from a vocabulary that keeps places. No two terms share a key."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.of = lru_cache(_REMEMBERED)(lambda term: _key(term, vocabulary.place(term)))

    def plan(self, plan: Plan) -> Plan:
        """The same plan in keys."""
        return Plan(
            {self.of(term): weight for term, weight in plan.words.items()},
            {self.of(term): weight for term, weight in plan.clusters.items()},
            tuple([frozenset(map(self._term, group)) for group in plan.required]),
            frozenset(map(self._term, plan.forbidden)),
        )

    def entries(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The same entries in keys. A new index's entries wait until their terms are counted and have places."""
        entries = iter(entries)
        if not self._vocabulary.has_places:
            yield from self._first(entries)
        for number, terms in entries:
            yield Entry(number, Terms(self._keyed(terms.words), self._keyed(terms.clusters), ""))

    def _first(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        waiting = _Waiting()
        waiting.take(islice(entries, _MOST))
        places = self._vocabulary.give_places()
        self.of.cache_clear()  # the index may have been asked while empty
        return waiting.entries([_key(term, places.get(term)) for term in waiting.terms])

    def _keyed(self, terms: Mapping[str, int]) -> dict[str, int]:
        return dict(zip(map(self.of, terms), terms.values(), strict=True))

    def _term(self, term: Term) -> Term:
        return term[0], self.of(term[1])


class _Posted(NamedTuple):
    """A field of an entry: its terms, by number, and their counts."""

    terms: array[int]
    frequencies: array[int]


class _Waiting:
    """Entries in compact form: dictionaries would take ten times as much."""

    def __init__(self) -> None:
        self.terms: defaultdict[str, int] = defaultdict()
        self.terms.default_factory = self.terms.__len__
        self._entries: list[tuple[int, _Posted, _Posted]] = []

    def take(self, entries: Iterable[Entry]) -> None:
        """Keep these."""
        for number, terms in entries:
            self._entries.append((number, self._posted(terms.words), self._posted(terms.clusters)))

    def _posted(self, terms: Mapping[str, int]) -> _Posted:
        return _Posted(array("I", map(self.terms.__getitem__, terms)), array("I", terms.values()))

    def entries(self, keys: list[str]) -> Iterator[Entry]:
        """All entries in order; `keys` holds the key of each of `terms`."""
        key = keys.__getitem__
        for number, *fields in self._entries:
            words, clusters = (
                dict(zip(map(key, field.terms), field.frequencies, strict=True)) for field in fields
            )
            yield Entry(number, Terms(words, clusters, ""))


def _key(term: str, place: int | None) -> str:
    return f"~{term}" if place is None else f"#{place:06x}"
