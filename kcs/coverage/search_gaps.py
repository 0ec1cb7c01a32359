"""What the team looked for and did not find: searches without an answer, and answers nobody opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kcs.coverage.spool import Judged
from kcs.coverage.suggested import Synonym, suggested
from kcs.coverage.topics import Progress, Topic, topics_of

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.ledger import Event

# What a search without an answer costs the person who searched: an assumption, the same for all searches.
SEARCH_MINUTES = 2.0
_ORIGINS = frozenset(("person", "agent", "new"))


@dataclass(slots=True)
class SearchGaps:
    """`counted` searches, of these `unanswered` and `unopened` (answered, and nothing opened or linked after them)."""

    counted: int
    unanswered: int
    unopened: int
    missing: list[Topic]
    passed_over: list[Topic]
    synonyms: list[Synonym]


def _opened(events: Iterable[Event]) -> set[str]:
    """The searches after which an article was opened or linked."""
    from kcs.kb.ledger_lines import undone_links

    opened: set[str] = set()
    links: list[Event] = []
    for event in events:
        if event.kind == "open":
            opened.add(event.after)
        elif event.kind == "link":
            links.append(event)
    undone = undone_links(links)
    # Who links a hit to a ticket has read as much of it as the ticket needed, unless the link was a mistake.
    return opened | {one.after for one in links if (one.ticket, one.article) not in undone}


def search_gaps(kb: KnowledgeBase, since: datetime | None, progress: Progress) -> SearchGaps:
    """From the ledger, read several times: in memory are only opened articles, links, and searches without an answer."""
    from kcs.kb.ledger import Ledger

    ledger = Ledger.of(kb)
    opened = _opened(ledger.read(since))
    tally: Counter[str] = Counter()
    unhappy: set[str] = set()
    for event in _searches(ledger.read(since)):
        tally["counted"] += 1
        if not event.answered:
            tally["unanswered"] += 1
            if event.session:
                unhappy.add(event.session)
        elif event.id not in opened:
            tally["unopened"] += 1

    paths = {kb.links.key(one.path): one.path for one in kb.articles}

    def of(is_wanted: Callable[[Event], bool]) -> list[Topic]:
        def found() -> Iterator[Judged]:
            return (_judged(paths, event) for event in _searches(ledger.read(since)) if is_wanted(event))

        return topics_of(kb, found, progress)

    return SearchGaps(
        tally["counted"],
        tally["unanswered"],
        tally["unopened"],
        of(lambda event: not event.answered),
        of(lambda event: event.answered and event.id not in opened),
        suggested((event for event in ledger.read(since) if event.session in unhappy), kb.config.synonyms),
    )


def _searches(events: Iterator[Event]) -> Iterator[Event]:
    return (
        event
        for event in events
        if event.kind == "search" and event.origin in _ORIGINS and event.query.strip()
    )


def _judged(paths: Mapping[str, str], event: Event) -> Judged:
    at = int(event.at.timestamp())
    path = paths.get(event.top, "")
    return Judged("uncovered", event.id, at, at, SEARCH_MINUTES, "", path, event.match, False, event.query)
