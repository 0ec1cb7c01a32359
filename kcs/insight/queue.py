"""What needs eyes, riskiest first: risk = overdue x reuse x audience (docs/trust.md explains each factor)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import log2
from typing import TYPE_CHECKING

from kcs.article.days import Interval
from kcs.article.states import NOT_VALIDATED, VALIDATED
from kcs.article.trust import (
    CONTENT_CHANGED,
    FLAGGED,
    NEVER_VERIFIED,
    STALE,
    UNKNOWN_HISTORY,
    UNREADABLE,
    Verdict,
)
from kcs.insight.usage import tickets_linked
from kcs.kb.articles import Article

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase

SOON = "due-soon"
_MOST_YEARS = 3.0
_UNTRUSTED = 1.0
# Taken for the days past due if there is no due day, or it says too little.
_LEAST = {UNREADABLE: 5.0, FLAGGED: 5.0, CONTENT_CHANGED: 2.0, NEVER_VERIFIED: 2.0, UNKNOWN_HISTORY: 2.0}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One article of the queue.
    `days_over`: days since it fell due, negative before, None without a due day that can be read.

    `tickets`: those it is linked to in the last year.
    `called`: a flag says that what it describes has changed, so it heads the queue whatever its risk.
    """

    article: Article
    verdict: Verdict
    why: str
    days_over: int | None
    citations: int
    tickets: int
    overdue: float
    reuse: float
    audience: float
    called: bool

    @property
    def risk(self) -> float:
        """The product of the three factors."""
        return self.overdue * self.reuse * self.audience


def queue(kb: KnowledgeBase, articles: Iterable[Article], soon: Interval) -> list[Waiting]:
    """The `articles` that need eyes on the base's day or within `soon`, riskiest first."""
    return [one for one in by_risk(kb, articles, soon) if one.why]


def by_risk(kb: KnowledgeBase, articles: Iterable[Article], soon: Interval) -> list[Waiting]:
    """All of `articles` that are in use, in the queue's order;
    `why` is empty for those that nothing asks to be looked at.
    """
    cited, linked = citations(kb), tickets_linked(kb)
    found = [
        _risk(kb, one, cited.get(one.path, 0), linked[kb.key(one)], soon) for one in articles if _counts(one)
    ]
    return sorted(found, key=_order)


def may_verify(article: Article, person: str | None, kb: KnowledgeBase) -> bool:
    """Whether this person's verification of the article would count today."""
    terms = article.settings.terms
    if person is None or (terms.entitled is not None and person not in terms.entitled):
        return False
    gone = terms.left.get(person)
    return gone is None or kb.today < gone


def citations(kb: KnowledgeBase) -> dict[str, int]:
    """How many other articles link to an article, by its path; archived ones and work in progress cite nobody."""
    counts: dict[str, int] = {}
    resolve, known = kb.links.resolve, kb.by_path
    for article in kb.articles:
        if article.unreadable or not _counts(article):
            continue
        targets = set()
        for destination in {spelt for spelt, image in kb.destinations(article) if not image}:
            target = resolve(destination, article.path)
            if target is not None and target.path != article.path and target.path in known:
                targets.add(target.path)
        for path in targets:
            counts[path] = counts.get(path, 0) + 1
    kb.skeletons.save_many()
    return counts


def overdue_factor(verdict: Verdict, days_over: int | None, soon_days: int) -> float:
    """0.1 to 1 while it falls due, 1 + years past due (4 at most) after; at least 2 if nobody vouches for today's
    text, 5 if it is flagged with a blocking reason or unreadable."""
    if verdict.trusted:
        left = -days_over if days_over is not None else soon_days
        return max(0.1, 1 - left / (soon_days + 1))
    late = days_over if days_over is not None and STALE in verdict.reasons else 0
    return max(
        _UNTRUSTED + min(max(late, 0) / 365, _MOST_YEARS), *(_LEAST.get(one, 0) for one in verdict.reasons)
    )


def reuse_factor(reused: int) -> float:
    """1 + log2(1 + citations and linked tickets): the first one counts for as much as going from 7 to 15."""
    return 1 + log2(1 + reused)


def audience_factor(audience: str, audiences: tuple[str, ...]) -> float:
    """1 for the most closed audience, 2 for the next, and so on to the most open."""
    return 1.0 + audiences.index(audience) if audience in audiences else 1.0


def _counts(article: Article) -> bool:
    return article.unreadable or article.confidence in (VALIDATED, NOT_VALIDATED)


def _order(one: Waiting) -> tuple[bool, float, int, str]:
    return not one.called, -one.risk, -(one.days_over or 0), one.article.path


def _risk(kb: KnowledgeBase, article: Article, cited: int, linked: int, soon: Interval) -> Waiting:
    verdict = kb.verdicts[article.path]
    late = (kb.today - verdict.due).days if verdict.due else None
    limit = soon.after(kb.today)
    why = _why(article, verdict, falls_due=verdict.due is not None and verdict.due <= limit)
    return Waiting(
        article=article,
        verdict=verdict,
        why=why,
        days_over=None if verdict.due == date.min else late,
        citations=cited,
        tickets=linked,
        overdue=overdue_factor(verdict, late, (limit - kb.today) // timedelta(days=1)),
        reuse=reuse_factor(cited + linked),
        audience=audience_factor(article.settings.audience, tuple(kb.config.audiences)),
        called=any(flag.reason == "changed" for flag in article.flags),
    )


def _why(article: Article, verdict: Verdict, *, falls_due: bool) -> str:
    if any(flag.reason == "changed" for flag in article.flags):
        return FLAGGED
    if not verdict.trusted:
        return verdict.reasons[0]
    if article.flags:
        return FLAGGED
    return SOON if falls_due else ""


def summary(waiting: Iterable[Waiting]) -> Mapping[str, int]:
    """How many wait for each first reason."""
    counts: dict[str, int] = {}
    for one in waiting:
        counts[one.why] = counts.get(one.why, 0) + 1
    return counts
