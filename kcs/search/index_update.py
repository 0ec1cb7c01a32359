"""Brings an index up to date with the present articles: analyses new ones, removes old ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.errors import FileProblem
from kcs.search.engines.marks import started
from kcs.search.file_name import file_name, named_by_file
from kcs.search.index import Index
from kcs.search.index_entries import Entries, EntryFile, Place
from kcs.search.index_folder import fresh_name
from kcs.search.index_packing import pack, unpack
from kcs.search.index_state import Held, IndexState
from kcs.search.model import Entry, Terms
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

# Reports long work: takes its name and total; gives a function that takes the number done.
Progress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]

# An entry file holds at most as many unneeded bytes as needed ones, plus this.
_SLACK = 4 << 20
# Up to this many removed entries stay in memory for an engine that asks what they were.
_AT_HAND = 100
_OURS = ("state-", "held-", "entries-", ".state-", ".held-")


class Change(NamedTuple):
    """How many articles were added, how many of these without analysis, and how many entries removed."""

    new: int
    known: int
    gone: int


class _Wanted(NamedTuple):
    """An article without an entry."""

    place: int
    article: Article


class Update:
    """One update. After `run`, the index holds the articles of the base."""

    def __init__(self, index: Index, kb: KnowledgeBase, donor: Index | None = None) -> None:
        """`donor`: an index with the same key, whose entries save analysis."""
        self._index = index
        self._kb = kb
        self._donor = donor
        old = index.state
        self._state = IndexState(next=old.next, base=kb.state, words=old.words, clusters=old.clusters)
        self._held = Held(kb.articles.oids(), index.held.attic)
        # For articles changed since they were listed: Git's names for the bytes we indexed.
        self._found_as: dict[int, str] = {}
        self._wanted: list[_Wanted] = []
        self._gone: dict[int, Place] = {}
        # What entries that left or entered an article rest on.
        self._touched: set[str] = set()
        self._known = 0
        self._entries = index.entries
        self._compare()

    def _compare(self) -> None:
        """Find the articles that keep an entry, those that need one, and unused entries.
        Paths do not matter, but for articles without a title.
        """
        old, state = self._index.state, self._state
        before, now, named = self._index.held.oids, self._held.oids, self._index.held.named
        then: Sequence[int] = range(len(before))
        here: Sequence[int] = range(len(now))
        if len(before) == len(now):
            # Usually nothing came or went: then few places changed or lack an entry.
            then = here = sorted({*before.differing(now), *_without(old.numbers), *self._renamed()})
            state.take(old)
        else:
            state.clear(len(now))
        left: dict[str, list[int]] = {}
        for place in then:
            if number := old.numbers[place]:
                left.setdefault(_rests_on(before[place], named.get(number, "")), []).append(place)
        for place in here:
            oid = now[place]
            if places := left.get(oid) or (named and left.get(_rests_on(oid, self._file_name(place)))):
                kept = places.pop()
                state.put(place, old.numbers[kept], old.where(kept))
                continue
            state.put(place, 0, (0, 0))
            if oid:
                self._wanted.append(_Wanted(place, self._kb.articles[place]))
        self._touched = {oid for oid, places in left.items() if places}
        for oid, places in left.items():
            for place in places:
                self._gone[old.numbers[place]] = self._held.attic[oid] = old.where(place)
        self._held.named = {number: name for number, name in named.items() if number not in self._gone}

    def _renamed(self) -> Iterator[int]:
        """The places whose entry rests on another name of the file.
        Only where the base has as many articles as before.
        """
        if named := self._index.held.named:
            for place, number in enumerate(self._index.state.numbers):
                if number in named and named[number] != self._file_name(place):
                    yield place

    def _file_name(self, place: int) -> str:
        return file_name(self._kb.articles.paths[place])

    def run(self, progress: Progress | None = None) -> Change:
        """OSError if it cannot be written: then the index is unchanged and must be reopened."""
        index = self._index
        end = index.entries.end
        try:
            self._run(progress)
        except OSError:
            with suppress(OSError):
                index.entries.cut(end)
            raise
        index.renew(self._state, self._held, self._entries)
        return Change(len(self._wanted), self._known, len(self._gone))

    def _run(self, progress: Progress | None) -> None:
        if progress and self._wanted:
            with progress("indexing", len(self._wanted)) as tick:
                self._change(tick)
        else:
            self._change(lambda _: None)

    def _change(self, tick: Callable[[int], None]) -> None:
        index = self._index
        vocabulary = index.vocabulary
        at_hand: dict[int, Terms] = {}
        for number, where in self._gone.items():
            terms = unpack(index.entries.read(where))
            vocabulary.remove(terms)
            self._state.count(terms, -1)
            if len(at_hand) < _AT_HAND:
                at_hand[number] = terms

        def recall(numbers: Iterable[int]) -> Iterator[Entry]:
            for number in numbers:
                if (terms := at_hand.get(number)) is None:
                    yield from index.recall((number,))
                else:
                    yield Entry(number, terms)

        new = self._new(tick)
        if index.engine.keyed:
            new = index.keys.entries(new)
        index.engine.change(self._gone, new, recall, self._seal)
        if index.folder is not None:
            self._sweep(index.folder)

    def _new(self, tick: Callable[[int], None]) -> Iterator[Entry]:
        add = self._index.vocabulary.add
        for done, (place, article) in enumerate(self._wanted):
            tick(done)
            found = self._found(article)
            if found is None:
                self._state.base = ""  # compare again next time
                continue
            oid, name, terms, where = found
            number = self._state.next
            self._state.next += 1
            self._touched.add(_rests_on(oid, name))
            self._state.put(place, number, where)
            if name:
                self._held.named[number] = name
            if oid != article.oid:
                self._found_as[place] = oid
            add(terms)
            self._state.count(terms)
            yield Entry(number, terms)

    def _found(self, article: Article) -> tuple[str, str, Terms, Place] | None:
        """The name of its bytes, that of its file if it rests on that, its terms, and their place.
        None if its file is unreadable.
        """
        attic, entries = self._held.attic, self._index.entries
        name = named_by_file(article)
        same = _rests_on(article.oid, name)
        if (where := attic.get(same)) is not None:
            self._known += 1
            return article.oid, name, unpack(entries.read(where)), where
        if self._donor and (there := self._donated.get(same)) is not None:
            self._known += 1
            packed = self._donor.entries.read(there)
            return article.oid, name, unpack(packed), entries.add(packed)
        try:
            raw = self._kb.source.read_many([article.path])[
                article.path
            ]  # it lies in the base: `read` would ask
        except FileProblem:
            return None
        from kcs.article.front_matter import Document, body_of
        from kcs.search.analysis import analyse
        from kcs.search.text import parts

        if not self._kb.is_as_listed(article, raw):
            # It changed since it was listed: index its present text, title and tags.
            article = self._kb.edited(article, raw)
            name = named_by_file(article)
            self._state.base = ""
        oid = article.oid
        said = parts(Document({}, body_of(raw), 1), article)
        said.title = name or said.title
        terms = analyse(said)
        attic[_rests_on(oid, name)] = where = entries.add(pack(terms))
        return oid, name, terms, where

    @cached_property
    def _donated(self) -> dict[str, Place]:
        assert self._donor is not None
        held, state = self._donor.held, self._donor.state
        return held.attic | {
            _rests_on(oid, held.named.get(state.numbers[place], "")): state.where(place)
            for place, oid in enumerate(held.oids)
            if oid
        }

    def _seal(self) -> str:
        index, state, held = self._index, self._state, self._held
        held.oids = held.oids.with_(self._found_as)
        # No other name can have entered an article.
        present = held.oids.for_looks(len(self._touched))
        named = {
            _rests_on(held.oids[place], held.named[number])
            for place, number in enumerate(state.numbers if held.named else ())
            if number in held.named
        }
        for same in self._touched:
            if same in named or same in present:
                held.attic.pop(same, None)
        state.name = fresh_name()
        state.vocabulary = index.vocabulary.to_bytes()
        if index.folder is not None:
            self._entries = self._compacted(index.folder)
            if not started():
                self._entries.sync()
            state.file, state.end = self._entries.name, self._entries.end
            state.write(index.folder)
            held.write(index.folder, state.name)
        return state.name

    def _compacted(self, folder: Path) -> Entries:
        """The entry file; a new one with only the needed entries if most are not."""
        old, state = self._index.entries, self._state
        needed = sum(state.sizes)
        if old.end <= 2 * needed + _SLACK:
            return old
        new = EntryFile(folder / f"entries-{fresh_name()}", 0, new=True)
        for place, number in enumerate(state.numbers):
            if number:
                state.begins[place], _ = new.add(old.read(state.where(place)))
        self._held.attic = {}
        return new

    def _sweep(self, folder: Path) -> None:
        """Remove files named neither by this state nor by the one before, which may be about to be read."""
        named = {self._state.file, self._index.state.file}
        named |= {
            f"{kind}-{one.name}" for kind in ("state", "held") for one in (self._state, self._index.state)
        }
        for path in folder.iterdir():
            if path.name.startswith(_OURS) and path.name not in named:
                with suppress(OSError):
                    path.unlink()


def _rests_on(oid: str, name: str) -> str:
    """What an entry rests on: the article's bytes, and its file's name if it has no title."""
    return f"{oid} {name}" if name else oid


def _without(numbers: Sequence[int]) -> list[int]:
    """The places without an entry."""
    return [place for place, number in enumerate(numbers) if not number] if 0 in numbers else []
