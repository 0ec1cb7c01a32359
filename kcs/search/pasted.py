"""A whole mail or ticket as a question: we ask its sentences one by one, and the best one says what is answered.

A text asked in one mixes the question with its story: articles about either are found, and cover little of both. So
the text as a whole is one question among several. Sentences put as questions, and the first one, count in full; any
other counts less, since one of many is bound to resemble some article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from kcs.patterns import later
from kcs.search.analysis.counted import MOST_COUNTED
from kcs.search.analysis.sentences import asks, begs, sentences
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.search.analysis.question import Question
    from kcs.search.language import Query
    from kcs.search.searcher import Ranked, Ranking

# The weight of a sentence that is not put as a question.
TOLD = 0.6
# Sentences asked besides the whole, others that only tell something, and articles wanted for each.
MOST, MOST_TOLD, EACH = 6, 4, 5
# If no question is answered, compare so many other sentences by how near an engine's first articles come to them.
COMPARED = 16
# Fewer words, or pairs of Thai clusters, do not tell what they are about.
LEAST, LEAST_PIECES = 3, 7
# Among equals the score decides.
TIE = 0.01

_SUBJECT = later(
    r"^\s*(?:subject|เรื่อง|หัวเรื่อง|chủ đề|tiêu đề|الموضوع|betreff|objet|asunto|assunto|oggetto|onderwerp)\s?[:：]\s*(\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)


class Answered(NamedTuple):
    """An article and the sentence it answers best, "" for the whole text. `hit.match` and the score are weighted."""

    hit: Ranking
    sentence: str


class Reading(NamedTuple):
    """The result for a text: how many articles hold any of it, the answers, best first, and each asked sentence as
    understood ("" is the whole). `asks`: what it asks, if nothing answers it."""

    total: int
    answers: list[Answered]
    questions: dict[str, Question]
    asks: str

    def sentence(self, *, answered: bool) -> str:
        """The sentence that stands for the text: the answered one, else what it asks."""
        return self.answers[0].sentence if answered and self.answers else self.asks


class _Heard(NamedTuple):
    sentence: str
    question: Question
    weight: float
    ranked: Ranked

    @property
    def best(self) -> float:
        return self.weight * max((one.match for one in self.ranked.hits), default=0.0)


def text_of(query: Query) -> str:
    """The part of a long query to read sentence by sentence."""
    if not query.pasted:
        return query.words
    typed = query.words.removesuffix(" ".join(query.pasted.split()))
    return f"{typed}\n\n{own_text(query.pasted)}".strip()


def own_text(text: str) -> str:
    """The text without greeting, signature and quoted mails.
    For a mail pasted with its head, the subject comes first.
    """
    from kcs.authoring.intake import own_words

    head = _SUBJECT.search(text[:1000])
    subject, own = own_words(head[1] if head else "", text)
    return f"{subject}\n\n{own}".strip() or text


def read(
    text: str,
    understand: Callable[[str], Question],
    best: Callable[[Question, int], Ranked],
    glance: Callable[[Question], float],
    most: int,
) -> Reading:
    """Read a text. `understand`, `best` and `glance` are what search does with one question; `most` is the number of
    articles wanted: 0 for the count alone."""
    whole = " ".join(text.split())
    said = [one for one in sentences(text) if one != whole]
    heard: list[_Heard] = []
    rest: list[tuple[str, Question]] = []
    for sentence, question in _telling(said, understand):
        is_first = not heard and not rest
        if not is_first and not asks(sentence):
            rest.append((sentence, question))
        elif len(heard) < MOST:
            heard.append(_Heard(sentence, question, 1.0, best(question, most)))
    asked = understand(whole)
    # The whole takes longest. It adds nothing if a sentence is answered or there are too many words to look for.
    is_said = any(one.ranked.hits for one in heard) and (
        max(one.best for one in heard) >= TOLD or len(asked.wanted) >= MOST_COUNTED
    )
    all_of_it = _Heard("", asked, 1.0, best(asked, 0 if is_said else most))
    heard.insert(0, all_of_it)
    if max(one.best for one in heard) < TOLD:
        if len(rest) > MOST_TOLD:
            rest.sort(key=lambda one: -glance(one[1]))
        for sentence, question in rest[:MOST_TOLD]:
            heard.append(_Heard(sentence, question, TOLD, best(question, most if is_said else EACH)))
    return Reading(
        all_of_it.ranked.total, _merged(heard), {one.sentence: one.question for one in heard}, _asked(heard)
    )


def _asked(heard: Iterable[_Heard]) -> str:
    """The unanswered question: among sentences put as questions, else among all, the one the base comes nearest to."""
    parts = [one for one in heard if one.sentence]
    asking = [one for one in parts if asks(one.sentence) and not begs(one.sentence)]
    return max(asking or parts, key=lambda one: one.best).sentence if parts else ""


def _telling(said: Iterable[str], understand: Callable[[str], Question]) -> Iterator[tuple[str, Question]]:
    """The sentences that say enough; of those that do not ask, the first few."""
    told = 0
    for sentence in said:
        told += not asks(sentence)
        if told <= COMPARED or asks(sentence):
            question = understand(sentence)
            words = question.wanted
            if len(words) >= (LEAST if all(one.stems for one in words) else LEAST_PIECES):
                yield sentence, question


def _merged(heard: Iterable[_Heard]) -> list[Answered]:
    """Each article with the sentence it answers best."""
    found: dict[str, Answered] = {}
    for sentence, _, weight, ranked in heard:
        top = max((one.score for one in ranked.hits), default=0.0) or 1.0
        for hit in ranked.hits:
            match = weight * hit.match
            hit = hit._replace(match=match, score=match + TIE * weight * hit.score / top)
            if hit.path not in found or found[hit.path].hit.score < hit.score:
                found[hit.path] = Answered(hit, sentence)
    return sorted(found.values(), key=lambda one: (-one.hit.score, one.hit.path))
