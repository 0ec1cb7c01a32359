"""What must be in an article, and what must not: `--all`, exact phrases and `not:`, for every script and engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from kcs.errors import FileProblem
from kcs.kb.base import KnowledgeBase
from kcs.search.analysis.query import ask as understand
from kcs.search.analysis.question import Asked, Question
from kcs.search.language import Query
from kcs.search.model import Term
from kcs.search.phrases import comparable, holds, may_hold

if TYPE_CHECKING:
    from kcs.search.searcher import Searcher

# To look for a phrase is to read the article. More are read only where that is a second's work.
MOST_READ = 1000
# A pasted log is full of quotes; nobody means so many phrases.
MOST_PHRASES = 20
_IN_QUESTION = ("kept", "mended", "split", "unknown")

Groups = list[frozenset[Term]]


def groups(words: Iterable[Asked]) -> Groups:
    """For each word the terms of which any stands for it; an empty group for a word that nothing stands for."""
    found: Groups = []
    for word in words:
        if word.how in _IN_QUESTION:
            found += _inner(word.group) or [word.group]
    return found


def _inner(group: frozenset[Term]) -> Groups:
    """Of Thai, where nobody writes blanks, every pair of clusters must be there; those at its ends may go on."""
    return [
        frozenset((one,)) for one in group if one[0] == "clusters" and one[1][0] != "^" and one[1][-1] != "$"
    ]


class Requiring:
    """One query's demands on one base."""

    def __init__(self, kb: KnowledgeBase, searcher: Searcher, query: Query, *, every: bool) -> None:
        self._kb = kb
        self._searcher = searcher
        self._query = query
        self._every = every
        self._texts: dict[str, str] = {}
        self.notes: list[str] = []

    def demanding(self, question: Question) -> Question:
        """The question, of which with `every` each word is required."""
        if not self._every:
            return question
        return question._replace(plan=question.plan._replace(required=tuple(groups(question.words))))

    def within(self, paths: Collection[str] | None) -> Collection[str] | None:
        """Those of `paths` (None: of the base) that hold every phrase and nothing that is not to be there."""
        for phrase in self._first(self._query.phrases):
            paths = self._holding(phrase, paths)
        for unwanted in self._first(self._query.without):
            everything = [one.path for one in self._kb.articles] if paths is None else paths
            gone = self._having(unwanted, paths)
            paths = frozenset(everything).difference(gone)
        return paths

    def _first(self, phrases: Iterable[str]) -> list[str]:
        different = list(dict.fromkeys(phrases))
        if len(different) > MOST_PHRASES:
            self.notes.append(f"of {len(different)} phrases the first {MOST_PHRASES} were looked for")
        return different[:MOST_PHRASES]

    def _having(self, words: str, paths: Collection[str] | None) -> Collection[str]:
        """Who has a word in any of its forms, or a phrase as it is."""
        asked = understand(words, self._searcher.vocabulary).words
        found = groups(one for one in asked if one.how == "kept")
        if len(found) == 1 and len(asked) == 1:
            return self._searcher.holding(found)
        return self._holding(words, paths)

    def _holding(self, phrase: str, paths: Collection[str] | None) -> Collection[str]:
        question = understand(phrase, self._searcher.vocabulary)
        wanted = groups(question.words)
        # Every word of a phrase is in the base as it is, or the phrase is not.
        if any(one.how in ("mended", "split", "unknown") for one in question.words):
            return ()
        candidates: Sequence[str] = (
            self._searcher.holding(wanted) if wanted else [one.path for one in self._kb.articles]
        )
        if paths is not None:
            allowed = frozenset(paths)
            candidates = [one for one in candidates if one in allowed]
        return [path for path in self._readable(candidates, phrase, question) if self._says(path, phrase)]

    def _readable(self, candidates: Sequence[str], phrase: str, question: Question) -> Sequence[str]:
        """Those that may be read: all of them, or the likeliest. What was read for another phrase costs nothing."""
        unread = [one for one in candidates if one not in self._texts]
        most = max(MOST_READ - len(self._texts), MOST_READ // 10)
        if len(unread) <= most:
            return candidates
        best = self._searcher.best(question, most, frozenset(unread)).hits
        likely = {one.path for one in best} | self._texts.keys()
        chosen = [one for one in candidates if one in likely]
        self.notes.append(
            f"{phrase!r} was looked for in the {len(chosen):,} likeliest of {len(candidates):,} articles"
        )
        return chosen

    def _says(self, path: str, phrase: str) -> bool:
        if (text := self._texts.get(path)) is not None:
            return holds(text, phrase)
        from kcs.search.finding import Content

        try:
            content = Content.of(self._kb, self._kb.by_path[path])
        except FileProblem:
            return False
        if not may_hold(content.raw.decode("utf-8", "replace"), phrase):
            return False
        text = self._texts[path] = comparable(content.whole.text)
        return holds(text, phrase)
