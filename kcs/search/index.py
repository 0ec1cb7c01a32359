"""The index of a base on disk: an engine's postings, the entries, and the state that says what they index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.search.engines.engine import Damaged, Engine
from kcs.search.engines.scoring import Lengths, score
from kcs.search.index_entries import Entries, EntryFile, EntryMemory
from kcs.search.index_folder import fresh_name
from kcs.search.index_packing import record_of, unpack
from kcs.search.index_state import Held, IndexState
from kcs.search.model import Entry, Field, Found, Plan, Record

if TYPE_CHECKING:
    from kcs.search.analysis.vocabulary import Vocabulary
    from kcs.search.index_keys import Keys

ENGINE_FOLDER = "postings"
# Letters of records kept for the next question.
_LETTERS = 32_000_000
# For each candidate wanted, this many are scored again.
_AGAIN = 4


class Index:
    """An index open for reading. `state`, `held` and `entries` belong to the engine's state."""

    def __init__(
        self, engine: Engine, state: IndexState, held: Held | None, entries: Entries, folder: Path | None
    ) -> None:
        """`held` None: read on demand. `folder` None: all in memory."""
        self.engine = engine
        self.state = state
        self.entries = entries
        self.folder = folder
        self._held = held
        # A number never names another entry, so an unpacked record serves later questions.
        self._records: dict[int, Record] = {}
        self._letters = 0

    @classmethod
    def in_memory(cls) -> Index:
        """An empty index."""
        from kcs.search.engines.memory import MemoryEngine

        return cls(MemoryEngine(records=False), IndexState(), Held(), EntryMemory(), None)

    @property
    def held(self) -> Held:
        """What only an update needs."""
        if self._held is None:
            assert self.folder is not None, "what is in memory has it"
            self._held = Held.read(self.folder, self.state.name)
        return self._held

    @cached_property
    def places(self) -> dict[int, int]:
        """Entry number -> the article's place."""
        return {number: place for place, number in enumerate(self.state.numbers)}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Its terms, with the number of articles that have each. Damaged if unreadable."""
        from kcs.search.analysis.vocabulary import DamagedVocabulary, Vocabulary

        if not self.state.vocabulary:
            return Vocabulary(places=self.engine.keyed)
        try:
            return Vocabulary.from_bytes(self.state.vocabulary, places=self.engine.keyed)
        except DamagedVocabulary as error:
            raise Damaged(str(error)) from error

    @cached_property
    def keys(self) -> Keys:
        """The keys that a keyed engine gets in place of terms."""
        from kcs.search.index_keys import Keys

        return Keys(self.vocabulary)

    def renew(self, state: IndexState, held: Held, entries: Entries) -> None:
        """Take over the state after an update."""
        if entries is not self.entries:
            self.entries.close()
        self.state, self._held, self.entries = state, held, entries
        for one in ("places", "keys"):
            self.__dict__.pop(one, None)

    def ask(self, plan: Plan, most: int, within: Collection[int] | None = None) -> Found:
        """The engine's own answer."""
        engine = self.engine
        return engine.find(self.keys.plan(plan) if engine.keyed else plan, most, within)

    def find(self, plan: Plan, most: int, within: Collection[int] | None = None) -> Found:
        """The best `most`; scored again if an engine's order for Thai would differ from other engines'."""
        engine = self.engine
        if engine.exact or not plan.clusters:
            found = self.ask(plan, most, within)
            return Found(found.total, self._first(found.best, most))
        found = self.ask(plan, most * _AGAIN, within)
        lengths: dict[Field, Lengths] = {"words": self.state.words, "clusters": self.state.clusters}
        known = self.vocabulary.known
        entries = self.recall(number for number, _ in found.best)
        best = [(one.number, score(plan, one.terms, engine.total, known, lengths)) for one in entries]
        return Found(found.total, self._first(best, most))

    def _first(self, found: Iterable[tuple[int, float]], most: int) -> tuple[tuple[int, float], ...]:
        """The best; equal ones by path, as an index made anew has them: a number tells when an entry was indexed."""
        places = self.places
        return tuple(sorted(found, key=lambda one: (-one[1], places[one[0]]))[:most])

    def recall(self, numbers: Iterable[int]) -> Iterator[Entry]:
        """Entries as they were added."""
        where, read, places = self.state.where, self.entries.read, self.places
        return (Entry(number, unpack(read(where(places[number])))) for number in numbers)

    def records(self, numbers: Iterable[int]) -> dict[int, Record]:
        """These entries' records, which the second stage reads."""
        where, read, places, kept = self.state.where, self.entries.read, self.places, self._records
        found: dict[int, Record] = {}
        for number in numbers:
            record = kept.pop(number, None)
            if record is None:
                record = Record.of(record_of(read(where(places[number]))))
                self._letters += sum(map(len, record))
            found[number] = kept[number] = record
        while self._letters > _LETTERS:  # drop the least recently used
            self._letters -= sum(map(len, kept.pop(next(iter(kept)))))
        return found

    def close(self) -> None:
        """Close the files."""
        self.engine.close()
        self.entries.close()


def read_index(folder: Path, engine: str) -> Index | None:
    """The index in the folder; None if there is none. Damaged if it cannot be used, or is being changed."""
    from kcs.search.engines.choose import engine_named

    opened = engine_named(engine)(folder / ENGINE_FOLDER)
    if not opened.state:
        opened.close()
        return None
    try:
        state = IndexState.read(folder, opened.state)
        return Index(opened, state, None, EntryFile(folder / state.file, state.end), folder)
    except Damaged:
        opened.close()
        raise


def new_index(folder: Path, engine: str) -> Index:
    """An empty index. OSError if it cannot be written."""
    from kcs.search.engines.choose import engine_named

    (folder / ENGINE_FOLDER).mkdir(mode=0o700, exist_ok=True)
    entries = EntryFile(folder / f"entries-{fresh_name()}", 0, new=True)
    return Index(
        engine_named(engine)(folder / ENGINE_FOLDER), IndexState(file=entries.name), Held(), entries, folder
    )
