"""KCS2: who answers for an article."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.settings.team import Area


def areas(kb: KnowledgeBase) -> Callable[[Article], Area | None]:
    """From article to area, by team.toml."""
    from kcs.kb.settings.areas import areas_of

    return areas_of(kb.team, kb.config)


def assign(article: Article) -> str:
    """The command that gives it somebody."""
    from shlex import quote

    return f"kcs assign {quote(article.name)}"
