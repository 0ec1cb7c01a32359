"""The question with its mistyped words corrected from articles: the "did you mean" suggestion. Pure.

No base knows all words, and a short one always has a neighbour: `loop` is no mistyped `look`, and a user asked about it
feels misunderstood. So a word replaces another only if it is in an article that was found and the slip is convincing;
else only beside more of what was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from kcs.article.letters import latin, normal
from kcs.search.analysis.match import see
from kcs.search.analysis.question import Question
from kcs.search.analysis.scripts import Run, runs
from kcs.search.analysis.vocabulary import convinces, is_one_edit
from kcs.search.analysis.words import folded_run
from kcs.search.model import Record


def mended(question: Question, texts: Sequence[str]) -> str | None:
    """The better question, or None. `texts`: the words of the articles found, folded, a blank around each."""
    mistyped = {word.typed for word in question.words if word.near}
    halves = {word.typed: word.halves for word in question.words if word.halves}
    if not mistyped and not halves:
        return None
    seen = [_Seen(question, text) for text in texts]
    compared = normal(question.text)
    meant: list[tuple[Run, str]] = []
    for run in runs(compared):
        if run.text in mistyped and (better := _better(run.text, folded_run(run), seen)):
            meant.append((run, better))
        elif run.text in halves and _side_by_side(halves[run.text], texts):
            meant.append((run, " ".join(halves[run.text])))
    # Everything else stays as typed: `550 5.7.1` and `e-mail` say more than their parts.
    said = question.text if len(compared) == len(question.text) else compared
    for run, better in reversed(meant):
        said = said[: run.start] + better + said[run.end :]
    return said if meant else None


def _side_by_side(halves: Sequence[str], texts: Sequence[str]) -> bool:
    together = " " + " ".join(map(latin, halves))
    return any(together in text for text in texts)


class _Seen:
    """An article: its words, and the question's words among them."""

    def __init__(self, question: Question, text: str) -> None:
        self.words = set(text.split())
        found = see(question.wanted, Record("", text)).found
        self._said = {one.typed: is_there for one, is_there in zip(question.wanted, found, strict=True)}

    def beside(self, typed: str) -> int:
        """How much else of the question it says; 1 if nothing else was asked."""
        others = [is_there for one, is_there in self._said.items() if one != typed]
        return sum(others) if others else 1


def _better(typed: str, folded: str, seen: Sequence[_Seen]) -> str | None:
    """The word beside most of the question; among equals, the one in most articles."""
    beside: dict[str, list[int]] = {}
    for one in seen:
        others = one.beside(typed)
        for word in one.words:
            if _may_be_meant(folded, word, beside=others > 0):
                beside.setdefault(word, []).append(others)
    return max(sorted(beside), key=lambda word: (max(beside[word]), len(beside[word])), default=None)


def _may_be_meant(typed: str, word: str, *, beside: bool) -> bool:
    near = abs(len(typed) - len(word)) <= 1 and convinces(typed, word, beside=beside)
    return near and is_one_edit(typed, word)
