"""From an export to gaps: judges every ticket, and groups the uncovered ones by what they ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import chain, islice
from typing import TYPE_CHECKING

from kcs.authoring.intake import SEARCHED
from kcs.coverage.asked import asked, on_one_line
from kcs.coverage.grouping import Frequencies, counts_of
from kcs.coverage.judging import VERDICTS, Judge
from kcs.coverage.silent import Silent
from kcs.coverage.spool import Judged, Spool
from kcs.coverage.tickets import Count, Ticket, Tickets
from kcs.coverage.topics import Progress, Topic, grouped
from kcs.coverage.used import Used, note_use

if TYPE_CHECKING:
    from kcs.coverage.work import Work
    from kcs.kb.base import KnowledgeBase

# What a ticket without an id is called: by its place in the file.
NO_ID = "line "
# If this many tickets are left after the first ones, workers help:
# opening the base twice more costs as much as some hundred tickets.
_ALONE, _MANY = 250, 750


@dataclass(slots=True)
class TicketGaps:
    """`verdicts`: verdict -> tickets; beside them `silent` ones, which ask nothing, the commonest kind first. `mean`: minutes a ticket, None if none has any. `let_go`: uncovered tickets of
    groups so small that they were not followed. `skipped`: read, and older than `since`; `later`: than the day that is looked at;
    `undated`: of those judged, without a day."""

    name: str
    count: Count
    verdicts: Counter[str]
    topics: list[Topic]
    used: list[Used]
    mean: float | None
    silent: list[Silent]
    let_go: int = 0
    skipped: int = 0
    later: int = 0
    undated: int = 0
    first: date | None = None
    last: date | None = None

    @property
    def judged(self) -> int:
        """How many tickets have a verdict."""
        return sum(self.verdicts.values())


class Wanted:
    """The tickets from a moment on and asked until another, with as
    much of their texts as is searched: thousands wait for the workers.

    Of the last time they were read: `kept` of them, `skipped` that are older, and `later` ones.
    """

    def __init__(self, tickets: Tickets, since: datetime | None, until: datetime | None = None) -> None:
        self.tickets, self._since, self._until = tickets, since, until
        self.kept = self.skipped = self.later = 0

    def __iter__(self) -> Iterator[Ticket]:
        self.kept = self.skipped = self.later = 0
        for ticket in self.tickets:
            if not is_since(ticket, self._since):
                self.skipped += 1
            elif self._until and ticket.asked_at and ticket.asked_at > self._until:
                self.later += 1
            else:
                self.kept += 1
                ticket.description = ticket.description[:SEARCHED]
                yield ticket

    def far(self) -> tuple[float, int]:
        """How much of the file is read, and how many tickets that gave."""
        return self.tickets.part(), self.kept


def judge_tickets(
    wanted: Wanted, spool: Spool, judge: Callable[[], tuple[Judge, Work | None]], progress: Progress
) -> None:
    """Judge the tickets into `spool`, after those it holds.

    After an interruption, verdicts stay, and the next run resumes after them. Reading is counted in their `count`.
    """
    there = spool.resume()
    shown = _Shown(progress)
    # Reading takes a while of its own: where few are from `since` on, or to reach the place where the last run stopped.
    wanted.tickets.watch = shown.again
    more = iter(wanted)
    try:
        for number, _ in enumerate(islice(more, there), 1):
            shown(number)
        # Opening the index costs a second, which a run with all verdicts known need not pay.
        if (first := next(more, None)) is not None:
            _judge_all(chain((first,), more), spool, judge(), there, shown)
    finally:
        spool.close()


def _judge_all(
    tickets: Iterator[Ticket], spool: Spool, judge: tuple[Judge, Work | None], there: int, progress: Progress
) -> None:
    asking, work = judge

    def alone(ticket: Ticket) -> str:
        return judged(asking, ticket).line()

    number = there

    def alone_all(some: Iterable[Ticket]) -> None:
        nonlocal number
        for ticket in some:
            spool.add(alone(ticket))
            number += 1
            progress(number)

    alone_all(islice(tickets, _ALONE))
    ahead = list(islice(tickets, _MANY))
    if work is None or len(ahead) < _MANY:
        alone_all(chain(ahead, tickets))
        return
    from kcs.coverage.workers import judged_lines

    # Closed at once where noting a verdict fails: the workers would go on until the error is forgotten.
    with closing(judged_lines(work, chain(ahead, tickets), alone)) as verdicts:
        for lines in verdicts:
            for line in lines:
                spool.add(line)
            number += len(lines)
            progress(number)


class _Shown:
    """The last number, shown again while there is no other."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._number = progress, 0

    def __call__(self, number: int) -> None:
        self._number = number
        self.again()

    def again(self) -> None:
        self._progress(self._number)


