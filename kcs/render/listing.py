"""A list of articles as text and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kcs.render.terminal import for_eyes, note, table, write_json

if TYPE_CHECKING:
    from kcs.article.trust import Verdict
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


def order(kb: KnowledgeBase, articles: Sequence[Article], by: str) -> list[Article]:
    """Sorted; articles without a value come last, equals stay in path order."""
    if by in ("due", "verified"):
        name = "due" if by == "due" else "verified_at"
        return sorted(articles, key=lambda one: getattr(kb.verdicts[one.path], name) or date.max)
    if by == "path":
        return list(articles)
    keys: dict[str, Callable[[Article], str]] = {
        "title": lambda one: one.title.casefold(),
        "owner": lambda one: one.owner.casefold(),
        "product": lambda one: one.own.product.casefold(),
    }
    text = keys[by]
    return sorted(articles, key=lambda one: (not text(one), text(one), one.path))


def listing_text(kb: KnowledgeBase, articles: Sequence[Article], limit: int | None = None) -> None:
    """The list for people, the first `limit` of it; in a pipe:
    id or path, confidence, trust, due, title, separated by tabs.
    """
    verdicts = kb.verdicts
    word = _first_reason if for_eyes() else trust_word
    # Articles that are alike share a verdict.
    said: dict[int, tuple[str, str]] = {}
    rows = []
    for article in articles[:limit]:
        verdict = verdicts[article.path]
        told = said.get(id(verdict))
        if told is None:
            told = said[id(verdict)] = word(verdict), str(due_day(verdict) or "")
        rows.append((article.name, article.settings.confidence, *told, title_cell(article)))
    if rows:
        table(("Article", "Confidence", "Trust", "Due", "Title"), rows, ("cyan", "dim", "", "dim", ""))
    trusted = sum(verdicts[one.path].trusted for one in articles)
    if for_eyes() or not rows:
        from kcs.counting import counted  # not for what reads a pipe

        whole = counted(len(kb.articles), "article")
        cut = f"; the first {len(rows):,} are shown" if len(rows) < len(articles) else ""
        note(f"{len(articles):,} of {whole}, {trusted:,} of them trusted{cut}{no_article(kb)}")


def title_cell(article: Article) -> str:
    """What to show beside its name: the title, else the path, unless that is the name."""
    return article.title or (article.path if article.id else "")


def called(article: Article) -> str:
    """In a sentence: its title and, in brackets, its name for commands; once if both are its path."""
    return (
        f"{article.title or article.path} ({article.name})" if article.title or article.id else article.path
    )


def no_article(kb: KnowledgeBase) -> str:
    """That a base of none is worth a second look: a pattern that matches nothing, or a sparse checkout; else empty."""
    if len(kb.articles):
        return ""
    from kcs.kb.staged import StagedTree
    from kcs.kb.walk import walk

    if isinstance(kb.source, StagedTree) and any(walk(kb.root, kb.config)):
        return "; no article is staged or committed: git add"
    return f"; nothing matches {', '.join(kb.config.include)}: kcs doctor says more"


def trust_word(verdict: Verdict) -> str:
    """`trusted`, or the reasons why not."""
    return "trusted" if verdict.trusted else ", ".join(verdict.reasons)


def due_day(verdict: Verdict) -> date | None:
    """The due day; None also if a `stale_after` that nobody can read stands for one that has passed."""
    return None if verdict.due == date.min else verdict.due


def _first_reason(verdict: Verdict) -> str:
    """The reason that counts and how many more hold, so that the column leaves room for titles."""
    more = len(verdict.reasons) - 1
    return trust_word(verdict) if more < 1 else f"{verdict.reasons[0]} +{more}"


def listing_json(kb: KnowledgeBase, articles: Sequence[Article], limit: int | None = None) -> None:
    """`kcs.list/1`, the first `limit` of the articles."""
    shown = [article_json(one, kb.verdicts[one.path]) for one in articles[:limit]]
    write_json("kcs.list/1", {"total": len(articles), "articles": shown})


def article_json(article: Article, verdict: Verdict) -> dict[str, Any]:
    """One article as every command's JSON shows it."""
    settings, own = article.settings, article.own
    return {
        "id": article.id or None,
        "path": article.path,
        "title": article.title,
        "type": own.type or None,
        "confidence": settings.confidence,
        "audience": settings.audience,
        "governance": settings.governance,
        "owner": own.owner or None,
        "product": own.product or None,
        "tags": list(own.tags),
        "language": settings.language or None,
        "trusted": verdict.trusted,
        "reasons": list(verdict.reasons),
        "verified_at": verdict.verified_at.isoformat() if verdict.verified_at else None,
        "due": day.isoformat() if (day := due_day(verdict)) else None,
        "flags": [
            {"by": one.by, "at": one.at, "reason": one.reason, "section": one.section, "note": one.note}
            for one in article.flags
        ],
    }
