"""Each ticket against the articles: known, known but not linked, new, or uncovered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from kcs.coverage.asked import Asked
from kcs.coverage.created import Created
from kcs.coverage.tickets import Ticket

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.search import Searcher

# known: linked to an article that is older than it; unlinked: an older article answers it, and no link says so;
# new: an article was made for it, or since it came; uncovered: none of these.
Verdict = Literal["known", "unlinked", "new", "uncovered"]
VERDICTS: tuple[Verdict, ...] = ("known", "unlinked", "new", "uncovered")
_REMEMBERED = 20_000


class Nearest(NamedTuple):
    """The article that answers best, by the match judgement of search, from 0 to 1. No path: none has any of it."""

    path: str
    match: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """`nearest` is the linked article where there is one."""

    verdict: Verdict
    nearest: Nearest
    linked: bool = False


class Judge:
    """Judges tickets of one base. `floor`: the match from which on an article answers, as for a search."""

    def __init__(self, kb: KnowledgeBase, searcher: Searcher, floor: float) -> None:
        self._floor = floor
        self._kb = kb
        self._searcher = searcher
        self._within = _seen(kb)
        self._created = Created(kb)
        self._links = Links(kb)
        self._known: dict[str, Nearest] = {}

    def judge(self, ticket: Ticket, said: Asked) -> Judgement:
        """A link stands above what search says: somebody who solved the ticket made it."""
        linked = self._links.of(ticket)
        if linked is not None:
            older = self._created.before(linked, _asked_at(ticket)) and not self._links.is_made_for(
                linked, ticket
            )
            return Judgement("known" if older else "new", Nearest(linked.path, 1.0), True)
        nearest = self.nearest(said)
        if nearest.match < self._floor:
            return Judgement("uncovered", nearest)
        older = self._created.before(self._kb.by_path[nearest.path], _asked_at(ticket))
        return Judgement("unlinked" if older else "new", nearest)

    def nearest(self, said: Asked) -> Nearest:
        """Of the subject alone; where that is not answered, with the first sentences as well.

        What was asked in the same words before is remembered.
        """
        ways = dict.fromkeys(
            (" ".join(said.subject.split()).casefold(), " ".join(said.words.split()).casefold())
        )
        best = Nearest("", 0.0)
        for words in filter(None, ways):
            best = max(best, self._remembered(words), key=lambda one: one.match)
            if best.match >= self._floor:
                break
        return best

    def _remembered(self, words: str) -> Nearest:
        if words not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[words] = self._nearest(words)
        return self._known[words]

    def _nearest(self, words: str) -> Nearest:
        from kcs.search import ask

        question = ask(words, self._searcher.vocabulary, self._kb.config.synonyms)
        hits = self._searcher.best(question, 1, self._within).hits
        return Nearest(hits[0].path, round(hits[0].match, 3)) if hits else Nearest("", 0.0)


def _asked_at(ticket: Ticket) -> datetime | None:
    return ticket.created_at or ticket.closed_at


def _seen(kb: KnowledgeBase) -> Collection[str] | None:
    """The articles that search shows: all but the archived; None where that is all."""
    shown = frozenset(one.path for one in kb.articles if one.confidence != "archived")
    return None if len(shown) == len(kb.articles) else shown


class Links:
    """Which article a ticket is linked to: by the export, by `kcs link`, or as a source of the article."""

    def __init__(self, kb: KnowledgeBase) -> None:
        from kcs.kb.ledger import Ledger

        self._kb = kb
        self._by_name = {name: one for one in kb.articles for name in _names(kb, one) if name}
        self._sources = _by_source(kb)
        self._noted = {
            event.ticket: event.article
            for event in Ledger.of(kb).read()
            if event.kind == "link" and event.outcome != "wrong"
        }

    def of(self, ticket: Ticket) -> Article | None:
        """The article, or None. One that the export names and the base does not hold is none."""
        found = self.named(ticket)
        noted = self._by_name.get(self._noted.get(ticket.id, ""))
        return found[0] if found else noted or self._sources.get(ticket.id)

    def named(self, ticket: Ticket) -> list[Article]:
        """The articles that the export names, each once."""
        names = (name for name in ticket.linked_articles if name)
        found = (self._by_name.get(name) or self._by_name.get(_path_of(name)) for name in names)
        return list({one.path: one for one in found if one}.values())

    def is_made_for(self, article: Article, ticket: Ticket) -> bool:
        """Whether the article names the ticket among its sources."""
        return self._sources.get(ticket.id) is article


def _names(kb: KnowledgeBase, article: Article) -> tuple[str, ...]:
    return article.id, article.path, article.permalink.strip("/"), kb.links.key(article.path)


def _path_of(name: str) -> str:
    """What is behind the host of an address, as permalinks are written."""
    return name.partition("://")[2].partition("/")[2].partition("?")[0].strip("/") or name.strip("/")


def _by_source(kb: KnowledgeBase) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for article in kb.articles:
        sources = article.record.meta.get("sources")
        for one in sources if isinstance(sources, list) else ():
            resource = one.get("resource") if isinstance(one, dict) else None
            if isinstance(resource, str):
                found.setdefault(resource.removeprefix("ticket:").removeprefix("conversation:"), article)
    return found
