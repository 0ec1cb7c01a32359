"""Turns a piece of text without blanks into terms. Most pieces recur, so each result is kept."""

from __future__ import annotations

from kcs.article.letters import arabic, in_one_form, latin
from kcs.search.analysis import folds
from kcs.search.analysis.english import english_stem
from kcs.search.analysis.glued import cut_names
from kcs.search.analysis.identifiers import extra_terms, is_plain
from kcs.search.analysis.scripts import Run, runs
from kcs.search.analysis.stop_words import ENGLISH
from kcs.tuples import NamedTuple

# Longer words are not words. All are cut alike, so they are still found, and engines accept them.
LONGEST_WORD = 64
# Longer pieces, such as a Thai sentence, hardly ever recur.
_LONGEST_KEPT = 48
_MOST_KEPT = 100_000
# Signs around a word that mean nothing; hyphens do (--flag), and non-ASCII signs may join letters.
_AROUND = "!\"#$%&'()*,.:;<=>?[]^`{|}~"


class Piece(NamedTuple):
    """`words` and `clusters`: terms, repeated as often as they occur; `record`: the folded words, each with a blank;
    `names`: those of them that are cut inside, with a blank between."""

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
    """The terms of any text, without a shortcut."""
    text = in_one_form(text)
    words, names = ([], []) if is_plain(text) else (list(extra_terms(text)), cut_names(text))
    pairs: list[str] = []
    record = []
    for run in runs(text.lower()):
        if run.script == "thai":
            pairs += folds.cluster_pairs(run.text)
        else:
            words += run_terms(run)
        if folded := folded_run(run):
            record.append(folded)
    return Piece(tuple(words), tuple(pairs), " ".join(record), " ".join(names))


class _Pieces(dict[str, Piece]):
    """Pieces of text (as spelt; best without blanks), each made on first use."""

    def __missing__(self, text: str) -> Piece:
        made = _made(text)
        if len(text) <= _LONGEST_KEPT and len(self) < _MOST_KEPT:
            self[text] = made
        return made


# A dictionary: used a thousand times per article, it answers without a call.
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
    """The terms of a normalised word: its stem; if accented, its own and its fold's; with `_`, whole and in parts."""
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
    """The run as in records: one word, comparable, not stemmed."""
    if run.script == "word":
        return latin(run.text[:LONGEST_WORD].strip("_"))
    if run.script == "arabic":
        return arabic(run.text[:LONGEST_WORD])
    return run.text


def stem_of(folded: str) -> str:
    """The stem of a record's word."""
    return folds.arabic_stem(folded) if "\u0600" <= folded[:1] <= "\u08ff" else english_stem(folded)
