"""A topic in words: its name, its first ticket's words, and what the nearest article lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kcs.authoring.intake import guess_language
from kcs.coverage.asked import Asked, on_one_line
from kcs.coverage.grouping import counts_of, telling_words
from kcs.errors import KcsError
from kcs.privacy import Known, find, redact

if TYPE_CHECKING:
    from kcs.coverage.topics import Topic
    from kcs.kb.base import KnowledgeBase

_EXAMPLE = 160
_MISSING = 4


def describe(kb: KnowledgeBase, topic: Topic, sums: Mapping[str, float]) -> None:
    """Fill in words, example, language and what is missing. Personal data stays out."""
    texts = [
        _without_personal(Asked(one.subject, on_one_line(one.text)).words, one.known) for one in topic.texts
    ]
    languages = Counter(filter(None, map(guess_language, texts)))
    topic.language = min(languages, key=lambda one: (-languages[one], one)) if languages else ""
    topic.words = telling_words(sums, texts)
    # An article for inside may answer what is asked for outside: its conditions say what is missing.
    typed = topic.texts[0].typed
    said = _without_personal(typed, topic.texts[0].known) if typed else texts[0]
    first = next((line for line in said.split("\n") if line.strip()), "")
    topic.example = (
        first if len(first) <= _EXAMPLE else f"{first[:_EXAMPLE].rpartition(' ')[0] or first[:_EXAMPLE]} …"
    )
    if topic.nearest:
        topic.missing = missing_words(kb, topic.nearest, topic.words)


def _without_personal(text: str, known: Known) -> str:
    return redact(text, find(text, known=known))


def missing_words(kb: KnowledgeBase, path: str, words: list[str]) -> list[str]:
    """The words that the article holds in no form."""
    from kcs.search import parts
    from kcs.search.analysis import analyse

    article = kb.by_path.get(path)
    if article is None:
        return []
    try:
        terms = analyse(parts(kb.read(article), article))
    except KcsError:
        return []
    return [word for word in words if not _holds(terms.words, terms.clusters, word)][:_MISSING]


def _holds(words: Mapping[str, int], clusters: Mapping[str, int], word: str) -> bool:
    terms = counts_of("", word)
    inner = [term for term in terms if not term.startswith("^") and not term.endswith("$")] or list(terms)
    return all(term in words or term in clusters for term in inner)
