"""How likely a question is not answered, by the match of the article that comes nearest."""

from __future__ import annotations

from math import exp

# A logistic regression on one half of the judged questions of four languages (docs/coverage-quality.md).
_STEEPNESS, _EVEN = 8.0, 0.5


def certainty(match: float) -> float:
    """From 0 to 1: of the judged questions with such a match, the share whose article was not there."""
    return 1 / (1 + exp(_STEEPNESS * (match - _EVEN)))
