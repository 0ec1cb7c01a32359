"""Where the terms are in a plain text: what a snippet is cut around and what it marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import accumulate, chain, pairwise
from unicodedata import category

from kcs.article.letters import in_one_form
from kcs.search.analysis import folds
from kcs.search.analysis.identifiers import extra_spans, is_plain
from kcs.search.analysis.scripts import Run, runs
from kcs.search.analysis.words import run_terms

_CHUNK = re.compile(r"\S+")
# Characters that may become one letter, by what they combine with.
_LONGEST_LETTER = 40


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, term) of every term in a text, in order of their chunks; they may overlap."""
    for chunk in _CHUNK.finditer(text):
        start, spelt = chunk.start(), chunk.group()
        for first, last, term in _chunk_terms(spelt):
            yield start + first, start + last, term


def marks(text: str, terms: Collection[str]) -> list[tuple[int, int]]:
    """The characters (start, end) that these terms stand for: in order, none overlapping, neighbours as one.

    A single pair of Thai clusters occurs everywhere by chance: it counts only if the
    next one is wanted too, or if it is a whole word of the question: `^pair$` says so.
    """
    found: list[tuple[int, int]] = []
    before: tuple[int, int] | None = None
    for start, end, term in words(text):
        thai = "\u0e01" <= term[-1] <= "\u0e4e" or "\u0e01" <= term[0] <= "\u0e4e"
        if term not in terms:
            before = None
            continue
        if not thai:
            found.append((start, end))
            continue
        if f"^{term}$" in terms:
            found.append((start, end))
        if before is not None and before[1] > start:
            found += [before, (start, end)]
        before = start, end
    return _merged(found)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _chunk_terms(spelt: str) -> Iterator[tuple[int, int, str]]:
    written = in_one_form(spelt)
    compared = written.lower()
    # As many letters need not be the same ones: `e\u0301` is one, and `\u2026` is three.
    origin = None if written == spelt and len(compared) == len(spelt) else _origins(spelt, compared)
    named = () if is_plain(written) or len(written) != len(compared) else extra_spans(written)
    for first, last, term in chain(named, (one for run in runs(compared) for one in _run_terms(run))):
        if origin:
            yield origin[first][0], origin[last - 1][1], term
        else:
            yield first, last, term


def _run_terms(run: Run) -> Iterator[tuple[int, int, str]]:
    if run.script in ("word", "arabic"):
        for term in run_terms(run):
            yield run.start, run.end, term
    elif run.script == "thai":
        ends = [run.start, *accumulate(map(len, folds.clusters(run.text)), initial=run.start), run.end]
        for (first, _), (_, last), term in _pairs(ends, folds.cluster_pairs(run.text)):
            yield first, last, term
    else:
        size = min(2 if run.script == "cjk" else 3, len(run.text))
        for at, term in enumerate(run_terms(run), run.start):
            yield at, at + size, term


def _pairs(ends: list[int], terms: list[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int], str]]:
    """Two clusters and their pair; the marks of the run's ends are clusters without characters."""
    for (one, other), term in zip(pairwise(pairwise(ends)), terms, strict=True):
        yield one, other, term


def _origins(spelt: str, compared: str) -> list[tuple[int, int]]:
    """For each character of the normalised text, the characters (start, end) it came from."""
    found: list[tuple[int, int]] = []
    starts = [at for at, sign in enumerate(spelt) if at and category(sign)[0] != "M"]
    start = 0
    for end in (*starts, len(spelt)):
        piece = in_one_form(spelt[start:end]).lower()
        if compared.startswith(piece, len(found)):
            found += [(start, end)] * len(piece)
            start = end
        elif end - start > _LONGEST_LETTER:
            break
        # Else it combines with what follows: two SARA E are one letter, NIKHAHIT and SARA AA another.
    # What combines otherwise leaves the whole text as one origin.
    is_all = start == len(spelt) and len(found) == len(compared)
    return found if is_all else [(0, len(spelt))] * len(compared)
