"""Is it getting better? What other features may use of it stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcs.insight.score import Score
    from kcs.kb.base import KnowledgeBase

__all__ = ["Score", "trust_score"]


def trust_score(kb: KnowledgeBase) -> Score:
    """The trust score of a whole base."""
    from kcs.insight.score import score

    return score(kb.articles, kb.verdicts)
