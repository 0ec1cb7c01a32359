"""A piece of text without blanks to what it is found by. Most pieces come again and again, so each is kept."""

from __future__ import annotations

from kcs.article.letters import arabic, latin, normal
from kcs.search.analysis import folds
from kcs.search.analysis.english import english_stem
from kcs.search.analysis.glued import cut_names
from kcs.search.analysis.identifiers import extra_terms, is_plain
from kcs.search.analysis.scripts import Run, runs
from kcs.search.analysis.stop_words import ENGLISH
from kcs.tuples import NamedTuple

# Longer words are no words. They are cut everywhere alike, so that they are still found, and engines take them.
LONGEST_WORD = 64
# Longer pieces, as a Thai sentence is one, hardly ever come again.
_LONGEST_KEPT = 48
_MOST_KEPT = 100_000
# What may stand around a word and says nothing of it; hyphens do (--flag), and letters join what is no ASCII.
_AROUND = "!\"#$%&'()*,.:;<=>?[]^`{|}~"


class Piece(NamedTuple):
    """`words` and `clusters`: terms, one for each time it is there; `record`: the folded words with one blank each; `names`: those
    of them that are cut inside, with a blank between."""

    words: tuple[str, ...]
    clusters: tuple[str, ...]
    record: str
    names: str = ""


def _made(text: str) -> Piece:
    if text.isascii():
        core = text.strip(_AROUND)
        if len(core) < len(text):
            return PIECES[core]
        if is_plain(text):
            word = text.lower()[:LONGEST_WORD]
            return Piece(word_terms(word), (), word, "")
    return taken_apart(text)


def taken_apart(text: str) -> Piece:
    """Any text to what it is found by, in the long way."""
    words, names = ([], []) if is_plain(text) else (list(extra_terms(text)), cut_names(text))
    pairs: list[str] = []
    record = []
    for run in runs(normal(text)):
        if run.script == "thai":
            pairs += folds.cluster_pairs(run.text)
        else:
            words += run_terms(run)
        if folded := folded_run(run):
            record.append(folded)
    return Piece(tuple(words), tuple(pairs), " ".join(record), " ".join(names))


class _Pieces(dict[str, Piece]):
    """Pieces of a text (as they are spelt; best without blanks), each made when it is first asked for."""

    def __missing__(self, text: str) -> Piece:
        made = _made(text)
        if len(text) <= _LONGEST_KEPT and len(self) < _MOST_KEPT:
            self[text] = made
        return made


# A dictionary, since it is asked a thousand times an article, and answers without a call.
PIECES = _Pieces()


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
