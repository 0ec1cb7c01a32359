"""What an article must and must not hold: `--all`, exact phrases and `not:`, for every script and engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from kcs.errors import FileProblem, UsageProblem
from kcs.kb.base import KnowledgeBase
from kcs.search.analysis.folds import clusters
from kcs.search.analysis.query import ask as understand
from kcs.search.analysis.question import Asked, Question
from kcs.search.analysis.scripts import runs
from kcs.search.language import Query
from kcs.search.model import Term
from kcs.search.phrases import comparable, folded, holds

if TYPE_CHECKING:
    from kcs.search.searcher import Searcher

# Looking for a phrase means reading the article: this many take a second. An article's words are in the index, at a
# twentieth of the cost.
MOST_READ = 600
MOST_LOOKED_AT = 6000
# A pasted log is full of quotes; nobody means so many phrases.
MOST_PHRASES = 20
_IN_QUESTION = ("kept", "mended", "split", "unknown")
# Signs (in Thai, clusters) in a term of scripts without blanks.
_OF_A_TERM = {"thai": 2, "cjk": 2, "sea": 3}

# What a sentence puts around a word.
_OPENING, _ENDING = "\"'([{\u00ab", " .,;:!?\"')]}\u00bb\u060c\u061b\u061f\u3001\u3002"

Groups = list[frozenset[Term]]


def groups(words: Iterable[Asked], names: Sequence[Asked] = ()) -> Groups:
    """For each word, the terms any of which stands for it; an empty group for a word without terms.

    None for a word too short for the index; several groups in scripts without blanks.
    `names`: neighbours in one piece, which stand for each of them: `email` says both words of `e-mail`.
    """
    found: Groups = []
    for word in words:
        if word.how in _IN_QUESTION and not _may_be_inside(word):
            joined = (one.group for one in names if _is_part(word.typed, one.typed))
            found += [word.group.union(*joined)] if _beyond_a_term(word) is None else _inner(word.group)
    return found


def _is_part(word: str, name: str) -> bool:
    return name.startswith(word) or name.endswith(word) or (len(word) > 1 and word in name)


def _inner(group: frozenset[Term]) -> Groups:
    """All known terms must be there; Thai ones at a word's ends may continue."""
    inner = [frozenset((one,)) for one in group if one[1][0] != "^" and one[1][-1] != "$"]
    return inner or [frozenset()]


def _beyond_a_term(word: Asked) -> int | None:
    """How many signs longer it is than its terms; None in scripts with blanks.

    One as long is found by its term. A shorter one may be inside others, where no term of the index shows it.
    """
    run = None if word.typed.isascii() else next(runs(word.typed), None)
    if run is None or run.script not in _OF_A_TERM:
        return None
    signs = clusters(run.text) if run.script == "thai" else run.text
    return len(signs) - _OF_A_TERM[run.script]


def _may_be_inside(word: Asked) -> bool:
    return (_beyond_a_term(word) or 0) < 0


def _is_all(word: Asked, typed: str) -> bool:
    """Whether nothing but the word was typed: `C++`, `.NET` and `$path` are no other forms of `c`, `net` and `path`."""
    return comparable(typed).lstrip(_OPENING).rstrip(_ENDING) == comparable(word.typed)


