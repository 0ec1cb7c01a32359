"""Whether what nothing answered when it was asked is answered by now: then no article is missing any more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcs.coverage.topics import NAMED, Progress, Topic
from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.search import Searcher


def answered_since(
    kb: KnowledgeBase, searcher: Searcher, topics: Sequence[Topic], progress: Progress
) -> list[Topic]:
    """Those of the first topics whose examples search answers today, each as it was typed, conditions included."""
    from kcs.search import Asker, Request, parse

    asker = Asker(kb, searcher)
    known: dict[str, bool] = {}

    def is_answered(query: str) -> bool:
        if query not in known:
            progress(len(known))
            try:
                known[query] = asker.answer(Request(parse(query)), show=False).answered
            except UsageProblem:  # a condition on something that was in the base then
                known[query] = False
        return known[query]

    first = [one for one in topics[:NAMED] if one.texts]
    return [one for one in first if all(is_answered(said.typed) for said in one.texts)]
