"""KCS2: who answers for an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.kb.globs import matcher

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.settings.team import Area


def area_of(kb: KnowledgeBase, article: Article) -> Area | None:
    """The first area of team.toml that says it is about this article."""
    return next((area for area in kb.team.areas.values() if area.match and _fits(area, article)), None)


def _fits(area: Area, article: Article) -> bool:
    facts = {
        "tag": article.own.tags,
        "type": (article.type,),
        "product": (article.own.product,),
        "audience": (article.settings.audience,),
        "language": (article.settings.language,),
        "governance": (article.settings.governance,),
    }
    for key, said in area.match.items():
        wanted = (said,) if isinstance(said, str) else tuple(said)
        if key == "path":
            if not matcher(wanted)(article.path):
                return False
        elif not set(facts.get(key, ())) & set(wanted):
            return False
    return True


def assign(article: Article) -> str:
    """The command that gives it somebody."""
    from shlex import quote

    return f"kcs assign {quote(article.name)}"
