"""Which articles a ticket is linked to, and what follows from that: the same for `kcs gaps` and `kcs metrics`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from kcs.article.stamps import entries_of
from kcs.coverage.tickets import Ticket

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.past.created import Created


class Links:
    """Made by `kcs link`, by the ticket system, or by an article that names the ticket as its source.

    Of the ledger's entries about a ticket and an article, the newest counts, and
    none after `until`; a link that it calls wrong is no link, whoever else names it.
    """

    def __init__(self, kb: KnowledgeBase, created: Created, until: datetime | None = None) -> None:
        self._created = created
        self._kb = kb
        self._by_name = {name: one for one in kb.articles for name in _names(kb, one) if name}
        self._sources = made_for(kb)
        self._noted = _noted(kb, until)

    def of(self, ticket: Ticket) -> list[Article]:
        """The articles, each once: what people here noted first,
        then what the export names, then what was made for it.
        """
        noted = self._noted.get(ticket.id, {}) if ticket.id else {}
        found = [self._by_name[key] for key, holds in noted.items() if holds and key in self._by_name]
        wrong = {
            self._by_name[key].path for key, holds in noted.items() if not holds and key in self._by_name
        }
        found += self.named(ticket)
        found += self._sources.get(ticket.id, ())
        return list({one.path: one for one in found if one.path not in wrong}.values())

    def named(self, ticket: Ticket) -> list[Article]:
        """The articles that the export names, each once."""
        found = [self._called(name) for name in ticket.linked_articles if name]
        return list({one.path: one for one in found if one}.values())

    def missing(self, ticket: Ticket) -> list[str]:
        """The names in the export that no article has."""
        return [name for name in ticket.linked_articles if name and self._called(name) is None]

    def _called(self, name: str) -> Article | None:
        """The article with this name; else the one to which a link with
        the address's path would lead; else by the end of that path.
        """
        path = _path_of(name)
        found = self._by_name.get(name) or self._by_name.get(name.lower()) or self._by_name.get(path)
        if found is None and "/" in path and (target := self._kb.links.resolve(f"/{path}", "")) is not None:
            found = self._kb.by_path.get(target.path)
        return found or self._by_name.get(path.rpartition("/")[2].removesuffix(".html"))

    def kind(self, ticket: Ticket, linked: Sequence[Article]) -> Literal["known", "new"]:
        """`new` if one of them was made for it, or all are younger than it."""
        made = self._sources.get(ticket.id, ())
        if any(one is made_for_it for one in linked for made_for_it in made):
            return "new"
        return "known" if any(self._created.before(one, ticket.asked_at) for one in linked) else "new"


def _noted(kb: KnowledgeBase, until: datetime | None) -> dict[str, dict[str, bool]]:
    """Ticket -> article key -> whether the newest word is that it
    helped; the newest first, without links that were taken back.
    """
    from kcs.kb.ledger import Ledger
    from kcs.kb.ledger_lines import UNDONE, WRONG, newest_links

    events = (
        event for event in Ledger.of(kb).read() if event.ticket and (until is None or event.at <= until)
    )
    found: dict[str, dict[str, bool]] = {}
    for event in sorted(newest_links(events).values(), key=lambda one: (one.at, one.id), reverse=True):
        if event.outcome != UNDONE:
            found.setdefault(event.ticket, {})[event.article] = event.outcome != WRONG
    return found


def _names(kb: KnowledgeBase, article: Article) -> tuple[str, ...]:
    return article.id, article.path, article.permalink.strip("/"), kb.links.key(article.path), kb.key(article)


def _path_of(name: str) -> str:
    """The part of an address after its host, as permalinks are written."""
    path = name.partition("://")[2].partition("/")[2] or name
    return path.partition("?")[0].partition("#")[0].strip("/")


def made_for(kb: KnowledgeBase) -> dict[str, list[Article]]:
    """Ticket -> the articles whose `sources` name it: one for colleagues and one for customers, say."""
    found: dict[str, list[Article]] = {}
    for one in kb.articles:
        for ticket in tickets_of(one):
            found.setdefault(ticket, []).append(one)
    return found


def tickets_of(article: Article) -> list[str]:
    """The tickets that its `sources` name, as people write them and as exports are read."""
    found: list[str] = []
    for one in entries_of(article.record.meta.get("sources")):
        resource = one.get("resource")
        if isinstance(resource, str):
            kind, _, number = resource.partition(":")
            # Intercom's conversations are tickets with this name once its export is read.
            found += [f"intercom-{number}"] if kind == "conversation" else []
            found.append(number if kind in ("ticket", "conversation") else resource)
    return found
