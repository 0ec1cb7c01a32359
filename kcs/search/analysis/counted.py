"""The parts of a question counted in records: letters of its words, and words in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from kcs.article.letters import latin
from kcs.search.analysis import folds
from kcs.search.analysis.meaning import is_stop
from kcs.search.analysis.scripts import Run
from kcs.search.analysis.stop_words import ENGLISH
from kcs.search.analysis.words import folded_run

# Weights, where four letters of a word and two neighbours are 1. Measured: docs/search-quality.md.
MEANT_GRAM, STOP_WORD, THREE = 0.3, 0.8, 0.5
# In a question of several words, each of these grams of a known word also stands for those up to the next: they mostly
# come together, and counting is most of what the second stage takes.
EVERY, COUNTED_WHOLE = 3, 3
# The most words of a pasted text that are counted.
MOST_COUNTED = 64

# A mistyped word -> the known words that it may be.
Near = Mapping[str, Sequence[str]]


def grams(said: Sequence[Run], near: Near) -> dict[str, float]:
    """Four letters at a time of each word, with a blank at both ends; with less weight for guesses at a mistyped word.

    The weights of a word's own grams, each at least 1, add up to how many it has.
    """
    own: dict[str, float] = {}
    meant: list[str] = []
    # A name alone, or among Thai or Arabic words, is all there is to go by.
    several = len(said) > 1 and all(run.script == "word" for run in said)
    for run in said[:MOST_COUNTED]:
        spelt = run.script == "arabic" or (run.script == "word" and run.text not in ENGLISH)
        if spelt and (folded := folded_run(run)):  # `_` alone folds to nothing
            found = folds.grams(f" {folded} ", 4)
            own |= _spaced(found) if several and run.text not in near else dict.fromkeys(found, 1.0)
            for known in near.get(run.text, ()):
                meant += folds.grams(f" {known}", 4)
    return dict.fromkeys(meant, MEANT_GRAM) | own


def _spaced(found: Sequence[str]) -> dict[str, float]:
    """Some of a word's grams for all, the first and the last among them."""
    if len(found) <= COUNTED_WHOLE:
        return dict.fromkeys(found, 1.0)
    kept = dict.fromkeys([*found[::EVERY], found[-1]])
    return dict.fromkeys(kept, len(found) / len(kept))


def sequences(asked: Sequence[Run], near: Near) -> dict[str, float]:
    """Two and three neighbouring words, stop words included; stop words also alone, as they show a language.

    A mistyped word stands for its guesses: known words are stems, so the last one may continue.
    """
    said = asked[:MOST_COUNTED]
    counted = {f" {folded_run(run)} ": STOP_WORD for run in said if is_stop(run)}
    for run, other in pairwise(said):
        if run.script == other.script == "word":
            counted[f" {folded_run(run)} {folded_run(other)} "] = 1.0
            for known in near.get(other.text, ()):
                counted[f" {folded_run(run)} {latin(known)}"] = 1.0
            for known in near.get(run.text, ()):
                counted[f" {latin(known)} {folded_run(other)} "] = 1.0
    for run, other, third in zip(said, said[1:], said[2:], strict=False):
        if _words(run, other, third):
            counted[f" {folded_run(run)} {folded_run(other)} {folded_run(third)} "] = THREE
    return counted


def _words(*found: Run) -> bool:
    return all(run.script in ("word", "arabic") for run in found)
