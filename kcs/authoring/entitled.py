"""Whether what somebody writes today counts towards trust, and who may, in words."""

from __future__ import annotations

from kcs.article.trust import Evidence
from kcs.kb.actor import Actor
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase

# In a base without owners everybody of team.toml may.
_MOST = 8


def counts(kb: KnowledgeBase, article: Article, actor: Actor) -> bool:
    """Whether a stamp that this actor gives the article today counts towards trust."""
    return article.settings.terms.counts(Evidence(actor.person, kb.today, True))


def entitled_people(kb: KnowledgeBase, article: Article) -> str:
    """Who may verify it today, in words; of many the first."""
    here = article.settings.terms.verifiers(kb.today)
    if here is None:
        return "anybody who is not a bot"
    more = f" and {len(here) - _MOST:,} more" if here[_MOST:] else ""
    return ", ".join(here[:_MOST]) + more or "nobody who is still here"
