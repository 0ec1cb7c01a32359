"""Synonyms from kcs.toml, and a question said in those words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from kcs.article.letters import normal
from kcs.search.analysis.english import singular
from kcs.search.analysis.folds import clusters
from kcs.search.analysis.scripts import Run, runs
from kcs.search.analysis.words import folded_run, stem_of
from kcs.tuples import NamedTuple

# Two names with five synonyms each make 35 ways to say a question; we try no more than these.
MOST_WAYS = 12


class Called(NamedTuple):
    """A name in a question, and its synonyms."""

    name: tuple[Run, ...]
    others: tuple[tuple[Run, ...], ...]


def called(found: Sequence[Run], synonyms: Mapping[str, Sequence[str]]) -> list[Called]:
    """The names of kcs.toml in these runs: all their words in order, in any form; in Thai, the letters."""
    named = ((Called(_runs(name), tuple(map(_runs, others)))) for name, others in synonyms.items())
    return [one for one in named if one.name and instead(found, one.name, ()) is not None]


def ways(found: Sequence[Run], names: Sequence[Called]) -> list[tuple[Run, ...]]:
    """Other ways to say the same: each name replaced with each of its synonyms, the first ones first."""
    said: list[tuple[Run, ...]] = [tuple(found)]
    for one in names:
        more = (instead(way, one.name, words) for way in tuple(said) for words in one.others if words)
        said += islice((way for way in more if way is not None), MOST_WAYS + 1 - len(said))
    return said[1:]


def instead(found: Sequence[Run], name: Sequence[Run], other: Sequence[Run]) -> tuple[Run, ...] | None:
    """The runs with the first `name` replaced by `other`; None if it is not there."""
    if len(name) == 1 and name[0].script == "thai":
        return _instead_in_thai(found, name[0].text, other)
    wanted, there = ([singular(stem_of(folded_run(one))) for one in some] for some in (name, found))
    for at in range(len(there) - len(wanted) + 1):
        if there[at : at + len(wanted)] == wanted:
            return (*found[:at], *other, *found[at + len(wanted) :])
    return None


def _instead_in_thai(found: Sequence[Run], name: str, other: Sequence[Run]) -> tuple[Run, ...] | None:
    """The same without blanks: the name may be anywhere, but never splits a cluster of letters."""
    wanted = clusters(name)
    for place, run in enumerate(found):
        if run.script != "thai" or name not in run.text:
            continue
        there = clusters(run.text)
        for at in range(len(there) - len(wanted) + 1):
            if there[at : at + len(wanted)] == wanted:
                parts = "".join(there[:at]), "".join(there[at + len(wanted) :])
                before, after = ([run._replace(text=part)] if part else [] for part in parts)
                return (*found[:place], *before, *other, *after, *found[place + 1 :])
    return None


def _runs(words: str) -> tuple[Run, ...]:
    return tuple(runs(normal(words)))
