"""An index in memory: for a cache folder that cannot be written, and the simplest example of an engine."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kcs.search.engines.engine import Recall
from kcs.search.engines.scoring import K1, MOST_OFTEN, NONE, B, Matches, find
from kcs.search.model import Entry, Field, Found, Plan, Record


@dataclass(slots=True)
class _Column:
    """One field: term -> numbers and frequencies in the same order, and the length of each entry that has any."""

    terms: dict[str, tuple[array[int], array[int]]] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)
    length: int = 0

    def add(self, number: int, terms: Mapping[str, int]) -> None:
        for term, often in terms.items():
            pair = self.terms.get(term)
            if pair is None:
                pair = self.terms[term] = array("I"), array("I")
            pair[0].append(number)
            pair[1].append(min(often, MOST_OFTEN))
        if terms:
            self.lengths[number] = length = sum(terms.values())
            self.length += length


class MemoryEngine:
    """An engine that ends with its process."""

    exact = True
    keyed = False

    def __init__(self, *, records: bool = True) -> None:
        """`records` False: somebody else keeps them."""
        self.state = ""
        self.total = 0
        self._columns: dict[Field, _Column] = {"words": _Column(), "clusters": _Column()}
        self._gone: set[int] = set()
        self._records: dict[int, str] | None = {} if records else None

    def change(
        self,
        gone: Collection[int],
        new: Iterable[Entry],
        _recall: Recall | None = None,
        seal: Callable[[], str] = str,
        /,
    ) -> None:
        """As Engine says; removed entries stay in the lists and are skipped."""
        for entry in new:
            self._columns["words"].add(entry.number, entry.terms.words)
            self._columns["clusters"].add(entry.number, entry.terms.clusters)
            self.total += 1
            if self._records is not None:
                self._records[entry.number] = entry.terms.record
        for number in gone:
            for column in self._columns.values():
                column.length -= column.lengths.pop(number, 0)
        self._gone.update(gone)
        self.total -= len(gone)
        self.state = seal()

    def matches(self, field: Field, term: str) -> Matches:
        """The entries that hold `term`."""
        column = self._columns[field]
        if term not in column.terms or not column.length:
            return NONE
        gone, lengths = self._gone, column.lengths
        held = [pair for pair in zip(*column.terms[term], strict=True) if pair[0] not in gone]
        least, slope = K1 * (1 - B), K1 * B * len(lengths) / column.length
        shares = [(K1 + 1) * often / (often + least + slope * lengths[number]) for number, often in held]
        return Matches([number for number, _ in held], shares)

    def find(self, plan: Plan, most: int, within: Collection[int] | None = None) -> Found:
        """As Engine says."""
        return find(self, plan, most, within)

    def records(self, numbers: Iterable[int]) -> dict[int, Record]:
        """The records of these entries, where they are kept here."""
        assert self._records is not None, "somebody else keeps them"
        return {number: Record.of(self._records[number]) for number in numbers}

    def close(self) -> None:
        """Nothing to release before the process ends."""
