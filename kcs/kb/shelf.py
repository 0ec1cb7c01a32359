"""What every command starts from: which articles there are and what lists ask of them, kept by column between runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from itertools import repeat
from typing import TYPE_CHECKING, Any

from kcs.kb.articles import Article, ArticleReader, Facts
from kcs.kb.policy import Own

if TYPE_CHECKING:
    from kcs.kb.cache import Cache
    from kcs.kb.records import Record
    from kcs.kb.walk import Mark

# Which policies may hold where it lies, and what it says to them: articles that are alike in both share an entry.
Kind = tuple[tuple[bool, ...], Own]


@dataclass(slots=True)
class Shelf:
    """One column a fact, one place an article, in the order of the paths; `kinds` are places in `table`.

    `marks`: path -> what tells whether its bytes changed. `state` changes when any path or any content does.
    """

    marks: dict[str, Mark] = field(default_factory=dict)
    oids: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    permalinks: list[str] = field(default_factory=list)
    unreadable: list[bool] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    table: dict[Kind, int] = field(default_factory=dict)
    state: str = ""

    @classmethod
    def read(cls, cache: Cache, key: str) -> Shelf:
        """What was kept; empty where that is missing or not what it should be."""
        stored: Any = cache.read("shelf", key) or ()
        try:
            paths, marks, oids, ids, titles, permalinks, unreadable, kinds_of, table, state = stored
            kinds = {(tuple(fits), _own(own)): place for place, (fits, own) in enumerate(table)}
            pairs = dict(zip(paths, zip(*marks, strict=True), strict=True))
            shelf = cls(pairs, oids, ids, titles, permalinks, unreadable, kinds_of, kinds, state)
        except (TypeError, ValueError):
            return cls()
        return shelf if shelf._is_whole() else cls()

    def _is_whole(self) -> bool:
        columns = (self.oids, self.ids, self.titles, self.permalinks, self.unreadable, self.kinds)
        return all(len(column) == len(self.marks) for column in columns) and isinstance(self.state, str)

    def save(self, cache: Cache, key: str) -> None:
        """Keep it."""
        marks = list(zip(*self.marks.values(), strict=True)) or [(), (), (), ()]
        columns = (self.oids, self.ids, self.titles, self.permalinks, self.unreadable, self.kinds)
        cache.write("shelf", [list(self.marks), marks, *columns, list(self.table), self.state], key)

    def places(self) -> dict[str, int]:
        """Path -> place."""
        return {path: place for place, path in enumerate(self.marks)}

    def take(self, other: Shelf, place: int, kind: Kind, path: str, mark: Mark) -> None:
        """Add an article as `other` has it; `kind` is its entry in the other's table."""
        fits, own = kind
        facts = Facts(
            other.ids[place], other.titles[place], other.permalinks[place], other.unreadable[place], own
        )
        self._add(path, mark, other.oids[place], facts, fits)

    def add(self, path: str, mark: Mark, record: Record, reader: ArticleReader) -> None:
        """Add an article as `record` has it. Paths come in order."""
        self._add(path, mark, record.oid, reader.facts(record), reader.policies.fits(path))

    def _add(self, path: str, mark: Mark, oid: str, facts: Facts, fits: tuple[bool, ...]) -> None:
        self.marks[path] = mark
        self.oids.append(oid)
        self.ids.append(facts.id)
        self.titles.append(facts.title)
        self.permalinks.append(facts.permalink)
        self.unreadable.append(facts.unreadable)
        self.kinds.append(self.table.setdefault((fits, facts.own), len(self.table)))

    def close(self) -> None:
        """Name the state, when all are added."""
        told = "\n".join([*self.marks, *self.oids])
        self.state = sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:32]

    def articles(self, reader: ArticleReader) -> list[Article]:
        """The articles, whose records wait until they are asked for."""
        kinds = [(own, reader.policies.settled(fits, own)) for fits, own in self.table]
        of = [kinds[kind] for kind in self.kinds]
        columns = (self.marks, self.oids, self.ids, self.titles, self.permalinks, self.unreadable)
        owns, settings = [own for own, _ in of], [settings for _, settings in of]
        return list(map(Article, *columns, owns, settings, repeat(reader)))


def _own(values: list[Any]) -> Own:
    """Back from JSON, which knows no tuples."""
    return Own._make([tuple(value) if isinstance(value, list) else value for value in values])
