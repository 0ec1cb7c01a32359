"""Which article answered which ticket."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kcs.errors import UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase

if TYPE_CHECKING:
    from kcs.kb.ledger import Event

_MOST_SHOWN = 5  # of the tickets that an article is linked to
# Any help desk's numbers, or a ticket's address; no blanks, so that a forgotten argument is noticed.
_TICKET = re.compile(r"[^\s\x00-\x20\x7f-\x9f]{1,200}")


def link_ticket(kb: KnowledgeBase, article: Article, ticket: str, outcome: str) -> Event:
    """Note it in the ledger. UsageProblem for an impossible ticket, FileProblem if the ledger cannot be written."""
    from kcs.kb.ledger import Ledger
    from kcs.search.recording import link

    number = ticket_number(ticket)
    lately = Ledger.of(kb).lately(datetime.now(UTC) - timedelta(minutes=1))
    return link(kb, article, number, outcome, _after(_newest(kb, article, number, lately)))


def undo_link(kb: KnowledgeBase, article: Article, ticket: str) -> Event:
    """Note that a link was a mistake: from then on it counts nowhere. UsageProblem if there is none to take back."""
    from kcs.kb.ledger import Ledger
    from kcs.kb.ledger_lines import UNDONE, newest_links
    from kcs.search.recording import link

    number, key = ticket_number(ticket), kb.key(article)
    newest = newest_links(one for one in Ledger.of(kb).read() if one.article == key)
    noted = newest.get((number, key))
    if noted is None or noted.outcome == UNDONE:
        known = [one.ticket for one in newest.values() if one.outcome != UNDONE]
        raise UsageProblem(
            f"{article.name} is not linked to {number}",
            hint=f"it is to {', '.join(known[-_MOST_SHOWN:])}" if known else "",
        )
    return link(kb, article, number, UNDONE, _after(noted))


def _newest(kb: KnowledgeBase, article: Article, number: str, events: Iterable[Event]) -> Event | None:
    wanted = ("link", number, kb.key(article))
    found = (one for one in events if (one.kind, one.ticket, one.article) == wanted)
    return max(found, key=lambda one: (one.at, one.id), default=None)


def _after(noted: Event | None) -> datetime:
    """Now, or later than what is noted: the newest word counts, and moments are kept to the second."""
    now = datetime.now(UTC)
    return max(now, noted.at + timedelta(seconds=1)) if noted else now


def ticket_number(ticket: str) -> str:
    """The ticket as the ledger and stamps keep it. UsageProblem if it cannot be a ticket or names a person."""
    from kcs.search.recording import without_personal_data

    ticket = ticket.strip().removeprefix("ticket:")
    if not _TICKET.fullmatch(ticket):
        raise UsageProblem(
            f"{ticket!r} is not a ticket" if ticket else "the ticket is missing",
            hint="its number, such as ZD-9912",
        )
    if _names_somebody(ticket, without_personal_data(ticket)):
        raise UsageProblem(
            "that ticket names a person",
            hint="give its number, such as ZD-9912: everybody who reads the base would see the mail address",
        )
    return ticket


def _names_somebody(ticket: str, without: str) -> bool:
    """Only a mail address does: other detectors may take a long number for a telephone's."""
    return "[email]" in without and "[email]" not in ticket
