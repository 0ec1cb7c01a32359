"""Links that the ticket system already holds, brought into the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from kcs.article.ids import ALPHABET
from kcs.coverage.linked import Links
from kcs.coverage.tickets import Count, Ticket, Tickets
from kcs.errors import UsageProblem
from kcs.kb.past.created import Created

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.ledger import Event

_TOGETHER = 1_000
_SHOWN = 20


@dataclass(slots=True)
class Imported:
    """`linked` tickets were noted, `known` were there before, `unknown` name only articles that the base does
    not hold (`missing`: the first of the names that it does not hold), `partly` name others beside.
    `personal` were left out, since their number names a person or is no number.
    """

    count: Count
    linked: int = 0
    known: int = 0
    unknown: int = 0
    partly: int = 0
    personal: int = 0
    missing: list[str] = field(default_factory=list)


def import_links(kb: KnowledgeBase, tickets: Tickets) -> Imported:
    """Note each link once, however often the same file is read. FileProblem if the ledger cannot be written."""
    from kcs.kb.ledger import Ledger

    ledger, links = Ledger.of(kb), Links(kb, Created(kb))
    # By hand or by an earlier import: a link does not count twice.
    there = {(event.ticket, event.article) for event in ledger.read() if event.kind == "link"}
    found = Imported(tickets.count)
    waiting: list[Event] = []
    for ticket in tickets:
        if not ticket.linked_articles:
            continue
        if not _is_number(ticket.id):
            found.personal += 1
            continue
        events = list(_events(kb, links, ticket))
        new = [one for one in events if (one.ticket, one.article) not in there]
        if missing := links.missing(ticket):
            found.unknown += not events
            found.partly += bool(events)
            found.missing = list(dict.fromkeys((*found.missing, *missing)))[:_SHOWN]
        if not events:
            continue
        if new:
            found.linked += 1
            waiting += new
        else:
            found.known += 1
        if len(waiting) >= _TOGETHER:
            ledger.append(*waiting)
            waiting.clear()
    ledger.append(*waiting)
    found.count = tickets.count
    return found


def _is_number(ticket: str) -> bool:
    from kcs.search import ticket_number

    try:
        return ticket_number(ticket) == ticket
    except UsageProblem:
        return False


def _events(kb: KnowledgeBase, links: Links, ticket: Ticket) -> Iterator[Event]:
    from kcs.kb.ledger import new_event

    now = datetime.now(UTC)
    # A day still to come would outrank whatever somebody says of the link until then.
    at = min(ticket.closed_at or ticket.created_at or now, now)
    for article in links.named(ticket):
        key = kb.key(article)
        event = new_event(
            "link",
            at,
            origin="batch",
            article=key,
            ticket=ticket.id,
            minutes=round(ticket.handle_minutes or 0.0, 1),
        )
        yield event._replace(id=_id(ticket.id, key, len(event.id)))


def _id(ticket: str, key: str, length: int) -> str:
    """The same id for the same link: read twice, here or by a colleague, it is one event."""
    digest = sha256(f"{ticket}\0{key}".encode("utf-8", "surrogateescape")).digest()
    return "".join(ALPHABET[byte & 31] for byte in digest[:length])
