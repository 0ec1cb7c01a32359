"""What kcs.toml says is also called so, and a question as it is said in those words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from kcs.article.letters import normal
from kcs.search.analysis.folds import clusters
from kcs.search.analysis.scripts import Run, runs
from kcs.search.analysis.words import folded_run, stem_of
from kcs.tuples import NamedTuple

# Two names with five synonyms each make 35 ways to say a question; it is looked for in no more than these.
MOST_WAYS = 12


class Called(NamedTuple):
    """A name that a question holds, and what else that is called."""

    name: tuple[Run, ...]
    others: tuple[tuple[Run, ...], ...]


def called(found: Sequence[Run], synonyms: Mapping[str, Sequence[str]]) -> list[Called]:
    """The names of kcs.toml that these runs hold: all their words in that order, in any form; of Thai, the letters."""
    named = ((Called(_runs(name), tuple(map(_runs, others)))) for name, others in synonyms.items())
    return [one for one in named if one.name and instead(found, one.name, ()) is not None]


def ways(found: Sequence[Run], names: Sequence[Called]) -> list[tuple[Run, ...]]:
    """The same said otherwise: each name with each of its synonyms in its place, the first ones first."""
    said: list[tuple[Run, ...]] = [tuple(found)]
    for one in names:
        more = (instead(way, one.name, words) for way in tuple(said) for words in one.others if words)
        said += islice((way for way in more if way is not None), MOST_WAYS + 1 - len(said))
    return said[1:]


def instead(found: Sequence[Run], name: Sequence[Run], other: Sequence[Run]) -> tuple[Run, ...] | None:
    """The runs with `other` where they first say `name`; None where they do not say it."""
    if len(name) == 1 and name[0].script == "thai":
        return _instead_in_thai(found, name[0].text, other)
    wanted = [stem_of(folded_run(one)) for one in name]
    there = [stem_of(folded_run(one)) for one in found]
    for at in range(len(there) - len(wanted) + 1):
        if there[at : at + len(wanted)] == wanted:
            return (*found[:at], *other, *found[at + len(wanted) :])
    return None


def _instead_in_thai(found: Sequence[Run], name: str, other: Sequence[Run]) -> tuple[Run, ...] | None:
    """Nobody writes blanks there: the name may stand anywhere, but begins and ends no cluster of letters halfway."""
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
