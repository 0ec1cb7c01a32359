"""What the match judgement looks for in a record: each word of the question, with its rarity and possible forms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from math import log

from kcs.search.analysis import folds
from kcs.search.analysis.counted import MOST_COUNTED, Near
from kcs.search.analysis.question import Wanted
from kcs.search.analysis.scripts import Run
from kcs.search.analysis.stop_words import ENGLISH
from kcs.search.analysis.vocabulary import convinces, same_numbers
from kcs.search.analysis.words import folded_run, run_terms, stem_of


def rarity(number: int, total: int) -> float:
    """The inverse document frequency of a term in `number` of `total` articles."""
    number = min(number, total)
    return log(1 + (total - number + 0.5) / (number + 0.5))


class Wanting:
    """For one question. `known`: how many of `total` articles have a term; `near`: its mistyped
    words; `drawn`: remainders of words cut by an apostrophe, which are not looked for.
    """

    def __init__(self, known: Callable[[str], int], total: int, near: Near, drawn: Collection[str]) -> None:
        self._known, self._total, self._near, self._drawn = known, total, near, drawn
        self._most = log(2 * total + 2)

    def of(self, said: Sequence[Run]) -> Iterator[Wanted]:
        """Each word, with the known words it was mended to."""
        for run in [one for one in said if one.text not in self._drawn][:MOST_COUNTED] or said[:MOST_COUNTED]:
            if run.script in ("cjk", "sea"):
                for term in run_terms(run):
                    yield self._piece(term)
            elif run.script == "thai":
                found = folds.clusters(run.text)
                for pair in map("".join, pairwise(found)) if len(found) > 1 else found:
                    yield self._piece(pair)
            elif (folded := folded_run(run)) and folded not in ENGLISH:
                near = [one for one in self._near.get(run.text, ()) if same_numbers(folded, one)]
                yield self._word(run, folded, near)

    def _word(self, run: Run, folded: str, near: Sequence[str]) -> Wanted:
        stem = stem_of(folded)
        stems = frozenset((stem, *near)) - {""} or frozenset((folded,))
        # Records are folded: an accented word is as rare as its fold.
        terms = (stem,) if self._known(stem) or not near else near
        weight = min(map(self._weight, terms))
        # A stem's last letter often differs from the word's (studi, happi); Arabic prefixes its article.
        starts = {one if len(one) < 4 else one[:-1] for one in stems}
        starts |= {f"{one[:2]}y" for one in stems if len(one) == 3 and one[2] == "i"}  # try, tries
        forms = starts if run.script == "arabic" else {" " + start for start in starts}
        guessed = bool(near) and not any(convinces(stem, one, beside=True) for one in near)
        return Wanted(run.text, weight / self._most, weight, tuple(sorted(forms)), stems, guessed)

    def _piece(self, term: str) -> Wanted:
        weight = self._weight(term)
        return Wanted(term, weight / self._most, weight, (term,))

    def _weight(self, term: str) -> float:
        """The weight of a term; the maximum if no article has it."""
        return rarity(self._known(term), self._total)
