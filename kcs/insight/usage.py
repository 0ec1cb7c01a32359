"""What the ledger says about a period: searches that count, links, and who used the base at all."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from kcs.article.days import Interval
from kcs.kb.ledger import Ledger
from kcs.kb.ledger_lines import UNDONE, WRONG, Event, newest_links
from kcs.kb.search_runs import is_look, last_ones, person

if TYPE_CHECKING:
    from kcs.insight.metric import Period
    from kcs.kb.base import KnowledgeBase

MOST_QUERIES = 100_000
_UNANSWERED, _EMPTY, _LOOK = 1, 2, 4
_FLAG_BITS, _QUERY_BITS = 3, 20


@dataclass(slots=True)
class Searches:
    """The searches that count: the last of each run."""

    counted: int = 0
    unanswered: int = 0
    empty: int = 0


@dataclass(slots=True)
class Usage:
    """`searches` and `links` by month. A link counts once for a ticket and an article, by its newest outcome.
    `linked`: ticket -> the keys of the articles it is linked to, and when the last time; those taken back are left out, and wrong ones,
    which are in `wrong`.

    `reuse`: article key -> links in the period. `queries`: unanswered ones by how often they were asked.
    `others`: searches by no person (batches, agents, `kcs new`, CI), which do not count. `people`: who did anything that is noted.
    """

    months: dict[str, Searches] = field(default_factory=dict)
    links: Counter[str] = field(default_factory=Counter)
    reuse: Counter[str] = field(default_factory=Counter)
    linked: dict[str, tuple[tuple[str, ...], datetime]] = field(default_factory=dict)
    wrong: dict[str, set[str]] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    queries: Counter[str] = field(default_factory=Counter)
    others: int = 0
    events: int = 0

    @property
    def searches(self) -> Searches:
        """Of all months."""
        found = self.months.values()
        return Searches(
            sum(one.counted for one in found),
            sum(one.unanswered for one in found),
            sum(one.empty for one in found),
        )


def read_usage(ledger: Ledger, period: Period, zone: tzinfo) -> Usage:
    """Reads the ledger once. A search takes eight bytes until its run is known, so ten million take 160 MB in all."""
    begin = datetime.combine(period.first, time.min, zone)
    end = datetime.combine(period.last, time.max, zone)
    usage, queries = Usage(), _Queries()
    runs: dict[str, array[int]] = {}

    def links() -> Iterator[Event]:
        """The links, while everything else is counted."""
        for event in ledger.read(begin.astimezone(UTC)):
            if event.at > end:
                continue
            usage.events += 1
            # What an agent did in somebody's name is not that person's use.
            if event.actor.startswith("human:") and event.origin not in ("ci", "agent"):
                usage.people.add(event.actor)
            if event.origin == "person" and (event.kind == "search" or is_look(event)):
                runs.setdefault(person(event), array("Q")).append(_packed(event, queries))
            elif event.kind == "search":
                usage.others += 1
            if event.kind == "link":
                yield event

    _count_links(usage, newest_links(links()).values(), zone)
    for run in runs.values():
        _count_run(usage, run, queries, zone)
    return usage


def tickets_linked(kb: KnowledgeBase) -> Counter[str]:
    """Article key -> the tickets it is linked to in the year
    that ends with the base's day, as `Usage.reuse` counts them.
    """
    zone = kb.config.timezone
    begin = datetime.combine(Interval(-12).after(kb.today) + timedelta(1), time.min, zone)
    end = datetime.combine(kb.today, time.max, zone)
    events = (event for event in Ledger.of(kb).read(begin.astimezone(UTC), "link") if event.at <= end)
    return Counter(one.article for one in newest_links(events).values() if _helped(one))


def _helped(link: Event) -> bool:
    return link.outcome not in (WRONG, UNDONE)


def _count_links(usage: Usage, newest: Iterable[Event], zone: tzinfo) -> None:
    good: dict[str, list[Event]] = {}
    for event in newest:
        if _helped(event):
            usage.links[event.at.astimezone(zone).strftime("%Y-%m")] += 1
            usage.reuse[event.article] += 1
            if event.ticket:
                good.setdefault(event.ticket, []).append(event)
        elif event.outcome == WRONG and event.ticket:
            usage.wrong.setdefault(event.ticket, set()).add(event.article)
    for ticket, events in good.items():
        usage.linked[ticket] = tuple(sorted(one.article for one in events)), max(one.at for one in events)


class _Queries:
    """Numbers for texts, 0 for all beyond the first hundred thousand."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.texts = [""]

    def number(self, text: str) -> int:
        found = self._numbers.get(text)
        if found is None:
            if len(self.texts) > MOST_QUERIES:
                return 0
            found = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return found


def _packed(event: Event, queries: _Queries) -> int:
    """Moment, query and flags in one number that sorts by the moment."""
    flags = query = 0
    if is_look(event):
        flags = _LOOK
    elif not event.answered:
        flags = _UNANSWERED | (0 if event.total else _EMPTY)
        query = queries.number(" ".join(event.query.casefold().split()))
    seconds = max(int(event.at.timestamp()), 0)
    return ((seconds << _QUERY_BITS) | query) << _FLAG_BITS | flags


def _count_run(usage: Usage, run: array[int], queries: _Queries, zone: tzinfo) -> None:
    shift = _FLAG_BITS + _QUERY_BITS
    for packed in last_ones((one >> shift, None if one & _LOOK else one) for one in sorted(run)):
        at = datetime.fromtimestamp(packed >> shift, zone)
        month = usage.months.setdefault(at.strftime("%Y-%m"), Searches())
        month.counted += 1
        if packed & _UNANSWERED:
            month.unanswered += 1
            month.empty += bool(packed & _EMPTY)
            text = queries.texts[packed >> _FLAG_BITS & ((1 << _QUERY_BITS) - 1)]
            if text:
                usage.queries[text] += 1