def is_since(ticket: Ticket, since: datetime | None) -> bool:
    """Whether it was closed (else created) at that moment or later. A ticket without a day counts."""
    when = ticket.closed_at or ticket.created_at
    return since is None or when is None or when >= since


def judged(judge: Judge, ticket: Ticket) -> Judged:
    """One ticket as the spool keeps it."""
    said = asked(ticket)
    judgement = judge.judge(ticket, said)
    uncovered = judgement.verdict == "uncovered"
    return Judged(
        judgement.verdict,
        ticket.id or f"{NO_ID}{ticket.line}",
        _seconds(ticket.created_at or ticket.closed_at),
        _seconds(ticket.closed_at),
        ticket.handle_minutes,
        ticket.product[:80],
        judgement.nearest.path,
        judgement.nearest.match,
        judgement.linked,
        said.subject if uncovered else judgement.kind,
        said.lined if uncovered else "",
        judgement.nearest.others if uncovered or judgement.linked else (),
        ticket.requester if uncovered else (),
    )


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0


def gather(kb: KnowledgeBase, wanted: Wanted, spool: Spool, progress: Progress) -> TicketGaps:
    """The result of the judged tickets. Reads them three times; memory is bounded by the kept groups."""
    verdicts: Counter[str] = Counter(dict.fromkeys(VERDICTS, 0))
    used: dict[str, Used] = {}
    silent: dict[str, Silent] = {}
    frequencies = Frequencies()
    minutes, timed, newest, oldest, undated = 0.0, 0, 0, 0, 0
    for one in spool:
        if one.verdict == "silent":
            silent.setdefault(one.subject, Silent(one.subject)).note(one.id)
            continue
        verdicts[one.verdict] += 1
        newest = max(newest, one.at)
        oldest = min(filter(None, (oldest, one.at)), default=0)
        undated += not one.at
        if one.minutes is not None:
            minutes, timed = minutes + one.minutes, timed + 1
        if one.verdict == "uncovered":
            frequencies.add(counts_of(one.subject, on_one_line(one.text), one.near))
    mean = minutes / timed if timed else None
    first, last = _day(kb, oldest), _day(kb, newest)
    uncovered = _uncovered_noting_used(spool, used, last, kb.config.timezone)
    topics, let_go = grouped(kb, uncovered, frequencies, newest, mean, progress)
    return TicketGaps(
        str(wanted.tickets.path),
        wanted.tickets.count,
        verdicts,
        topics,
        sorted(used.values(), key=lambda one: (-one.count, one.path)),
        mean,
        sorted(silent.values(), key=lambda one: (-one.count, one.kind)),
        let_go,
        wanted.skipped,
        wanted.later,
        undated,
        first,
        last,
    )


def _day(kb: KnowledgeBase, seconds: int) -> date | None:
    return datetime.fromtimestamp(seconds, kb.config.timezone).date() if seconds else None


def _uncovered_noting_used(
    spool: Iterable[Judged], used: dict[str, Used], end: date | None, zone: tzinfo
) -> Iterator[Judged]:
    """The uncovered ones, in a pass that notes the others in `used`."""
    for one in spool:
        if one.verdict == "uncovered":
            yield one
            continue
        for path in one.near:
            note_use(used.setdefault(path, Used(path)), one, end, zone)
