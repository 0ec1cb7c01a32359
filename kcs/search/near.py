"""Finds what may be written already, before somebody writes a new article."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kcs.kb.base import KnowledgeBase
from kcs.search.language import MOST_SIGNS, Condition, Query

if TYPE_CHECKING:
    from kcs.search.answer import Answer
    from kcs.search.index_update import Progress

# As many as are worth a look before writing.
_MOST = 3


def near_duplicates(
    kb: KnowledgeBase,
    title: str,
    ignoring: Collection[str] = (),
    progress: Progress | None = None,
    *,
    kind: str = "",
) -> Answer:
    """The articles that may answer a new one's question: those at or above the floor. `ignoring`: paths.

    The question goes into the ledger: the author has asked first.
    With `kind`, only articles of that type may; its title is a subject and no question.
    """
    from kcs.search.answer import Request
    from kcs.search.asking import ask
    from kcs.search.recording import keep_search

    # A title is words, whatever they look like.
    words = " ".join(title.split())[:MOST_SIGNS]
    conditions = (Condition("type", kind),) if kind else ()
    query = Query(words, words, conditions=conditions)
    answer = ask(kb, Request(query, _MOST + len(ignoring)), progress=progress)
    hits = tuple(one for one in answer.hits if not one.weak and one.article.path not in ignoring)[:_MOST]
    answer = answer._replace(hits=hits, answered=bool(hits))
    keep_search(kb, answer, len(answer.hits), log=not kind, origin=_origin())
    return answer


def _origin() -> str:
    from kcs.search.recording import current_origin

    origin = current_origin()
    return "new" if origin == "person" else origin