class Requiring:
    """One query's demands on one base."""

    def __init__(self, kb: KnowledgeBase, searcher: Searcher, query: Query, *, every: bool) -> None:
        self._kb = kb
        self._searcher = searcher
        self._query = query
        self._every = every
        self._said: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self.notes: list[str] = []
        # Whether the remaining articles were looked at for what was asked; and whether that is all there was.
        self.held = self.exact = False

    def demanding(self, question: Question) -> Question:
        """The question; with `every`, each word is required."""
        if not self._every:
            return question
        names = [one for one in question.words if one.how == "joined"]
        return question._replace(plan=question.plan._replace(required=tuple(groups(question.words, names))))

    def within(self, paths: Collection[str] | None, question: Question) -> Collection[str] | None:
        """Those of `paths` (None: the base) that hold every phrase and nothing excluded.
        UsageProblem if that is too much.
        """
        short = [word.typed for word in question.words if self._every and _may_be_inside(word)]
        if phrases := (*self._query.phrases, *short):
            paths = self._holding(self._first(phrases), paths)
            self.held, self.exact = True, not self._asks_more()
        without = list(dict.fromkeys(self._query.without))
        if len(without) > MOST_PHRASES:  # leaving one out would find what was excluded
            raise UsageProblem(
                f"the query excludes {len(without)} words and phrases, and the most is {MOST_PHRASES}",
                hint="with fewer not:",
            )
        for unwanted in without:
            everything = [one.path for one in self._kb.articles] if paths is None else paths
            gone = self._having(unwanted, paths)
            paths = frozenset(everything).difference(gone)
        return paths

    def _first(self, phrases: Iterable[str]) -> list[str]:
        different = list(dict.fromkeys(phrases))
        if len(different) > MOST_PHRASES:
            self.notes.append(f"of {len(different)} phrases the first {MOST_PHRASES} were looked for")
        return different[:MOST_PHRASES]

    def _asks_more(self) -> bool:
        """Whether words were asked beside the phrases, which an article that holds those may lack."""
        words = f" {self._query.words} "
        for phrase in self._query.phrases:
            words = words.replace(f" {phrase} ", " ", 1)
        asked = understand(words, self._searcher.vocabulary).words
        return any(one.how in _IN_QUESTION and not (self._every and _may_be_inside(one)) for one in asked)

    def _having(self, words: str, paths: Collection[str] | None) -> Collection[str]:
        """The articles with a word in any of its forms, or with an exact phrase."""
        asked = understand(words, self._searcher.vocabulary).words
        found = groups(one for one in asked if one.how == "kept")
        if len(found) == 1 and len(asked) == 1 and not _beyond_a_term(asked[0]) and _is_all(asked[0], words):
            return self._searcher.holding(found)
        return self._holding([words], paths, unread=True)

    def _holding(
        self, phrases: Sequence[str], paths: Collection[str] | None, *, unread: bool = False
    ) -> Collection[str]:
        """Those of `paths` that hold all phrases; checks the phrases' words before reading any article.
        `unread`: and those that have the words in order, but are too many to be read.
        """
        asked = [(phrase, understand(phrase, self._searcher.vocabulary).words) for phrase in phrases]
        # A phrase is in the base only if each of its words is.
        unknown = ("mended", "split", "unknown")
        if any(one.how in unknown and not _may_be_inside(one) for _, words in asked for one in words):
            return ()
        asked.sort(
            key=lambda one: min(
                (word.articles for word in one[1] if word.articles), default=len(self._kb.articles)
            )
        )
        for phrase, words in asked:
            paths = self._likely(phrase, words, paths)
        others = "; the others, with its words in order, were left out too" if unread else ""
        several = f"{phrases[0]!r} was" if len(phrases) == 1 else f"the {len(phrases)} phrases were"
        likely = self._bounded(several, paths or (), self._texts, MOST_READ, others)
        held = [path for path in likely if all(self._says(path, phrase) for phrase in phrases)]
        return [*held, *frozenset(paths or ()).difference(likely)] if unread else held

    def _likely(self, phrase: str, words: Sequence[Asked], paths: Collection[str] | None) -> Collection[str]:
        """Those of `paths` with the words of a phrase in sequence; the likeliest first if there are many."""
        if paths is None or len(paths) > MOST_READ:
            wanted = groups(words)
            allowed = None if paths is None else frozenset(paths)
            everything = self._searcher.holding(wanted) if wanted else [one.path for one in self._kb.articles]
            paths = [one for one in everything if allowed is None or one in allowed]
        paths = self._bounded(f"{phrase!r} was", paths, self._said, MOST_LOOKED_AT)
        self._said |= self._searcher.said([one for one in paths if one not in self._said])
        wanted_words = folded(phrase)
        return [one for one in paths if wanted_words in self._said[one]]

    def _bounded(
        self, what: str, paths: Collection[str], known: Collection[str], most: int, others: str = ""
    ) -> Collection[str]:
        """Limit the paths to read to `most`. Those read for another
        phrase cost nothing. `others`: what becomes of the rest.
        """
        new = [one for one in paths if one not in known]
        most = max(most - len(known), most // 10)
        if len(new) <= most:
            return paths
        left_out = frozenset(new[most:])
        chosen = [one for one in paths if one not in left_out]
        self.notes.append(
            f"{what} looked for in the {len(chosen):,} likeliest of {len(paths):,} articles{others}"
        )
        return chosen

    def _says(self, path: str, phrase: str) -> bool:
        text = self._texts.get(path)
        if text is None:
            from kcs.search.finding import Content

            try:
                text = comparable(Content.of(self._kb, self._kb.by_path[path]).whole.text)
            except FileProblem:
                text = ""
            self._texts[path] = text
        return holds(text, phrase)
