"""How likely the best article answers a question: the match judgement of search, and how far it stands above the rest.

A question of one rare word is covered by chance more easily than one of ten; and an article that answers stands out
from the others that were found, while of a question that nothing answers all are equally near. The weights are a
logistic regression's on one half of the judged questions of four languages (docs/coverage-quality.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kcs.search.analysis.question import Question

# The chance from which on a question counts as answered: where F1 of "uncovered" is best on the first half.
ANSWERED = 0.5
# How many hits are looked at.
LOOKED_AT = 10


class Signs(NamedTuple):
    """What is looked at. All but `words` lie in [0, 1] or a little above.

    `match` of the best hit; `words`: logarithm of how many words say something; `rarity`: how rare they are on
    average, by the rarest there can be; `strength`: the best hit's score by the most the words could give; `ahead`
    and `above`: how far it stands before the second and the tenth, by its own score.
    """

    match: float
    words: float
    rarity: float
    strength: float
    ahead: float
    above: float


WEIGHTS = Signs(3.66, 0.23, 1.89, 0.37, 2.78, 2.76)
_LEAST_MATCH = 0.4
CONSTANT = -6.41


def signs(question: Question, hits: Sequence[tuple[float, float]], articles: int) -> Signs:
    """Of a question with its best hits as (score, match), in a base of so many articles."""
    if not hits or not question.wanted:
        return Signs(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    weight = sum(one.weight for one in question.wanted)
    count = len(question.wanted)
    first = hits[0][0]
    second, last = (
        hits[min(place, len(hits) - 1)][0] if len(hits) > 1 else 0.0 for place in (1, LOOKED_AT - 1)
    )
    return Signs(
        hits[0][1],
        log(1 + count),
        weight / count / log(2 + 2 * articles),
        first / weight if weight else 0.0,
        (first - second) / first if first > 0 else 0.0,
        (first - last) / first if first > 0 else 0.0,
    )


def chance(found: Signs) -> float:
    """That the best hit answers, from 0 to 1: on the judged questions so often it did."""
    summed = CONSTANT + sum(weight * sign for weight, sign in zip(WEIGHTS, found, strict=True))
    # The only article that holds one word of ten stands far above all others, and answers nothing.
    return min(found.match / _LEAST_MATCH, 1.0) / (1 + exp(-summed))
