"""All that is missing, from tickets, searches and the taxonomy, ranked by what it costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from kcs.counting import counted
from kcs.coverage.export import Export
from kcs.coverage.last_given import last_given, remember
from kcs.coverage.search_gaps import SEARCH_MINUTES, SearchGaps, search_gaps
from kcs.coverage.taxonomy import Cell, TaxonomyGaps, asks, taxonomy_gaps
from kcs.coverage.ticket_gaps import TicketGaps, Wanted, gather, judge_tickets
from kcs.coverage.tickets import Tickets
from kcs.coverage.topics import NAMED, Progress, Topic
from kcs.digest import sha256
from kcs.errors import FileProblem

if TYPE_CHECKING:
    from kcs.coverage.judging import Judge
    from kcs.coverage.work import Work
    from kcs.kb.base import KnowledgeBase
    from kcs.search import Searcher


class Counting(Protocol):
    """Shows how far some work is; kcs.render.progress.counting is one."""

    def __call__(
        self, what: str, total: int, far: Callable[[], tuple[float, int]] | None = None, /
    ) -> AbstractContextManager[Progress]:
        """`what`: the name of the work. `total`: how many steps, 0 if unknown; `far` then tells
        how much of a file is read, from 0 to 1, and how many steps that gives, as far as is known.
        """


# How many of the first groups are checked for whether they ask anything at all.
_LOOKED = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """The sources wanted: `tickets`, `searches`, `taxonomy`, or all. `engine`: one other than the base's."""

    export: Export | None = None
    searches: bool = False
    taxonomy: bool = False
    since: date | None = None
    engine: str | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing was named."""
        return not (self.export or self.searches or self.taxonomy)


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing. `cost`: minutes, None if unknown. One of `topic` and `cell` says what.

    `answered`: an article answered the searches, and nobody opened it.
    """

    kind: Literal["tickets", "searches", "taxonomy", "languages"]
    count: int
    cost: float | None
    topic: Topic | None = None
    cell: Cell | None = None
    answered: bool = False


@dataclass(slots=True)
class Gaps:
    """`ranked`: everything, the costliest first.
    A part that was not asked for, or has no source, is None; `notes` say why.

    `passed`: groups of tickets that would rank among the first,
    but share only a sentence that many articles or mails hold.
    """

    ranked: list[Gap]
    tickets: TicketGaps | None = None
    searches: SearchGaps | None = None
    taxonomy: TaxonomyGaps | None = None
    notes: list[str] = field(default_factory=list)
    passed: list[Topic] = field(default_factory=list)


def find_gaps(kb: KnowledgeBase, wish: Wish, counting: Counting) -> Gaps:
    """All gaps. `counting(what)` shows progress of long work. FileProblem, UsageProblem as for the parts."""
    found = Gaps([])
    export = wish.export or (_last_given(kb, found) if wish.everything else None)
    if export:
        found.tickets = _ticket_gaps(kb, export, wish, found, counting)
        found.ranked += [Gap("tickets", one.count, one.cost, one) for one in found.tickets.topics]
    if wish.searches or wish.everything:
        found.searches = _search_gaps(kb, wish, found, counting)
        found.ranked += [Gap("searches", one.count, one.cost, one) for one in found.searches.missing]
        found.ranked += [
            Gap("searches", one.count, one.cost, one, answered=True) for one in found.searches.passed_over
        ]
    if wish.taxonomy or (wish.everything and asks(kb)):
        found.taxonomy = taxonomy_gaps(kb)
        found.ranked += list(_cells(found.taxonomy))
    elif wish.everything:
        found.notes.append("kcs.toml has no [taxonomy]: gaps against what should exist are not shown")
    found.ranked.sort(key=lambda one: (-_weight(one), -one.count))
    _pass_over(kb, found)
    return found


def _search_gaps(kb: KnowledgeBase, wish: Wish, found: Gaps, counting: Counting) -> SearchGaps:
    with counting("searches", 0) as tick:
        gaps = search_gaps(kb, begin_of(kb, wish.since), tick)
    if gaps.missing:
        from kcs.coverage.answered_since import answered_since
        from kcs.search import Searcher

        with closing(Searcher.open(kb, wish.engine, counting)) as searcher:
            found.notes += [one for one in searcher.notes if one not in found.notes]
            with counting("searches asked again", 0) as tick:
                gone = answered_since(kb, searcher, gaps.missing, tick)
        gaps.answered_since = sum(one.count for one in gone)
        orders = {one.order for one in gone}
        gaps.missing = [one for one in gaps.missing if one.order not in orders]
    return gaps


def _weight(gap: Gap) -> float:
    """Minutes.
    Tickets of which none tells any count as searches do: else one search would rank before a hundred of them.
    """
    if gap.cost is None and gap.kind == "tickets":
        return gap.count * SEARCH_MINUTES
    return gap.cost or 0.0


