"""All figures of a base for a period, of each of its months, and of its teams, products or languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from kcs.insight.answered import Answered, days_to_publish, from_export, from_ledger
from kcs.insight.content import Content
from kcs.insight.figures import DEFAULT_NAME, Figure, figure_metrics, read_figures
from kcs.insight.measures import reuse_metrics, trust_metrics, weighted_metrics
from kcs.insight.metric import Metric, Period, share, target_of
from kcs.insight.queue import citations
from kcs.insight.score import grouped, score
from kcs.insight.timeline import Point, month_ends, point_of, timeline
from kcs.insight.usage import Searches, Usage, read_usage
from kcs.kb.ledger import Ledger
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.coverage import Export
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

TICKETS_NEEDED = "closed tickets: --tickets EXPORT"
NONE_CLOSED = "tickets with a closing day in the period: none that can be read is in the export"
LEDGER_NEEDED = "searches made with kcs search, noted in the ledger (docs/ledger.md)"


class Insight(NamedTuple):
    """`points`: trust and content at the ends of the months, the last one today. `months`: month -> its metrics."""

    kb: KnowledgeBase
    period: Period
    metrics: list[Metric]
    outside: list[Metric]
    months: Mapping[str, list[Metric]]
    groups: Mapping[str, list[Metric]]
    points: Sequence[Point]
    usage: Usage
    answered: Answered
    figures: Sequence[Figure]
    citations: Mapping[str, int]
    notes: tuple[str, ...]


class Wish(NamedTuple):
    """What to look at. `since`: the first day of the period; `tickets`: an export, `figures`: a file, if any.

    `by`: team, product or language, whose groups to tell apart.
    """

    since: date
    tickets: Export | None = None
    figures: Path | None = None
    by: str = ""


def gather(kb: KnowledgeBase, wish: Wish) -> Insight:
    """Everything. FileProblem where a named file cannot be read."""
    period, zone = Period(wish.since, kb.today), kb.config.timezone
    usage, content = read_usage(Ledger.of(kb), period, zone), Content(kb)
    answered = (
        from_export(wish.tickets, kb, content, period) if wish.tickets else from_ledger(usage, content, zone)
    )
    over_time = timeline(kb, month_ends(_month_before(period.first), kb.today))
    file = wish.figures or (kb.root / DEFAULT_NAME if (kb.root / DEFAULT_NAME).is_file() else None)
    figures = read_figures(file) if file else []
    cited = citations(kb)
    of = _Maker(kb, usage, content, answered, cited, over_time.points)
    return Insight(
        kb,
        period,
        [*of.all_metrics(period)],
        figure_metrics(figures, period, kb.config.targets, file.name if file else ""),
        {month: [*of.monthly(period.of_month(month), month)] for month in period.months},
        of.groups(wish.by, period) if wish.by else {},
        over_time.points,
        usage,
        answered,
        figures,
        cited,
        over_time.notes,
    )


def _without_persons(
    kb: KnowledgeBase, by: str, groups: Mapping[str, list[Article]]
) -> Mapping[str, list[Article]]:
    """Owners who are in no team are no group of their own: nothing here is a person's figure."""
    if by != "team":
        return groups
    found: dict[str, list[Article]] = {}
    for name, articles in groups.items():
        found.setdefault(name if name in kb.team.members else "", []).extend(articles)
    return {name: found[name] for name in sorted(found)}


def _month_before(day: date) -> date:
    return date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)


