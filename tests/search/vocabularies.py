"""A vocabulary made at once; the program's own grows and shrinks with the index."""

from __future__ import annotations

from collections.abc import Iterable

from kcs.search.analysis.vocabulary import Vocabulary
from kcs.search.model import Terms


def vocabulary_of(entries: Iterable[Terms]) -> Vocabulary:
    """The vocabulary of these articles, in the order that it is kept in."""
    made = Vocabulary()
    for terms in entries:
        made.add(terms)
    made.to_bytes()
    return made
