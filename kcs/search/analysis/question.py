"""A question as understood: the plan for the engine, what the second stage counts, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kcs.search.analysis.words import stem_of
from kcs.search.model import Plan, Term
from kcs.tuples import NamedTuple

# kept: in the base as is; mended: not in the base, near words are used; split: its two halves are used;
# unknown: the base has nothing like it; stop: no meaning; synonym: of a word typed; joined: two words or the parts
# of a name as one.
How = Literal["kept", "mended", "split", "unknown", "stop", "synonym", "joined"]


class Asked(NamedTuple):
    """A word of the question: as typed, what became of it, and its weighted terms.

    `articles`: how many have the most frequent of them. `near`: the known terms it was mended to; `halves`: the two
    words it was taken for if only the blank is missing.
    """

    typed: str
    how: How
    terms: tuple[tuple[Term, float], ...] = ()
    articles: int = 0
    near: tuple[str, ...] = ()
    halves: tuple[str, ...] = ()

    @property
    def group(self) -> frozenset[Term]:
        """The terms any of which stands for the word: for `Plan.required`."""
        return frozenset(term for term, _ in self.terms)


class Wanted(NamedTuple):
    """A word, a pair of Thai clusters or some letters that the match judgement looks for in a record.

    `rarity` in [0, 1]: 1 for what no article has; `weight`: the same as an inverse document frequency.
    `forms` are looked for as they are; where there are `stems`, the word around the place must have one of
    them. `guessed`: it is in no article, and so short that what it was mended to says nothing by itself.
    `then`: what must follow the word: the `in` of a synonym *sign in*, which *sign up* is none of.
    """

    typed: str
    rarity: float
    weight: float
    forms: tuple[str, ...]
    stems: frozenset[str] = frozenset()
    guessed: bool = False
    then: str = ""

    def is_one(self, word: str) -> bool:
        """Whether a record's word is this one."""
        return stem_of(word) in self.stems


class Counted(NamedTuple):
    """Grams and sequences to count, with what each weighs."""

    grams: Mapping[str, float]
    sequences: Mapping[str, float]


class Question(NamedTuple):
    """A question. `grams` (letters) and `sequences` (words) are counted in records when ranking, with what each
    weighs there; `wanted` is looked for when judging; `possible` is roughly the most an article can score: each
    term by its weight and rarity, and 1 for everything counted of the words as typed.

    `called`: for each name that has synonyms, the same for each of these, of which an article has the points of the best.
    `ways`: what is wanted when the question is said in synonyms.
    """

    text: str
    plan: Plan
    words: tuple[Asked, ...]
    grams: Mapping[str, float]
    sequences: Mapping[str, float]
    wanted: tuple[Wanted, ...]
    possible: float
    ways: tuple[tuple[Wanted, ...], ...] = ()
    called: tuple[tuple[Counted, ...], ...] = ()

    @property
    def terms(self) -> frozenset[str]:
        """All terms asked for: what a snippet marks.
        A Thai word that is one pair of clusters comes with its ends, too.
        """
        words = (
            one.typed for one in self.words if any(("clusters", one.typed) == term for term, _ in one.terms)
        )
        return frozenset((*self.plan.words, *self.plan.clusters, *(f"^{word}$" for word in words)))
