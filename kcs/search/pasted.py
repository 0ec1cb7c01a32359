"""A whole mail or ticket as a question: its sentences are asked one by one, and the best of them says what is answered.

All of a text in one mixes what it asks with how it came about: what is about either is found, and covers little of
both. So the text as a whole is one question among several. What is put as a question, and what comes first, counts in
full; any other sentence less, since one of many is bound to be like some article.
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

# What a sentence counts that is not put as a question.
TOLD = 0.6
# So many sentences are asked besides the whole, and so many others that only tell something, each for so many articles.
MOST, MOST_TOLD, EACH = 6, 4, 5
# Where nothing that is asked is answered, so many others are compared by how near an engine's first articles come to them.
COMPARED = 16
# Of fewer words, or pairs of Thai clusters, nobody can tell what they are about.
LEAST, LEAST_PIECES = 3, 7
# Among equals the score decides.
TIE = 0.01

_SUBJECT = later(
    r"^\s*(?:subject|เรื่อง|หัวเรื่อง|chủ đề|tiêu đề|الموضوع)\s?[:：]\s*(\S.*)$", re.IGNORECASE | re.MULTILINE
)


class Answered(NamedTuple):
    """An article and which sentence of a text it answers best, "" for all of it. `hit.match` is weighed, and so the score."""

    hit: Ranking
    sentence: str


class Reading(NamedTuple):
    """What a text came to: how many articles hold any of it, the answers, best first, and each sentence that was asked as it was
    understood ("" is all of it). `asks`: what it asks, where nothing answers it."""

    total: int
    answers: list[Answered]
    questions: dict[str, Question]
    asks: str

    def sentence(self, *, answered: bool) -> str:
        """What stands for the text: the sentence that is answered, or else what it asks."""
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
    """What of a long query is read, sentence by sentence."""
    if not query.pasted:
        return query.words
    typed = query.words.removesuffix(" ".join(query.pasted.split()))
    return f"{typed}\n\n{own_text(query.pasted)}".strip()


def own_text(text: str) -> str:
    """Without greeting, signature and quoted mails. Of a mail that was pasted with its head the subject comes first."""
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
    """A text, read. `understand`, `best` and `glance` are what search does with one question; `most` articles are asked for; with 0
    how many there are is all that is wanted."""
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
    # All in one takes longest. Where a sentence is answered, or there are more words than can be looked for, it says nothing new.
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
    """What nothing answers: of the sentences that are put as questions, else of all, what the base comes nearest to."""
    parts = [one for one in heard if one.sentence]
    asking = [one for one in parts if asks(one.sentence) and not begs(one.sentence)]
    return max(asking or parts, key=lambda one: one.best).sentence if parts else ""


def _telling(said: Iterable[str], understand: Callable[[str], Question]) -> Iterator[tuple[str, Question]]:
    """Those that say enough; of what does not ask the first ones."""
    told = 0
    for sentence in said:
        told += not asks(sentence)
        if told <= COMPARED or asks(sentence):
            question = understand(sentence)
            words = question.wanted
            if len(words) >= (LEAST if all(one.stems for one in words) else LEAST_PIECES):
                yield sentence, question


def _merged(heard: Iterable[_Heard]) -> list[Answered]:
    """Each article by what it answers best."""
    found: dict[str, Answered] = {}
    for sentence, _, weight, ranked in heard:
        top = max((one.score for one in ranked.hits), default=0.0) or 1.0
        for hit in ranked.hits:
            match = weight * hit.match
            hit = hit._replace(match=match, score=match + TIE * weight * hit.score / top)
            if hit.path not in found or found[hit.path].hit.score < hit.score:
                found[hit.path] = Answered(hit, sentence)
    return sorted(found.values(), key=lambda one: (-one.hit.score, one.hit.path))
