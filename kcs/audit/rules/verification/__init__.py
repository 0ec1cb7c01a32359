"""KCS1: whether somebody vouches for what an article says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.article.states import VALIDATED

if TYPE_CHECKING:
    from kcs.audit.page import Page

# Stale, changed, never verified, too few: one visit of a verifier pays all of them.
DEBT = "verification"


def expected(page: Page) -> bool:
    """Whether a verification is asked of this article: only what is validated promises anything."""
    return page.article.confidence == VALIDATED
