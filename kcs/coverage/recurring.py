"""Known issues that keep costing: one page for the product team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from kcs.coverage.ticket_gaps import TicketGaps
from kcs.coverage.used import SPAN, Used, note_day, note_time
from kcs.kb.values import alike, nearest
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase


class Recurring(NamedTuple):
    """One article's tickets. `cost`: minutes, None if no ticket has any. `last` and `before`: tickets of the
    last thirteen weeks and of the thirteen before; `whole`: those before are all told. `won`: minutes saved,
    as there are fewer tickets than before.
    """

    path: str
    product: str
    tickets: int
    linked: int
    cost: float | None
    last: int
    before: int
    whole: bool
    won: float | None


def recurring(kb: KnowledgeBase, gaps: TicketGaps | None, since: datetime | None) -> list[Recurring]:
    """The costliest first: by the tickets of an export, else by the links that were recorded."""
    used, mean, first, last = (gaps.used, gaps.mean, gaps.first, gaps.last) if gaps else _linked(kb, since)
    whole = first is not None and last is not None and (last - first) + timedelta(days=1) >= 2 * SPAN
    found = [_one(kb, one, mean, whole=whole) for one in used if one.path in kb.by_path]
    return sorted(found, key=lambda one: (-(one.cost or 0.0), -one.tickets, one.path))


def of_product(found: Sequence[Recurring], product: str) -> tuple[list[Recurring], str]:
    """Those of a product, typed as in any filter; if none has it, why the list is empty."""
    wanted, there = alike(product), {alike(one.product): one.product for one in found if one.product}
    if wanted in there:
        return [one for one in found if alike(one.product) == wanted], ""
    near = nearest(product, there)
    meant = f"; did you mean {near!r}?" if near else ""
    return [], f"no known issue has product {product!r}{meant}"


def _one(kb: KnowledgeBase, used: Used, mean: float | None, *, whole: bool) -> Recurring:
    cost = None if mean is None else used.minutes + used.untimed * mean
    # If some of those before are missing, it fell by even more.
    won = None if cost is None or used.last >= used.before else (used.before - used.last) * cost / used.count
    product = kb.by_path[used.path].own.product or next(
        (name for name, _ in used.products.most_common(1)), ""
    )
    return Recurring(
        used.path,
        product,
        used.count,
        used.linked,
        cost,
        used.last,
        used.before,
        whole,
        won,
    )


def _linked(
    kb: KnowledgeBase, since: datetime | None
) -> tuple[Iterable[Used], float | None, date | None, date | None]:
    from kcs.kb.ledger import Ledger
    from kcs.kb.ledger_lines import UNDONE, WRONG, newest_links

    used: dict[str, Used] = {}
    minutes = tickets = 0.0
    paths = {kb.links.key(one.path): one.path for one in kb.articles}
    end = datetime.combine(kb.today, time.max, kb.config.timezone)
    said = newest_links(
        event for event in Ledger.of(kb).read(since) if event.article in paths and event.at <= end
    )
    helped = [event for event in said.values() if event.outcome not in (WRONG, UNDONE)]
    days = {event.id: event.at.astimezone(kb.config.timezone).date() for event in helped}
    first, last = min(days.values(), default=None), max(days.values(), default=None)
    # An import notes the whole time of a ticket with each of its articles.
    articles = Counter(event.ticket for event in helped)
    for event in helped:
        path = paths[event.article]
        one = used.setdefault(path, Used(path))
        one.count += 1
        one.linked += 1
        if last:
            note_day(one, days[event.id], last)
        note_time(one, event.minutes or None, articles[event.ticket])
        if event.minutes:
            minutes += event.minutes / articles[event.ticket]
            tickets += 1 / articles[event.ticket]
    return used.values(), minutes / tickets if tickets else None, first, last
