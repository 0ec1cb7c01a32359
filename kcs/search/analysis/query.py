"""Turns a question in plain words, in any script, into an engine's plan and what is counted afterwards.

The plan has every meaningful word; for a word that no article has, the known words at one edit and its two halves. The
rarest terms come first, until their articles exceed the budget.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from kcs.article.letters import arabic, in_one_form, latin
from kcs.search.analysis import folds
from kcs.search.analysis.counted import grams, sequences
from kcs.search.analysis.english import english_stem, singular
from kcs.search.analysis.frames import frame_of
from kcs.search.analysis.identifiers import begun_versions, extra_terms, is_plain, whole_names
from kcs.search.analysis.meaning import is_stop, meaningful
from kcs.search.analysis.named import apart_and_joined, can_be_joined
from kcs.search.analysis.question import Asked, Counted, How, Question, Wanted
from kcs.search.analysis.scripts import Run, runs
from kcs.search.analysis.stop_words import said_whole
from kcs.search.analysis.synonyms import MOST_WAYS, Called, called, ways
from kcs.search.analysis.usual import are_alike, usual
from kcs.search.analysis.vocabulary import Vocabulary
from kcs.search.analysis.wanted import Wanting, rarity
from kcs.search.analysis.words import LONGEST_WORD, folded_run, run_terms, word_terms
from kcs.search.model import Field, Plan, Term

# Weights of a term in the sum of BM25 scores; a plain word is 1. Measured: docs/search-quality.md.
FOLD, CLUSTERS, NEAR, SPLIT, JOINED, SYNONYM, SHARED_END = 0.5, 0.7, 0.8, 0.56, 0.7, 0.8, 0.3
# A synonym where articles say the word itself, in the same language: those with both words are not the only ones.
SYNONYM_TOO = 0.5
NAME = 1.5
# What all that was typed, word by word, weighs in the second look, where two neighbours are 1.
WHOLE = 3.0
# How many postings a question may touch, at the same terms for every engine.
BUDGET = 6000
LEAST_TERMS = 2
# Only pasted texts reach these bounds: a question has ten words, a log ten thousand.
LONGEST_QUESTION = 20_000
MOST_WORDS = 400
MOST_MENDED = 24
# What is looked for in synonyms' words, in all ways together: of a long Thai text, which has a thousand pairs
# of clusters, none.
MOST_WANTED = 1000


def ask(words: str, vocabulary: Vocabulary, synonyms: Mapping[str, Sequence[str]] | None = None) -> Question:
    """The question in plain words. Never fails; `synonyms` as in kcs.toml, beside the usual ones."""
    return _Asking(words[:LONGEST_QUESTION], vocabulary, synonyms or {}).question()


def _framed(spelt: str, plain: str) -> tuple[list[Run], str, str]:
    """How a question is put, and the question itself, as written and in lower case."""
    put = frame_of(plain)
    if not put:
        return [], spelt, plain
    asked = plain[put.start : put.end]
    as_written = spelt[put.start : put.end] if len(spelt) == len(plain) else asked
    return [*runs(plain[: put.start]), *runs(plain[put.end :])], as_written, asked


class _Asking:
    """One question in the making."""

    def __init__(self, text: str, vocabulary: Vocabulary, synonyms: Mapping[str, Sequence[str]]) -> None:
        self.text = text
        self.vocabulary = vocabulary
        # Weight, rarity and plan look up each term about four times.
        self.known = cache(vocabulary.known)
        spelt = in_one_form(text)
        self.frame, spelt, plain = _framed(spelt, spelt.lower())
        self.all = list(runs(plain))[:MOST_WORDS]
        # With its capitals, as far as known.
        self.spelt = spelt if len(spelt) == len(plain) else plain
        # `isn't` gives `isn` and `t`: they may find articles, but an answer need not have them.
        whole = said_whole(plain)
        self.drawn = {one.text for one in self.all} - {one.text for one in runs(whole)} if whole else set()
        # The text if it may hold names: mostly not.
        self.named = "" if all(map(is_plain, spelt.split())) else spelt
        self.runs = meaningful(self.all)
        synonyms = usual(plain, self.all, self.frame, self.known, synonyms) | dict(synonyms)
        self.called = called(self.all, synonyms) if synonyms else []
        self.weights: dict[Term, float] = {}
        self.words: list[Asked] = []
        self.mended = 0

    def question(self) -> Question:
        for run in (*self.frame, *self.all):
            if run.script != "thai" and run not in self.runs:
                self.words.append(Asked(run.text, "stop"))
        for run in self.runs:
            self.words.append(self._asked(run))
        self.words += self._joined()
        self._weigh_names()
        self.words += self._synonyms()
        if not self.weights:
            self._last_resort()
        plan, most = self._plan()
        near = {word.typed: word.near for word in self.words if word.near}
        counted, in_order = grams(self.runs, near), sequences(self.all, near)
        most += sum(weight for weight in counted.values() if weight >= 1) + len(in_order)
        if self.frame and (
            whole := " ".join(filter(None, map(folded_run, runs(in_one_form(self.text).lower()))))
        ):
            # A title may say how it is put: *How do I …*, `วิธี…`. Typed as it stands, its article comes first.
            in_order[f" {whole} "] = WHOLE
        wanting = Wanting(self.known, self.vocabulary.total, near, self.drawn)
        wanted = tuple(wanting.of(self.runs))
        return Question(
            self.text,
            plan,
            tuple(self.words),
            counted,
            in_order,
            wanted,
            most,
            (
                *self._in_synonyms(wanting, MOST_WANTED // max(len(wanted), 1)),
                *(tuple(wanting.of(meaningful(way))) for way in self._ways()),
            ),
            tuple(self._counted_synonyms(counted, near)),
        )

    def _in_synonyms(self, wanting: Wanting, most: int) -> Iterator[tuple[Wanted, ...]]:
        """At most so many ways to say the question in synonyms.

        Of `sign in` the `in` must follow: else *Sign up* would answer `login`.
        """
        then = {
            run.text: f" {folded_run(after)} "
            for one in self.called
            for other in one.others
            for run, after in pairwise(other)
            if is_stop(after) and not is_stop(run)
        }
        for way in ways(self.all, self.called)[:most] if most else ():
            follow = {
                run.text for run, after in pairwise(way) if then.get(run.text) == f" {folded_run(after)} "
            }
            yield tuple(
                one._replace(then=then[one.typed]) if one.typed in follow else one
                for one in wanting.of(meaningful(way))
            )

    def _ways(self) -> Iterator[Sequence[Run]]:
        """The question with names split or joined, and with missing blanks restored."""
        yield from apart_and_joined(self.all, self.spelt, lambda both: bool(self.known(both)))
        if any(singular(run.text) != run.text for run in self.all):
            yield [run._replace(text=self._one_of(run.text)) for run in self.all]
        if halves := {word.typed: word.halves for word in self.words if word.halves}:
            yield [run._replace(text=one) for run in self.all for one in halves.get(run.text, (run.text,))]

    def _counted_synonyms(
        self, counted: Mapping[str, float], near: Mapping[str, Sequence[str]]
    ) -> Iterator[tuple[Counted, ...]]:
        """Letters and neighbours of synonyms: else of two articles
        the one that only has a synonym's words may come first.
        """
        left = MOST_WAYS
        for one in self.called:
            others = one.others[:left]
            left -= len(others)
            # A longer word has more letters to count: they are no more than
            # those of the typed one where articles say it, else of the shortest.
            whole = [sum(grams(meaningful(other), near).values()) for other in others]
            typed = [sum(grams(one.name, near).values())] if self._is_said(one) else filter(None, whole)
            own = min(typed, default=0.0)
            if others:
                yield tuple(self._counted_synonym(other, counted, near, own) for other in others)

    def _counted_synonym(
        self,
        other: Sequence[Run],
        counted: Mapping[str, float],
        near: Mapping[str, Sequence[str]],
        own: float,
    ) -> Counted:
        found = grams(meaningful(other), near)
        part = SYNONYM * (min(own / sum(found.values()), 1.0) if own and found else 1.0)
        return Counted(
            {gram: weight * part for gram, weight in found.items() if gram not in counted},
            # A stop word alone shows whose language it is, and not the asker's.
            {one: weight * SYNONYM for one, weight in sequences(other, near).items() if " " in one.strip()},
        )

    # ---- words

    def _asked(self, run: Run) -> Asked:
        if run.script == "thai":
            return self._take(
                run.text, "kept", "clusters", dict.fromkeys(folds.cluster_pairs(run.text), CLUSTERS)
            )
        if run.script in ("cjk", "sea"):
            size = 2 if run.script == "cjk" else 3
            return self._take(run.text, "kept", "words", dict.fromkeys(folds.grams(run.text, size), 1.0))
        if run.script == "arabic":
            stem = folds.arabic_stem(arabic(run.text[:LONGEST_WORD]))
            return self._word(run.text, {stem: 1.0})
        terms = word_terms(run.text[:LONGEST_WORD])
        if not run.text.isascii() and len(terms) == 2:
            return self._word(run.text, {terms[0]: 1.0, terms[1]: FOLD})
        if terms == (run.text,) and (one := self._one_of(run.text)) != run.text:
            return self._word(run.text, {run.text: 1.0, one: 1.0})
        return self._word(run.text, dict.fromkeys(terms, 1.0))

    def _one_of(self, word: str) -> str:
        """An abbreviation's singular (`vms`), if articles rather write that."""
        one = singular(word)
        return one if self.known(one) > self.known(word) else word

    def _word(self, typed: str, terms: Mapping[str, float]) -> Asked:
        if any(self.known(term) for term in terms):
            return self._take(typed, "kept", "words", terms)
        if not terms or typed in self.drawn:
            return Asked(typed, "stop")
        # For an accented word, mend the fold: accents are most often left out. Of err_conn, `con` is no correction.
        term, weight = list(terms.items())[0 if "_" in typed else -1]
        # No slip makes so long a word of one that is known; to try
        # where it may be split takes the square of its length.
        if len(term) < 3 or len(typed) > LONGEST_WORD or self.mended >= MOST_MENDED:
            return Asked(typed, "unknown")
        self.mended += 1
        near = self.vocabulary.near(term)
        if not near and typed.isascii() and typed != term:
            near = self.vocabulary.near(typed)  # the mistake may be where the stem ends: calender
        # Split the typed word: a stem's stem differs (firewall, firewal, firew).
        halves = self.vocabulary.split(latin(typed)) if len(term) >= 6 and term[0].isascii() else ()
        found = dict.fromkeys(map(english_stem, halves), weight * SPLIT) | dict.fromkeys(near, weight * NEAR)
        if near or not halves:
            return self._take(typed, "mended" if near else "unknown", "words", found, tuple(near))
        return self._take(typed, "split", "words", found)._replace(halves=halves)

    def _take(
        self, typed: str, how: How, field: Field, terms: Mapping[str, float], near: tuple[str, ...] = ()
    ) -> Asked:
        """Ask for those terms that the base has."""
        found: dict[Term, float] = {}
        most = 0
        for term, weight in terms.items():
            if number := self.known(term):
                most = max(most, number)
                found[field, term] = weight
                self.weights.setdefault((field, term), weight)
        return Asked(typed, how if found else "unknown", tuple(found.items()), most, near)

    def _joined(self) -> Iterator[Asked]:
        """Names in one piece, as written or with a blank between."""
        seen = {term for _, term in self.weights}
        names = dict.fromkeys(extra_terms(self.named), 1.0) | dict.fromkeys(
            begun_versions(self.named), JOINED
        )
        for one, other in pairwise(self.all):
            if both := can_be_joined(one, other):
                names.setdefault(both, JOINED)
        for name, weight in list(names.items())[:MOST_WORDS]:
            if name not in seen and self.known(name):
                yield self._take(name, "joined", "words", {name: weight})

    def _weigh_names(self) -> None:
        """Names are literal: an article with the whole name ranks before one with more of its parts."""
        for name in whole_names(self.named):
            if ("words", name) in self.weights:
                self.weights["words", name] = NAME

    def _synonyms(self) -> Iterator[Asked]:
        """The synonyms; one of several words asks for each of them."""
        for one in self.called:
            said = self._is_said(one)
            for other in one.others:
                part = SYNONYM_TOO if said and are_alike(one.name, other) else SYNONYM
                for run in meaningful(other):
                    before = dict(self.weights)
                    asked = self._asked(run)
                    for key in self.weights.keys() - before.keys():
                        self.weights[key] *= part
                    yield Asked(run.text, "synonym", asked.terms, asked.articles)

    def _is_said(self, one: Called) -> bool:
        """Whether any article has a word of the name."""
        return any(self.known(term) for run in one.name for term in run_terms(run))

    def _last_resort(self) -> None:
        """No word is known: ask for terms that start or end alike, so that there is something to see."""
        for run in self.all[:MOST_MENDED]:
            if run.script not in ("word", "arabic"):
                continue
            for term in run_terms(run) or (run.text[:LONGEST_WORD],):
                for size in (max(3, len(term) - 3), 4, 3):
                    if size <= len(term) and (found := self._alike(term, size)):
                        for one in found:
                            self.weights.setdefault(("words", one), SHARED_END)
                        break

    def _alike(self, term: str, size: int) -> list[str]:
        """Known terms that start with the same `size` letters, else end with them: three at the end say little."""
        starting = self.vocabulary.starting(term[:size], 8)
        return starting if starting or size < 4 else self.vocabulary.ending(term[-size:], 8)

    # ---- the plan

    def _plan(self) -> tuple[Plan, float]:
        """The plan, rarest first until the budget is spent; and roughly the most one article can score by it."""
        numbers = {term: self.known(term[1]) for term in self.weights}
        chosen: list[Term] = []
        spent = 0
        for term in sorted(numbers, key=lambda one: (numbers[one], one)):
            if len(chosen) >= LEAST_TERMS and spent + numbers[term] > BUDGET:
                break
            chosen.append(term)
            spent += numbers[term]
        words = {term: self.weights["words", term] for field, term in chosen if field == "words"}
        clusters = {term: self.weights["clusters", term] for field, term in chosen if field == "clusters"}
        return Plan(words, clusters), self._most({term: numbers[term] for term in chosen})

    def _most(self, numbers: Mapping[Term, int]) -> float:
        """The sum of terms by weight and rarity; a mistyped word's guesses count once."""
        weighed = {
            term: self.weights[term] * rarity(number, self.vocabulary.total)
            for term, number in numbers.items()
        }
        most = 0.0
        for word in self.words:
            own = [weighed.pop(term) for term, _ in word.terms if term in weighed]
            most += max(own, default=0.0) if word.near else sum(own)
        return most + sum(weighed.values())
