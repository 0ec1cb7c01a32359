"""Closed tickets of an export beside what the ledger says they were linked to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from kcs.coverage.tickets import Count, Ticket
    from kcs.insight.content import Content
    from kcs.insight.metric import Period
    from kcs.insight.usage import Usage
    from kcs.kb.articles import Article

Kind = Literal["known", "new", "unlinked"]
KINDS: tuple[Kind, ...] = ("known", "new", "unlinked")


@dataclass(slots=True)
class Answered:
    """Tickets closed in the period, by month and kind. `closed`: ticket -> when, for articles made from one.

    `whole`: the tickets are those of an export; else only what the ledger links is known, and nothing is unlinked.
    """

    whole: bool
    months: dict[str, Counter[str]] = field(default_factory=dict)
    closed: dict[str, datetime] = field(default_factory=dict)
    count: Count | None = None

    def total(self, kind: Kind | None = None) -> int:
        """Of all months; of all kinds where none is named."""
        return sum(
            number for month in self.months.values() for one, number in month.items() if kind in (None, one)
        )


def from_ledger(usage: Usage, content: Content, zone: tzinfo) -> Answered:
    """What is known without an export: of the linked tickets, which had an article made for them."""
    found = Answered(whole=False)
    for ticket, (key, at) in usage.linked.items():
        article, made = content.by_key.get(key), content.from_ticket.get(ticket)
        kind: Kind = "new" if made is not None and made is article else "known"
        found.months.setdefault(at.astimezone(zone).strftime("%Y-%m"), Counter())[kind] += 1
    return found


def from_export(path: Path, usage: Usage, content: Content, period: Period, zone: tzinfo) -> Answered:
    """Of the closed tickets of an export (docs/tickets.md). FileProblem where it cannot be read."""
    from kcs.coverage.tickets import open_tickets

    tickets = open_tickets(path, zone=zone)
    found = Answered(whole=True)
    for ticket in tickets:
        if ticket.closed_at is None:
            continue
        if ticket.id in content.from_ticket:
            found.closed[ticket.id] = ticket.closed_at
        at = ticket.closed_at.astimezone(zone)
        if period.holds(at.date()):
            kind = _kind(ticket, _articles(ticket, usage, content), content, zone)
            found.months.setdefault(at.strftime("%Y-%m"), Counter())[kind] += 1
    found.count = tickets.count
    return found


def _articles(ticket: Ticket, usage: Usage, content: Content) -> list[Article]:
    """What it is linked to: in the ledger, else in the ticket system, else by the article that was made for it."""
    named = [usage.linked[ticket.id][0]] if ticket.id in usage.linked else list(ticket.linked_articles)
    found = [content.by_key[one] for one in map(_last_part, named) if one in content.by_key]
    found += [content.by_key[one] for one in named if one in content.by_key]
    return found or ([content.from_ticket[ticket.id]] if ticket.id in content.from_ticket else [])


def _last_part(name: str) -> str:
    """An address ends in what it names."""
    return name.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2].removesuffix(".html")


def _kind(ticket: Ticket, linked: Iterable[Article], content: Content, zone: tzinfo) -> Kind:
    articles = list(linked)
    if not articles:
        return "unlinked"
    if content.from_ticket.get(ticket.id) in articles:
        return "new"
    asked = ticket.created_at or ticket.closed_at
    days = [content.created.get(one.path) for one in articles]
    older = [day is None or asked is None or day <= asked.astimezone(zone).date() for day in days]
    return "known" if any(older) else "new"


def days_to_publish(answered: Answered, content: Content, period: Period, zone: tzinfo) -> list[float]:
    """For each article first visible outside in the period that was made from a ticket: days since that was closed."""
    found = []
    for ticket, closed in answered.closed.items():
        visible = content.visible_since(content.from_ticket[ticket])
        if visible is not None and period.holds(visible.astimezone(zone).date()):
            found.append(max((visible - closed).total_seconds() / 86400, 0.0))
    return sorted(found)