class _Maker:
    """Makes the metrics of one gathering."""

    def __init__(
        self, kb: KnowledgeBase, usage: Usage, content: Content, answered: Answered,
        cited: Mapping[str, int], points: Sequence[Point],
    ) -> None:  # fmt: skip
        self._kb, self._usage, self._content, self._answered = kb, usage, content, answered
        self._cited, self._points = cited, points
        self._targets = kb.config.targets

    def all_metrics(self, period: Period) -> Iterable[Metric]:
        """Of the whole period; trust and content as they are today."""
        kb = self._kb
        yield from trust_metrics(point_of(kb.today, "", score(kb.articles, kb.verdicts)), self._targets)
        yield from weighted_metrics(kb.articles, kb.verdicts, self._reuse)
        yield self._growth(self._points)
        yield from self._reused(kb.articles, period)
        yield from self._tickets(self._answered.months.values())
        yield self._zero(self._usage.searches, self._usage.others)
        yield self._publish(period)
        yield self._users(period)

    def monthly(self, period: Period, month: str) -> Iterable[Metric]:
        """Of one month; trust and content as they were at its end."""
        at = [at for at, one in enumerate(self._points) if one.day == period.last]
        if at:
            points = self._points[max(at[0] - 1, 0) : at[0] + 1]
            yield from trust_metrics(points[-1], self._targets)
            yield self._growth(points)
        made = len(self._content.made_in(period))
        yield Metric("created", "Articles made", "count", made, source="git")
        yield Metric("links", "Links to tickets", "count", self._usage.links[month], source="ledger")
        yield from self._tickets([found] if (found := self._answered.months.get(month)) else [])
        yield self._zero(self._usage.months.get(month, Searches()), 0)

    def _reuse(self, article: Article) -> int:
        return self._usage.reuse[self._kb.key(article)] + self._cited.get(article.path, 0)

    def _growth(self, points: Sequence[Point]) -> Metric:
        """From the first to the last point, as percent a month."""
        value = None
        first, last = (points[0], points[-1]) if points else (None, None)
        if first and last and first.articles and last.day > first.day:
            months = max((last.day - first.day).days / 30.44, 1.0)
            value = (
                round(((last.articles / first.articles) ** (1 / months) - 1) * 100, 1)
                if last.articles
                else None
            )
        return Metric(
            "growth", "Content growth a month", "percent", value,
            float(last.articles) if last else None, float(first.articles) if first else None,
            f"articles on {last.day}" if last else "", f"on {first.day}" if first else "",
            target_of(self._targets, "growth"), "within", "git",
            needs="" if value is not None else "an earlier state of the base in Git", between="after",
        )  # fmt: skip

    def _reused(self, articles: Sequence[Article], period: Period) -> Iterable[Metric]:
        made = {one.path for one in self._content.made_in(period)}
        links = sum(self._usage.reuse[self._kb.key(one)] for one in articles)
        cited = sum(self._cited.get(one.path, 0) for one in articles)
        yield from reuse_metrics(sum(one.path in made for one in articles), links, cited)

    def groups(self, by: str, period: Period) -> Mapping[str, list[Metric]]:
        """Of each team, product or language what can be told apart by it."""
        kb, found = self._kb, dict[str, list[Metric]]()
        for name, articles in _without_persons(kb, by, grouped(kb, by)).items():
            point = point_of(kb.today, "", score(articles, kb.verdicts))
            found[name] = [
                *trust_metrics(point, self._targets),
                *weighted_metrics(articles, kb.verdicts, self._reuse),
                *self._reused(articles, period),
            ]
        return found

    def _tickets(self, months: Iterable[Mapping[str, int]]) -> Iterable[Metric]:
        found = list(months)
        known, new, unlinked = (
            sum(one.get(kind, 0) for one in found) for kind in ("known", "new", "unlinked")
        )
        whole, linked = self._answered.whole, known + new
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

    def _zero(self, searches: Searches, others: int) -> Metric:
        beside = {"of these with an empty list": float(searches.empty)}
        if empty := share(searches.empty, searches.counted):
            beside["empty, in percent"] = empty
        if others:
            beside["searches of programs, not counted"] = float(others)
        return Metric(
            "zero_result", "Zero-result rate", "percent", share(searches.unanswered, searches.counted),
            searches.unanswered, searches.counted, "unanswered", "counted searches",
            target_of(self._targets, "zero_result"), "lower", "ledger", beside,
            "" if searches.counted else LEDGER_NEEDED,
        )  # fmt: skip

    def _publish(self, period: Period) -> Metric:
        days = days_to_publish(self._answered, self._content, period, self._kb.config.timezone)
        value = round(median(days), 1) if days else None
        beside = {"longest, in days": round(days[-1], 1)} if days else {}
        needs = "" if days else "articles made from tickets of an export: --tickets EXPORT"
        return Metric(
            "time_to_publish", "Time to publish (median)", "days", value, denominator=len(days) or None,
            of="articles made from closed tickets", better="lower", source="tickets", beside=beside, needs=needs,
        )  # fmt: skip

    def _users(self, period: Period) -> Metric:
        team = self._kb.team
        here = {one.id for one in team.people.values() if one.left is None or one.left > period.last}
        used = {one.partition(":")[2] for one in self._usage.people} | self._content.writers(period)
        # Who goes by a made-up name cannot be told from who wrote: at least so many.
        made_up = sum(one.startswith("human:p-") for one in self._usage.people)
        counted = (
            max(len(used & here), made_up) if self._kb.config.ledger.get("pseudonyms") else len(used & here)
        )
        return Metric(
            "usage", "Usage", "percent", share(min(counted, len(here)), len(here)), counted, len(here) or None,
            "searched, opened, linked or wrote", "people of team.toml", target_of(self._targets, "usage"), "higher",
            "ledger and git", needs="" if here else "team.toml, which says who there is",
        )  # fmt: skip
