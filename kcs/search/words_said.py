"""What the words of a query were taken for, in words; and another query to try where there is no answer."""

from __future__ import annotations

from kcs.search.analysis.question import Asked, Question
from kcs.search.answer import Understood
from kcs.search.language import FIELDS, MOST_SIGNS, Query


def understood(question: Question) -> tuple[Understood, ...]:
    """Each word and what became of it."""
    return tuple(Understood(one.typed, _how(one)) for one in question.words)


def remarks(query: Query) -> list[str]:
    """What of a query was not taken as it may have been meant."""
    said = []
    if query.cut:
        said.append(f"the query is longer than {MOST_SIGNS:,} characters: the rest was left out")
    for name in query.unknown:
        from difflib import get_close_matches

        if close := get_close_matches(name, FIELDS, 1, 0.7):
            said.append(f"{name}: is no field and was read as words; did you mean {close[0]}:?")
    return said


def _how(word: Asked) -> str:
    articles = f"in {word.articles:,} article{'' if word.articles == 1 else 's'}"
    terms = ", ".join(dict.fromkeys(term for (_, term), _ in word.terms))
    return {
        "kept": articles,
        "stop": "says nothing about a subject",
        "unknown": "in no article, and nothing like it",
        "mended": f"in no article; taken for {', '.join(word.near)}",
        "split": f"in no article; taken for {terms}",
        "joined": f"the same in one word, {articles}",
        "synonym": f"a synonym of kcs.toml, {articles}",
    }[word.how]


def suggestion(query: Query, question: Question) -> str | None:
    """Another query, worth a try: typing errors mended, or without what left nothing."""
    if question.suggestion and question.suggestion != query.words:
        return question.suggestion
    if query.words and (query.phrases or query.without or query.conditions):
        return query.words
    return None
