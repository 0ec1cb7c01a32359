"""A piece of text without blanks to what it is found by. Most pieces come again and again, so each is kept."""

from __future__ import annotations

from functools import lru_cache

from kcs.article.letters import arabic, latin, normal
from kcs.search.analysis import folds
from kcs.search.analysis.english import english_stem
from kcs.search.analysis.identifiers import extra_terms, is_plain
from kcs.search.analysis.scripts import Run, runs
from kcs.search.analysis.stop_words import ENGLISH
from kcs.tuples import NamedTuple

# Longer words are no words. They are cut everywhere alike, so that they are still found, and engines take them.
LONGEST_WORD = 64
# Longer pieces, as a Thai sentence is one, hardly ever come again.
_LONGEST_KEPT = 48


class Piece(NamedTuple):
    """`words` and `clusters`: terms, one for each time it is there; `record`: the folded words with one blank each."""

    words: tuple[str, ...]
    clusters: tuple[str, ...]
    record: str


def piece(text: str) -> Piece:
    """What a piece of a text (as it is spelt; best without blanks) is found by."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else _made(text)


def _made(text: str) -> Piece:
    words = [] if is_plain(text) else list(extra_terms(text))
    pairs: list[str] = []
    record = []
    for run in runs(normal(text)):
        if run.script == "thai":
            pairs += folds.cluster_pairs(run.text)
        else:
            words += run_terms(run)
        if folded := folded_run(run):
            record.append(folded)
    return Piece(tuple(words), tuple(pairs), " ".join(record))


_kept = lru_cache(100_000)(_made)


def run_terms(run: Run) -> tuple[str, ...]:
    """The terms of a run that is not Thai; none for an English stop word."""
    if run.script == "word":
        return word_terms(run.text[:LONGEST_WORD])
    if run.script == "arabic":
        stem = folds.arabic_stem(arabic(run.text[:LONGEST_WORD]))
        return (stem,) if stem else ()
    return tuple(folds.grams(run.text, 2 if run.script == "cjk" else 3))


def word_terms(word: str) -> tuple[str, ...]:
    """The terms of a normalised word: its stem; with accents itself and its fold's; with `_` whole and in parts."""
    word = word.strip("_")
    if not word or word in ENGLISH:
        return ()
    if not word.isascii():
        fold = english_stem(latin(word))
        return (word, fold) if fold and fold != word else (word,)
    if "_" not in word:
        return (english_stem(word),)
    parts = [english_stem(part) for part in word.split("_") if part and part not in ENGLISH]
    return tuple(dict.fromkeys((word, word.replace("_", ""), *parts)))


def folded_run(run: Run) -> str:
    """The run as records hold it: one word, comparable, not stemmed."""
    if run.script == "word":
        return latin(run.text[:LONGEST_WORD].strip("_"))
    if run.script == "arabic":
        return arabic(run.text[:LONGEST_WORD])
    return run.text


def stem_of(folded: str) -> str:
    """The stem of a word as records hold it."""
    return folds.arabic_stem(folded) if "\u0600" <= folded[:1] <= "\u08ff" else english_stem(folded)
