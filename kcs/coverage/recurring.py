"""Known issues that keep costing: one page for the product team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from kcs.coverage.ticket_gaps import TicketGaps, Used
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.ledger import Event

# The last so many months are compared with as many before them.
SPAN = 3


class Recurring(NamedTuple):
    """One article's tickets. `cost`: minutes, None if no ticket has any. `last` and `before`: tickets of the last
    three months and of the three before. `won`: minutes saved, as there are fewer tickets than before."""

    path: str
    product: str
    tickets: int
    linked: int
    cost: float | None
    last: int
    before: int
    won: float | None


def recurring(
    kb: KnowledgeBase, gaps: TicketGaps | None, since: datetime | None, product: str = ""
) -> list[Recurring]:
    """The costliest first: by the tickets of an export, else by the links that were recorded."""
    used, mean, end = (gaps.used, gaps.mean, gaps.last) if gaps else _linked(kb, since)
    found = [_one(kb, one, mean, end or kb.today) for one in used if one.path in kb.by_path]
    wanted = product.casefold()
    kept = [one for one in found if not wanted or one.product.casefold() == wanted]
    return sorted(kept, key=lambda one: (-(one.cost or 0.0), -one.tickets, one.path))


def _one(kb: KnowledgeBase, used: Used, mean: float | None, end: date) -> Recurring:
    each = used.minutes / used.timed if used.timed else mean
    cost = None if each is None else used.minutes + (used.count - used.timed) * each
    months = _months(end)
    last, before = (sum(used.months[month] for month in half) for half in (months[:SPAN], months[SPAN:]))
    won = None if each is None or last >= before else (before - last) * each
    product = kb.by_path[used.path].own.product or next(
        (name for name, _ in used.products.most_common(1)), ""
    )
    return Recurring(used.path, product, used.count, used.linked, cost, last, before, won)


def _months(end: date) -> list[str]:
    """The month of `end` and those before it, as `2026-11`."""
    numbers = [end.year * 12 + end.month - 1 - back for back in range(2 * SPAN)]
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]


def _linked(kb: KnowledgeBase, since: datetime | None) -> tuple[Iterable[Used], float | None, date | None]:
    from kcs.kb.ledger import Ledger

    used: dict[str, Used] = {}
    minutes: list[float] = []
    newest: datetime | None = None
    paths = {kb.links.key(one.path): one.path for one in kb.articles}
    said: dict[tuple[str, str], Event] = {}
    for event in Ledger.of(kb).read(since):
        if event.kind == "link" and event.article in paths:
            # For a ticket and an article the newest word counts, as in every other figure.
            pair = (event.ticket, event.article)
            said[pair] = max(event, said.get(pair, event), key=lambda one: (one.at, one.id))
    for event in said.values():
        path = paths[event.article]
        if event.outcome == "wrong":
            continue
        one = used.setdefault(path, Used(path, months=Counter()))
        one.count += 1
        one.linked += 1
        at = event.at.astimezone(kb.config.timezone)
        one.months[at.strftime("%Y-%m")] += 1
        newest = max(newest or at, at)
        if event.minutes:
            one.minutes += event.minutes
            one.timed += 1
            minutes.append(event.minutes)
    mean = sum(minutes) / len(minutes) if minutes else None
    return used.values(), mean, newest.date() if newest else None
