"""The values that pass between the rooms of search. Plain data: no engine, no file, no terminal.

An article is analysed into an `Entry`, a question into a `Plan`; an engine answers a plan with `Found`.
The plan, and so what is found and how many, is the same for every engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kcs.tuples import NamedTuple

# words: stems, folds and identifiers of every script but Thai; clusters: pairs of Thai character clusters.
Field = Literal["words", "clusters"]
Term = tuple[Field, str]


class Terms(NamedTuple):
    """The terms of one article: each field's terms with their frequencies, weights of its parts included.

    The second stage reads a candidate's `record` (kcs.search.analysis describes its format).
    """

    words: Mapping[str, int]
    clusters: Mapping[str, int]
    record: str


class Record(NamedTuple):
    """A record by its lines, as the second stage reads it: title and text; words that occur once, twice, more often;
    names with their parts."""

    title: str
    text: str
    once: str = ""
    twice: str = ""
    more: str = ""
    names: str = ""

    @classmethod
    def of(cls, record: str) -> Record:
        """Split `Terms.record`."""
        return cls._make(record.split("\n"))


class Entry(NamedTuple):
    """One article as given to an engine. `number` names this version and is never reused."""

    number: int
    terms: Terms


class Plan(NamedTuple):
    """A query for an engine: any of the weighted terms, best first by BM25 (k1 .9, b .75), summed over both fields.

    At least one term of each group in `required` must be there, and none of `forbidden`.
    """

    words: Mapping[str, float]
    clusters: Mapping[str, float]
    required: tuple[frozenset[Term], ...] = ()
    forbidden: frozenset[Term] = frozenset()


class Found(NamedTuple):
    """`total`: how many fit the plan; `best`: the best of them as (number,
    score), best first; an engine leaves out none that scores as much as the last.
    """

    total: int
    best: tuple[tuple[int, float], ...] = ()
