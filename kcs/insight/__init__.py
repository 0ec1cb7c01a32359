"""Is it getting better? Other features may use these names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.faces import face

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kcs.insight.deeds import Doing, doings
    from kcs.insight.score import Score
    from kcs.insight.seen import name_of
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

__all__ = ["Doing", "Score", "doings", "name_of", "score_of", "trust_score"]

__getattr__ = face(__name__, {"Doing": "deeds", "Score": "score", "doings": "deeds", "name_of": "seen"})


def trust_score(kb: KnowledgeBase) -> Score:
    """The trust score of a whole base."""
    return score_of(kb, kb.articles)


def score_of(kb: KnowledgeBase, articles: Sequence[Article]) -> Score:
    """The trust score of some articles."""
    from kcs.insight.score import score

    return score(articles, kb.verdicts)
