"""Whether one word is another one misspelt."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache


def near(word: str, choices: Iterable[str]) -> str:
    """The choice that `word` is a misspelling of; empty if there is none.

    Case, hyphens and underscores do not count. A misspelling has a letter too many,
    too few or a wrong one, or two swapped; from eight letters on, two of these.
    """
    return _nearest(word, frozenset(choices))


# Thousands of articles have the same keys of their own, each compared with dozens.
@lru_cache(4096)
def _nearest(word: str, choices: frozenset[str]) -> str:
    plain = _plain(word)
    best, least = "", 3
    for choice in sorted(choices):
        distance = _distance(plain, _plain(choice))
        if distance < least and distance <= _allowed(plain, _plain(choice)):
            best, least = choice, distance
    return best


def _allowed(word: str, choice: str) -> int:
    shortest = min(len(word), len(choice))
    if shortest >= 8:
        return 2
    return 1 if shortest >= 4 or f"{word}s" == choice or f"{choice}s" == word else 0


def _plain(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "").replace(" ", "")


def _distance(one: str, other: str) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours; 3 stands for more."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > 2 or len(one) > 60:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != wanted))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return min(row[-1], 3)
