"""Closed tickets of an export and their links in the ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, tzinfo
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kcs.coverage.tickets import Count, Tickets
    from kcs.insight.content import Content
    from kcs.insight.metric import Period
    from kcs.insight.usage import Usage
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

Kind = Literal["known", "new", "unlinked"]
KINDS: tuple[Kind, ...] = ("known", "new", "unlinked")


@dataclass(slots=True)
class Answered:
    """Tickets closed in the period, by month and kind. `closed`: ticket -> when, for articles made from one.

    `whole`: the tickets are from an export, `name` is its file and `count` what could be read of it; else only what the
    ledger links is known, and no unlinked tickets.
    """

    whole: bool
    months: dict[str, Counter[str]] = field(default_factory=dict)
    closed: dict[str, datetime] = field(default_factory=dict)
    count: Count | None = None
    name: str = ""

    def total(self, kind: Kind | None = None) -> int:
        """The sum over all months; over all kinds if none is named."""
        return sum(
            number for month in self.months.values() for one, number in month.items() if kind in (None, one)
        )


def from_ledger(usage: Usage, content: Content, zone: tzinfo) -> Answered:
    """What is known without an export: for which linked tickets an
    article was made, or only articles that came after the link.
    """
    found = Answered(whole=False)
    for ticket, (keys, at) in usage.linked.items():
        articles = [content.by_key.get(key) for key in keys]
        wrong = [content.by_key.get(key) for key in usage.wrong.get(ticket, ())]
        made = [one for one in content.from_ticket.get(ticket, ()) if one not in wrong]
        # Of an article that is gone nobody knows when it came.
        younger = all(one is not None and not content.since.before(one, at) for one in articles)
        kind: Kind = "new" if younger or made else "known"
        found.months.setdefault(at.astimezone(zone).strftime("%Y-%m"), Counter())[kind] += 1
    return found


def from_export(tickets: Tickets, kb: KnowledgeBase, content: Content, period: Period) -> Answered:
    """The figures for an export's closed tickets."""
    from kcs.coverage import Links

    zone = kb.config.timezone
    links = Links(kb, content.since, datetime.combine(period.last, time.max, zone))
    found = Answered(whole=True, name=tickets.path.name)
    for ticket in tickets:
        if ticket.closed_at is None:
            continue
        at = ticket.closed_at.astimezone(zone)
        if at.date() > period.last:  # on that day it was open
            continue
        if ticket.id in content.from_ticket:
            found.closed[ticket.id] = ticket.closed_at
        if period.holds(at.date()):
            linked = links.of(ticket)
            kind: Kind = links.kind(ticket, linked) if linked else "unlinked"
            found.months.setdefault(at.strftime("%Y-%m"), Counter())[kind] += 1
    found.count = tickets.count
    return found


def days_to_publish(answered: Answered, content: Content, period: Period, zone: tzinfo) -> list[float]:
    """For each article first visible outside in the period that
    was made from tickets: days since the first of them was closed.
    """
    first: dict[str, tuple[datetime, Article]] = {}
    for ticket, closed in answered.closed.items():
        for article in content.from_ticket[ticket]:
            before, _ = first.get(article.path, (closed, article))
            first[article.path] = min(closed, before), article
    found = []
    for closed, article in first.values():
        visible = content.visible_since(article)
        if visible is not None and period.holds(visible.astimezone(zone).date()):
            found.append(max((visible - closed).total_seconds() / 86400, 0.0))
    return sorted(found)
