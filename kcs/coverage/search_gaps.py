"""What the team looked for and did not find: searches without an answer, and answers nobody opened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kcs.coverage.spool import Judged
from kcs.coverage.topics import Progress, Topic, topics_of
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.ledger import Event

# What a search without an answer costs the person who searched: an assumption, the same for all searches.
SEARCH_MINUTES = 2.0
_ORIGINS = frozenset(("person", "agent", "new"))
# A later search in the same terminal within this time is the same question in other words.
_REFINED = timedelta(minutes=10)
_LEAST_TIMES = 2
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")


class Synonym(NamedTuple):
    """People asked `asked`, found nothing, asked `found` and opened `article` (its key). `times`: how often."""

    asked: str
    found: str
    article: str
    times: int

    @property
    def line(self) -> str:
        """In the form that `[synonyms]` of kcs.toml uses."""
        import json

        return (
            f"{json.dumps(self.asked, ensure_ascii=False)} = [{json.dumps(self.found, ensure_ascii=False)}]"
        )


@dataclass(slots=True)
class SearchGaps:
    """`counted` searches, of these `unanswered` and `unopened` (answered, and nothing opened after them)."""

    counted: int
    unanswered: int
    unopened: int
    missing: list[Topic]
    passed_over: list[Topic]
    synonyms: list[Synonym]


def search_gaps(kb: KnowledgeBase, since: datetime | None, progress: Progress) -> SearchGaps:
    """From the ledger, read three times: in memory are only opened articles and searches without an answer."""
    from kcs.kb.ledger import Ledger

    ledger = Ledger.of(kb)
    opened = {event.after for event in ledger.read(since) if event.kind == "open" and event.after}
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
        _synonyms([event for event in ledger.read(since) if event.session in unhappy]),
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


def _synonyms(events: list[Event]) -> list[Synonym]:
    """From a search without an answer, and what the same person then asked and opened."""
    pairs: Counter[tuple[str, str, str]] = Counter()
    by_id = {event.id: event for event in events if event.kind == "search"}
    unanswered: dict[str, list[Event]] = {}
    for event in sorted(by_id.values(), key=lambda one: (one.at, one.id)):
        if not event.answered:
            unanswered.setdefault(event.session, []).append(event)
    for event in events:
        second = by_id.get(event.after) if event.kind == "open" else None
        if second is None:
            continue
        for first in unanswered.get(second.session, ()):
            if timedelta(0) < second.at - first.at <= _REFINED and (
                words := _apart(first.query, second.query)
            ):
                pairs[(*words, event.article)] += 1
    found = [Synonym(*words, times) for words, times in pairs.items() if times >= _LEAST_TIMES]
    return sorted(found, key=lambda one: (-one.times, one.asked, one.found))


def _apart(first: str, second: str) -> tuple[str, str] | None:
    """The words that only the first has, and those that only the second has; None if either has none."""
    one, other = _WORD.findall(first.casefold()), _WORD.findall(second.casefold())
    left = " ".join(word for word in one if word not in other)
    right = " ".join(word for word in other if word not in one)
    return (left, right) if left and right else None
