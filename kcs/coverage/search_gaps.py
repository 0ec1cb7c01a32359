"""What the team looked for and did not find: searches without an answer, and answers nobody opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from kcs.coverage.spool import Judged
from kcs.coverage.suggested import Synonym, suggested
from kcs.coverage.topics import Progress, Topic, topics_of
from kcs.errors import UsageProblem
from kcs.kb.ledger_lines import UNDONE, WRONG, newest_links
from kcs.kb.search_runs import Runs

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.ledger import Event

# What a search without an answer costs the person who searched: an assumption, the same for all searches.
SEARCH_MINUTES = 2.0
_ORIGINS = frozenset(("person", "agent", "new"))


@dataclass(slots=True)
class SearchGaps:
    """`counted` searches, of these `unanswered` and `unopened` (answered, and nothing opened or linked after them).
    Of the unanswered, `answered_since` are answered by now.

    Of a person's run of refinements only the last counts, as in the zero-result rate; but words that found
    nothing before others did are suggested as synonyms. `since`: from when on, if not from the beginning.
    """

    counted: int
    unanswered: int
    unopened: int
    missing: list[Topic]
    passed_over: list[Topic]
    synonyms: list[Synonym]
    since: datetime | None = None
    answered_since: int = 0


class _Looks:
    """What was opened or linked after which search, and which searches were only put better. Reads each event once."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.runs = Runs()
        self._opened: set[str] = set()
        links: list[Event] = []
        for event in events:
            self.runs.add(event)
            if event.kind == "open":
                self._opened.add(event.after)
            elif event.kind == "link":
                links.append(event)
        newest = newest_links(links)
        # Who links a hit to a ticket has read as much of it as the ticket needed, unless the link was a mistake.
        self._opened.update(one.after for one in links if newest[one.ticket, one.article].outcome != UNDONE)
        self._helped = {pair for pair, one in newest.items() if one.outcome not in (WRONG, UNDONE)}

    def is_passed_over(self, event: Event) -> bool:
        return event.answered and event.id not in self._opened

    def tells_words(self, event: Event) -> bool:
        """Whether it can say what something is also called: not a link to what did not help."""
        return event.kind != "link" or (event.ticket, event.article) in self._helped


def search_gaps(kb: KnowledgeBase, since: datetime | None, progress: Progress) -> SearchGaps:
    """From the ledger to the base's day, read several times: in memory
    are only opened articles, links, and searches without an answer.
    """
    from kcs.kb.ledger import Ledger

    ledger = Ledger.of(kb)
    end = datetime.combine(kb.today, time.max, kb.config.timezone)

    def events() -> Iterator[Event]:
        return (event for event in ledger.read(since) if event.at <= end)

    looks, newest = _Looks(events()), 0
    tally: Counter[str] = Counter()
    unhappy: set[str] = set()
    for event in _searches(events()):
        newest = max(newest, _second(event))
        if not event.answered and event.session:
            unhappy.add(event.session)
        if not looks.runs.is_refined(event):
            tally["counted"] += 1
            tally["unanswered"] += not event.answered
            tally["unopened"] += looks.is_passed_over(event)

    paths = {kb.links.key(one.path): one.path for one in kb.articles}

    def of(is_wanted: Callable[[Event], bool]) -> list[Topic]:
        def found() -> Iterator[Judged]:
            return (
                _judged(paths, event)
                for event in _searches(events())
                if is_wanted(event) and not looks.runs.is_refined(event)
            )

        return topics_of(kb, found, newest, progress)

    return SearchGaps(
        tally["counted"],
        tally["unanswered"],
        tally["unopened"],
        of(lambda event: not event.answered),
        of(looks.is_passed_over),
        suggested(
            (event for event in events() if event.session in unhappy and looks.tells_words(event)),
            kb.config.synonyms,
        ),
        since,
    )


def _searches(events: Iterator[Event]) -> Iterator[Event]:
    return (
        event
        for event in events
        if event.kind == "search" and event.origin in _ORIGINS and event.query.strip()
    )


def _judged(paths: Mapping[str, str], event: Event) -> Judged:
    at = _second(event)
    path = paths.get(event.top, "")
    return Judged(
        "uncovered",
        event.id,
        at,
        at,
        SEARCH_MINUTES,
        "",
        path,
        event.match,
        False,
        _asked(event.query),
        typed=event.query,
    )


def _asked(query: str) -> str:
    """Without `trusted:yes audience:external`, which every program adds: no gap is about these words."""
    from kcs.search import parse

    try:
        return parse(query).words or query
    except UsageProblem:
        return query


def _second(event: Event) -> int:
    return int(event.at.timestamp())
