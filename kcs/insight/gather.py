"""All figures of a base for a period, of each of its months, and of its teams, products or languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.errors import UsageProblem
from kcs.insight.answered import Answered, days_to_publish, from_export, from_ledger
from kcs.insight.content import Content
from kcs.insight.figures import DEFAULT_NAME, Figure, figure_metrics, read_figures
from kcs.insight.measures import reuse_metrics, trust_metrics, weighted_metrics
from kcs.insight.metric import Metric, Period
from kcs.insight.queue import citations
from kcs.insight.score import grouped, left_in_30_days, score
from kcs.insight.timeline import MOST_KEPT, Point, month_ends, point_of, timeline
from kcs.insight.usage import Searches, Usage, read_usage
from kcs.insight.whole_measures import (
    growth_metric,
    publish_metric,
    ticket_metrics,
    usage_metric,
    zero_result_metric,
)
from kcs.kb.ledger import Ledger
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.coverage.tickets import Tickets
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


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
    tickets: Tickets | None = None
    figures: Path | None = None
    by: str = ""


def gather(kb: KnowledgeBase, wish: Wish) -> Insight:
    """Everything. FileProblem if a named file cannot be read, UsageProblem for a period of centuries."""
    period, zone = Period(wish.since, kb.today), kb.config.timezone
    months = len(period.months)
    # Each has its figures, and a day on which all articles are judged.
    if months > MOST_KEPT:
        raise UsageProblem(
            f"from {period.first} to {period.last} there are {months:,} months, and the most is {MOST_KEPT:,}",
            hint="--since a later day",
        )
    usage, content = read_usage(Ledger.of(kb), period, zone), Content(kb)
    answered = (
        from_export(wish.tickets, kb, content, period) if wish.tickets else from_ledger(usage, content, zone)
    )
    over_time = timeline(kb, month_ends(_month_before(period.first), kb.today))
    file = wish.figures or (kb.root / DEFAULT_NAME if (kb.root / DEFAULT_NAME).is_file() else None)
    figures = read_figures(file) if file else []
    cited = citations(kb)
    of = _Maker(kb, usage, content, answered, cited, over_time.points)

    def outside(when: Period) -> list[Metric]:
        return figure_metrics(figures, when, kb.config.targets, file.name if file else "")

    def monthly(month: str) -> list[Metric]:
        when = period.of_month(month)
        return [*of.monthly(when, month), *outside(when)]

    return Insight(
        kb,
        period,
        [*of.all_metrics(period)],
        outside(period),
        {month: monthly(month) for month in period.months},
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
        """The figures of the whole period; trust and content as of today."""
        kb = self._kb
        today = point_of(kb.today, "", score(kb.articles, kb.verdicts))
        yield from trust_metrics(today, self._targets, left_in_30_days(kb, kb.articles))
        yield from weighted_metrics(kb.articles, kb.verdicts, self._reuse)
        yield growth_metric(self._points, self._targets)
        # An article that is gone since was reused all the same, and the months say so.
        yield from self._reused(kb.articles, period, self._usage.links.total())
        yield from ticket_metrics(self._answered.months.values(), whole=self._answered.whole)
        yield zero_result_metric(self._usage.searches, self._usage.others, self._targets)
        yield publish_metric(days_to_publish(self._answered, self._content, period, kb.config.timezone))
        yield usage_metric(kb, self._usage.people, self._content.writers(period), period)

    def monthly(self, period: Period, month: str) -> Iterable[Metric]:
        """The figures of one month; trust and content as of its end."""
        at = [at for at, one in enumerate(self._points) if one.day == period.last]
        if at:
            points = self._points[max(at[0] - 1, 0) : at[0] + 1]
            yield from trust_metrics(points[-1], self._targets)
            yield growth_metric(points, self._targets)
        made = len(self._content.made_in(period))
        yield Metric("created", "Articles made", "count", made, source="git")
        yield Metric("links", "Links to tickets", "count", self._usage.links[month], source="ledger")
        found = self._answered.months.get(month)
        yield from ticket_metrics([found] if found else [], whole=self._answered.whole)
        yield zero_result_metric(self._usage.months.get(month, Searches()), 0, self._targets)

    def _reuse(self, article: Article) -> int:
        return self._usage.reuse[self._kb.key(article)] + self._cited.get(article.path, 0)

    def _reused(self, articles: Sequence[Article], period: Period, links: int) -> Iterable[Metric]:
        made = {one.path for one in self._content.made_in(period)}
        cited = sum(self._cited.get(one.path, 0) for one in articles)
        yield from reuse_metrics(sum(one.path in made for one in articles), links, cited)

    def groups(self, by: str, period: Period) -> Mapping[str, list[Metric]]:
        """The figures of each team, product or language that can be split that way."""
        kb, found = self._kb, dict[str, list[Metric]]()
        for name, articles in _without_persons(kb, by, grouped(kb, by)).items():
            point = point_of(kb.today, "", score(articles, kb.verdicts))
            found[name] = [
                *trust_metrics(point, self._targets),
                *weighted_metrics(articles, kb.verdicts, self._reuse),
                *self._reused(articles, period, sum(self._usage.reuse[kb.key(one)] for one in articles)),
            ]
        return found
