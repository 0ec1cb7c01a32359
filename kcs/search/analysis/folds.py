"""One word to the spellings that count as the same: folds, light stems, clusters. Pure, per word, kept by word."""

from __future__ import annotations

import re
from itertools import pairwise

from kcs.patterns import later

_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")

# A leading vowel, a consonant, the marks above and below it, a following vowel; or any one character.
_CLUSTER = later(
    "[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*[\u0e30\u0e32\u0e33\u0e45]?|.",
    re.DOTALL,
)


def arabic_stem(word: str) -> str:
    """The light stem ("light10") of a folded Arabic word: conjunction, article, then endings are cut off."""
    if len(word) > 3 and word[0] == "و":
        word = word[1:]
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            word = word[len(article) :]
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            word = word[: -len(ending)]
    return word


def clusters(run: str) -> list[str]:
    """A Thai run in character clusters: everything written on one consonant stays together."""
    return _CLUSTER.findall(run)


def cluster_pairs(run: str) -> list[str]:
    """Pairs of neighbouring clusters, the run's ends marked: as good as a dictionary's words."""
    marked = ["^", *clusters(run), "$"]
    return [one + other for one, other in pairwise(marked)]


def grams(text: str, size: int) -> list[str]:
    """Every `size` neighbouring characters; all of a shorter text."""
    if len(text) <= size:
        return [text]
    return [text[at : at + size] for at in range(len(text) - size + 1)]
