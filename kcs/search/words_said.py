"""How search took the words of a query, in words; and another query to try if there is no answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from kcs.search.analysis.question import Asked, Question
from kcs.search.answer import Understood
from kcs.search.language import FIELDS, MOST_SIGNS, Condition, Field, Query, spelt


def understood(question: Question) -> tuple[Understood, ...]:
    """Each word and what became of it."""
    return tuple(Understood(one.typed, _how(one)) for one in question.words)


def remarks(query: Query) -> list[str]:
    """The parts of a query that may have been meant differently."""
    said = []
    if query.cut:
        said.append(f"the query is longer than {MOST_SIGNS:,} characters: the rest was left out")
    for name, field in _fields_meant(query).items():
        said.append(f"{name}: is not a field, so it was read as words; did you mean {field}:?")
    return said


def meant(query: Query, conditions: Mapping[Condition, Condition | None]) -> Query:
    """The query with misspelt fields and values corrected; `conditions`: as `Narrowed.meant`."""
    words, mended = query.words.split(" "), [conditions.get(one) or one for one in query.conditions]
    for name, field in _fields_meant(query).items():
        for word in [one for one in words if one.startswith(f"{name}:")]:
            words.remove(word)
            mended.append(Condition(field, word.partition(":")[2]))
    return query._replace(words=" ".join(words), conditions=tuple(dict.fromkeys(mended)))


def _fields_meant(query: Query) -> dict[str, Field]:
    if not query.unknown:
        return {}
    from difflib import get_close_matches

    near = {name: get_close_matches(name, FIELDS, 1, 0.7) for name in query.unknown}
    return {name: cast("Field", close[0]) for name, close in near.items() if close}


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
        "synonym": f"a synonym, {articles}",
    }[word.how]


def suggestion(
    query: Query, mended: str | None, meant: Query, conditions: Mapping[Condition, Condition | None]
) -> str | None:
    """Another query worth a try: with typing errors in words or
    conditions corrected, or without the condition that left nothing.

    `mended`: from kcs.search.analysis.mistyped. `conditions`: as `Narrowed.meant`.
    """
    if None in conditions.values():
        held = tuple(one for one in meant.conditions if conditions.get(one, one) is not None)
        return in_words(meant.words, meant._replace(conditions=held)) or None
    if meant.words != query.words or meant.conditions != query.conditions:
        return in_words(meant.words, meant)
    if mended and mended != query.words:
        return in_words(mended, query)
    if query.phrases or query.without:
        return in_words(query.words, query._replace(without=())) or None
    return query.words if query.words and query.conditions else None


def in_words(words: str, query: Query) -> str:
    """The words with their conditions."""
    said = [f'not:"{one}"' if " " in one else f"not:{one}" for one in query.without]
    rest = f" {words} "
    for one in query.conditions:
        if one.field == "title" and not one.no:
            # Its words are also among the words; one that was mended there no longer narrows.
            if f" {one.value} " not in rest:
                continue
            rest = rest.replace(f" {one.value} ", " ", 1)
        said.append(spelt(one))
    return " ".join([*rest.split(), *said])
