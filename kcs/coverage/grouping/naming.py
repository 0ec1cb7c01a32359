"""The words that characterise a group, spelt as its tickets spell them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from kcs.coverage.grouping.vectors import counts_of

_WORD = re.compile(r"[^\W_](?:[\w'’.\-]*[^\W_])?[\u0300-\u036f\u064b-\u0652]*")
# Scripts without blanks: the tickets share a stretch of letters.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")
# Vowels and tone marks that cannot begin a Thai word, and vowels that cannot end one.
_NO_START = re.compile(r"^[\u0e30-\u0e3a\u0e45-\u0e4e]+")
_NO_END = re.compile(r"[\u0e40-\u0e44]+$")
_MOST = 4
_SHORTEST, _LONGEST = 3, 24


def telling_words(sums: Mapping[str, float], texts: Sequence[str], most: int = _MOST) -> list[str]:
    """At most `most` words (or stretches of letters, in scripts without blanks), in the order of the first text."""
    from kcs.search import said_whole

    stretches = _stretches(texts)
    scores: dict[str, float] = {}
    shown: dict[str, Counter[str]] = {}
    for text in texts:
        for word in _WORD.findall(_UNSPACED.sub(" ", text)):
            if said_whole(word) not in ("", word):  # `I'd`, `doesn't`
                continue
            terms = counts_of("", word)
            best = max(terms, key=lambda one: (sums.get(one, 0.0), one), default="")
            if sums.get(best, 0.0) > 0:
                scores[best] = sums[best]
                shown.setdefault(best, Counter())[word] += 1
    ranked = sorted(scores, key=lambda one: (-scores[one], one))[
        : max(most - len(stretches), 1 if not stretches else 0)
    ]
    words = [*stretches, *(_spelt(shown[term]) for term in ranked)]
    together = "\n".join(texts).casefold()
    return sorted(dict.fromkeys(words), key=lambda one: together.find(one.casefold()))


def _spelt(shown: Counter[str]) -> str:
    """The spelling of most tickets; lower case if they disagree about capitals."""
    folded = Counter[str]()
    for word, count in shown.items():
        folded[word.casefold()] += count
    best = min(folded, key=lambda one: (-folded[one], one))
    ways = [word for word in shown if word.casefold() == best]
    return ways[0] if len(ways) == 1 else best


def _unspaced(text: str) -> list[str]:
    """What it says in scripts without blanks, without the words of a Thai question."""
    from kcs.search import meaningful, runs

    return [run.text for piece in _UNSPACED.findall(text) for run in meaningful(list(runs(piece)))]


def _stretches(texts: Sequence[str]) -> list[str]:
    """The longest stretches that the first text shares with others; of a single text, its own."""
    told = list(filter(None, (" ".join(_unspaced(text)) for text in texts)))
    if not told:
        return []
    if len(told) == 1:
        return [_NO_END.sub("", one[:_LONGEST]) for one in dict.fromkeys(told[0].split(" "))][:2]
    first = told[0]
    found = Counter[str]()
    for other in told[1:]:
        for block in SequenceMatcher(None, first, other, autojunk=False).get_matching_blocks():
            for part in first[block.a : block.a + block.size].split(" "):
                stretch = _NO_END.sub("", _NO_START.sub("", part)[:_LONGEST])
                if len(stretch) >= _SHORTEST:
                    found[stretch] += 1
    ranked = sorted(found, key=lambda one: (-found[one] * len(one), one))
    kept: list[str] = []
    for one in ranked:
        if not any(one in other or other in one for other in kept):
            kept.append(one)
    return kept[:2]