def _pass_over(kb: KnowledgeBase, found: Gaps) -> None:
    """The groups of tickets that ask nothing, among the first: as many as a list shows, and a few more."""
    from kcs.coverage.boilerplate import Boilerplate, of_tickets

    boilerplate = Boilerplate(kb, of_tickets(found.ranked[:NAMED]))
    first = [one for one in of_tickets(found.ranked[:_LOOKED]) if one.count > 1]
    found.passed = [topic for topic in first if boilerplate.is_all(topic)]
    gone = set(map(id, found.passed))
    found.ranked = [one for one in found.ranked if id(one.topic) not in gone]


def find_tickets(
    kb: KnowledgeBase, wish: Wish, counting: Counting
) -> tuple[TicketGaps | None, Sequence[str]]:
    """The gaps from tickets alone: from the export that is named, else from the one given last; None if there is none.

    With it what the output should say about them.
    """
    found = Gaps([])
    export = wish.export or _last_given(kb, found)
    return _ticket_gaps(kb, export, wish, found, counting) if export else None, found.notes


def _last_given(kb: KnowledgeBase, found: Gaps) -> Export | None:
    export, told = last_given(kb)
    found.notes.append(told)
    return export


def _cells(taxonomy: TaxonomyGaps) -> list[Gap]:
    empty = [Gap("taxonomy", 1, None, cell=one) for one in taxonomy.cells if not one.families]
    lacking = [
        Gap("languages", sum(one.lacking.values()), None, cell=one) for one in taxonomy.cells if one.lacking
    ]
    return empty + lacking


def begin_of(kb: KnowledgeBase, since: date | None) -> datetime | None:
    """The beginning of the day in the base's timezone."""
    return datetime.combine(since, time.min, kb.config.timezone) if since else None


def _ticket_gaps(
    kb: KnowledgeBase, export: Export, wish: Wish, found: Gaps, counting: Counting
) -> TicketGaps:
    from kcs.coverage.spool import Spool, stamp_of
    from kcs.coverage.work import ages_of, judgement, settings_of, work_of
    from kcs.search import FLOOR

    floor = float(kb.config.search.get("floor", FLOOR))
    tickets, until = export.open(kb), _until(kb, export.path)
    how = (
        sorted(export.mapping.items()),
        export.order,
        export.encoding,
        wish.since,
        until,
        wish.engine or kb.config.engine,
    )
    told = (settings_of(kb), judgement(), _links_state(kb), ages_of(kb))
    spool = Spool(kb, stamp_of(export.path), how, told)
    opened: list[Searcher] = []

    def judge() -> tuple[Judge, Work | None]:
        from kcs.coverage.judging import Judge
        from kcs.search import Searcher

        searcher = Searcher.open(kb, wish.engine, counting)
        opened.append(searcher)
        found.notes.extend(searcher.notes)
        # It is in this process's memory, which others cannot read.
        work = None if searcher.notes else work_of(kb, wish.engine, floor)
        return Judge(kb, searcher, floor), work

    try:
        wanted = Wanted(tickets, begin_of(kb, wish.since), until)
        with counting("tickets judged", 0, wanted.far) as tick:
            judge_tickets(wanted, spool, judge, tick)
    finally:
        for one in opened:
            one.close()
    _check_count(tickets)
    with counting("tickets grouped", 0) as tick:
        gaps = gather(kb, wanted, spool, tick)
    if wish.since and gaps.undated:
        found.notes.append(
            f"{counted(gaps.undated, 'ticket has', 'tickets have')} no day that can be read, and --since leaves none of them out:"
            " --map created_at=COLUMN, --dates"
        )
    remember(kb, export)
    return gaps


def _until(kb: KnowledgeBase, export: Path) -> datetime | None:
    """The end of the base's day, if the export is younger.
    No other holds anything later, and its verdicts are kept from day to day.
    """
    end = datetime.combine(kb.today, time.max, kb.config.timezone)
    return end if end.timestamp() < export.stat().st_mtime else None


def _links_state(kb: KnowledgeBase) -> tuple[int, int]:
    """The answer depends on the links of that day, in whatever order they are read, but not
    on searches, which are recorded all the time. Another branch may hold as many others.
    """
    from kcs.kb.ledger import Ledger
    from kcs.kb.ledger_lines import to_line

    end = datetime.combine(kb.today, time.max, kb.config.timezone)
    count = state = 0
    for event in Ledger.of(kb).read(kind="link"):
        if event.at <= end:
            count, state = count + 1, state ^ int.from_bytes(sha256(to_line(event)).digest()[:8], "big")
    return count, state


def _check_count(tickets: Tickets) -> None:
    count = tickets.count
    if not count.read and count.problems:
        first = count.problems[0]
        raise FileProblem(
            f"none of {counted(count.rows, 'row')} could be read as a ticket; the first {first.message}",
            path=str(tickets.path),
            line=first.line or None,
            hint="--explain-columns shows how the columns are understood",
        )
