"""KCS1: whether somebody vouches for what an article says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.article.states import VALIDATED

if TYPE_CHECKING:
    from kcs.audit.page import Page

# Stale, changed, never verified, too few: one visit of a verifier pays all of them.
DEBT = "verification"
DEBT_CODES = ("KCS101", "KCS102", "KCS103", "KCS108")


def expected(page: Page) -> bool:
    """Whether a verification is asked of this article: only what is validated promises anything."""
    return page.article.confidence == VALIDATED


def flagged_change(page: Page) -> bool:
    """Whether a flag says so already where a change is judged, as
    before a commit: nobody has to wait for a verifier to hand one in.
    """
    return page.scene.before is not None and page.article.blocked


def verify(page: Page) -> str:
    """The command that verifies it."""
    from shlex import quote

    return f"kcs verify {quote(page.article.name)}"


def who_may(page: Page) -> str:
    """The people who may verify it today."""
    names = page.article.settings.terms.verifiers(page.kb.today)
    if names is None:
        return "anybody"
    more = f" and {len(names) - 4} more" if len(names) > 4 else ""
    return ", ".join(names[:4]) + more or "nobody"


def these_may(page: Page) -> str:
    """The people who may verify it today; where all of them are gone, how somebody comes to."""
    from shlex import quote

    if page.article.settings.terms.verifiers(page.kb.today) == []:
        return f"nobody here, until kcs assign {quote(page.article.name)} --add-verifier ... names one"
    return who_may(page)
