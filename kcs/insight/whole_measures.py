"""Figures of a whole base, which no group of articles has: growth, tickets, searches, days to publish, usage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from kcs.insight.metric import Metric, Period, rounded, share, target_of

if TYPE_CHECKING:
    from kcs.insight.timeline import Point
    from kcs.insight.usage import Searches
    from kcs.kb.base import KnowledgeBase

Targets = Mapping[str, Any]

TICKETS_NEEDED = "closed tickets: --tickets EXPORT"
NONE_CLOSED = "tickets with a closing day in the period: none that can be read is in the export"
LEDGER_NEEDED = "searches made with kcs search, noted in the ledger (docs/ledger.md)"


def growth_metric(points: Sequence[Point], targets: Targets) -> Metric:
    """From the first to the last point, as percent a month."""
    value, target = None, target_of(targets, "growth")
    first, last = (points[0], points[-1]) if points else (None, None)
    if first and last and first.articles and last.day > first.day:
        months = max((last.day - first.day).days / 30.44, 1.0)
        if last.articles:
            value = rounded(((last.articles / first.articles) ** (1 / months) - 1) * 100, target)
    return Metric(
        "growth", "Content growth a month", "percent", value,
        float(last.articles) if last else None, float(first.articles) if first else None,
        f"articles on {last.day}" if last else "", f"on {first.day}" if first else "",
        target, "within", "git",
        needs="" if value is not None else "an earlier state of the base in Git", between="after",
    )  # fmt: skip


def ticket_metrics(months: Iterable[Mapping[str, int]], *, whole: bool) -> Iterator[Metric]:
    """Figures of the tickets of these months, by kind.
    `whole`: they are from an export, so that those without an article are known too.
    """
    found = list(months)
    known, new, unlinked = (sum(one.get(kind, 0) for one in found) for kind in ("known", "new", "unlinked"))
    linked = known + new
    closed = linked + unlinked
    missing = NONE_CLOSED if whole else TICKETS_NEEDED
    needs = "" if whole and closed else missing
    source = "tickets" if whole else "ledger"
    of = "closed tickets" if whole else "linked tickets"
    yield Metric(
        "link_rate", "Link rate", "percent", share(linked, closed) if whole else None, linked,
        closed if whole else None, "linked to an article", "closed tickets", better="higher", source=source, needs=needs,
    )  # fmt: skip
    base = closed if whole else linked
    yield Metric(
        "known", "Known", "percent", share(known, base), known, base, "with an article older than the ticket", of,
        source=source, needs="" if base else missing,
    )  # fmt: skip
    yield Metric(
        "new", "New", "percent", share(new, base), new, base, "with an article made for it", of,
        source=source, needs="" if base else missing,
    )  # fmt: skip
    yield Metric(
        "unlinked", "Unlinked", "percent", share(unlinked, closed) if whole else None, unlinked if whole else None,
        closed if whole else None, "without an article", "closed tickets", better="lower", source=source, needs=needs,
    )  # fmt: skip


def zero_result_metric(searches: Searches, others: int, targets: Targets) -> Metric:
    """Searches without an answer; `others`: those of programs."""
    beside = {"of these with an empty list": float(searches.empty)}
    if empty := share(searches.empty, searches.counted, "lower"):
        beside["empty, in percent"] = empty
    if others:
        beside["searches of programs, not counted"] = float(others)
    return Metric(
        "zero_result", "Zero-result rate", "percent", share(searches.unanswered, searches.counted, "lower"),
        searches.unanswered, searches.counted, "unanswered", "counted searches",
        target_of(targets, "zero_result"), "lower", "ledger", beside,
        "" if searches.counted else LEDGER_NEEDED,
    )  # fmt: skip


def publish_metric(days: Sequence[float]) -> Metric:
    """From a ticket's closing to the day its article could be seen outside; `days` in order."""
    value = round(median(days), 1) if days else None
    beside = {"longest, in days": round(days[-1], 1)} if days else {}
    needs = "" if days else "articles made from tickets of an export: --tickets EXPORT"
    return Metric(
        "time_to_publish", "Time to publish (median)", "days", value, denominator=len(days) or None,
        of="articles made from closed tickets", better="lower", source="tickets", beside=beside, needs=needs,
    )  # fmt: skip


def usage_metric(
    kb: KnowledgeBase, people: Collection[str], writers: Collection[str], period: Period
) -> Metric:
    """How many of the team searched, opened, linked (`people`, as the ledger has them) or wrote."""
    team = kb.team
    here = {one.id for one in team.people.values() if one.left is None or one.left > period.last}
    used = {one.partition(":")[2] for one in people} | set(writers)
    # A pseudonym cannot be matched with an author: this is the least possible number.
    made_up = sum(one.startswith("human:p-") for one in people)
    counted = len(used & here)
    if kb.config.ledger.get("pseudonyms"):  # some may be of people who have left since
        counted = min(max(counted, made_up), len(here))
    return Metric(
        "usage", "Usage", "percent", share(counted, len(here), "higher"), counted, len(here) or None,
        "searched, opened, linked or wrote", "people of team.toml", target_of(kb.config.targets, "usage"), "higher",
        "ledger and git", needs="" if here else "team.toml, which says who there is",
    )  # fmt: skip
