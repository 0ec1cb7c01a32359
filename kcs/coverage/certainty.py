"""How likely it is that nothing answers a question, by the match of the nearest article."""

from __future__ import annotations

from math import exp

# A logistic regression on the first half of the articles of both judged sets, each set with the same weight:
# python -m bench.coverage_quality --fit. docs/coverage-quality.md says how true it is on the other half.
_STEEPNESS, _EVEN = 6.8, 0.51


def certainty(match: float) -> float:
    """From 0 to 1: the share of judged questions with such a match
    that nothing answered, once half of the articles were removed.
    """
    return 1 / (1 + exp(_STEEPNESS * (match - _EVEN)))
