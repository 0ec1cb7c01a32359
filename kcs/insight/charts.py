"""The charts as plain values: the report draws them, a terminal writes them, and each has a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from kcs.article.states import ARCHIVED
from kcs.counting import counted
from kcs.insight.answered import KINDS
from kcs.insight.chart import Chart, Series, needing_eyes
from kcs.insight.coverage_chart import matrix
from kcs.insight.metric import share
from kcs.insight.queue import queue, summary
from kcs.insight.score import COUNTED, state_of

if TYPE_CHECKING:
    from kcs.article.days import Interval
    from kcs.insight.gather import Insight
    from kcs.kb.articles import Article


_AGES = (
    ("to 30 days", 30),
    ("30 to 90", 90),
    ("90 to 180", 180),
    ("180 to 365", 365),
    ("1 to 2 years", 730),
)


def charts(insight: Insight, soon: Interval) -> list[Chart]:
    """All of them, in the order of the report."""
    makers: Sequence[Callable[[Insight], Chart]] = (
        trust_over_time,
        content_over_time,
        matrix,
        known_and_new,
        unanswered,
        ages,
    )
    return [*(make(insight) for make in makers), waiting(insight, soon)]


def trust_over_time(insight: Insight) -> Chart:
    """Trust score and promise kept at the ends of the months."""
    points = insight.points
    target = insight.kb.config.targets.get("trust")
    says = "There is nothing yet that could be trusted."
    if points and points[-1].percent is not None:
        first, last = points[0], points[-1]
        says = f"{last.percent:g}% of {counted(last.total, 'article')} can be trusted"
        if len(points) > 1 and first.percent is not None:
            says += f", after {first.percent:g}% on {first.day}"
        says += f"; the target is {target:g}%." if target is not None else "."
    return Chart(
        "trust", "Trust over time", "line", [str(one.day)[:7] for one in points],
        [Series("Trust score", [one.percent for one in points]), Series("Promise kept", [one.kept_percent for one in points])],
        says, "%", target=target,
    )  # fmt: skip


def content_over_time(insight: Insight) -> Chart:
    """How many articles there were, by what they count as."""
    points = insight.points
    says = f"{counted(points[-1].articles, 'article')} today." if points else "No articles yet."
    if len(points) > 1:
        grown = points[-1].articles - points[0].articles
        says = f"{counted(points[-1].articles, 'article')}, {abs(grown):,} {'more' if grown >= 0 else 'fewer'} than on {points[0].day}."
    series = [
        Series("Trusted", [one.trusted for one in points]),
        Series("Validated, not trusted", [one.validated - one.trusted for one in points]),
        Series("Not validated", [one.total - one.validated for one in points]),
        Series("Work in progress", [one.work_in_progress for one in points]),
    ]
    return Chart("content", "Content over time", "stack", [str(one.day)[:7] for one in points], series, says)


def known_and_new(insight: Insight) -> Chart:
    """Tickets by whether an article was there already."""
    months, answered = insight.period.months, insight.answered
    kinds = KINDS if answered.whole else KINDS[:2]
    total = answered.total()
    says = (
        "No ticket of the export was closed in this time."
        if answered.whole
        else "No ticket was linked to an article in this time: kcs link notes it."
    )
    if total:
        known = answered.total("known")
        what = "closed tickets" if answered.whole else "linked tickets"
        says = f"{known:,} of {total:,} {what} had an article already ({share(known, total):g}%)."
    series = [
        Series(kind.capitalize(), [answered.months.get(month, Counter())[kind] for month in months])
        for kind in kinds
    ]
    return Chart("known", "Known and new", "stack", months, series, says)


def unanswered(insight: Insight) -> Chart:
    """Searches that found nothing good enough, in percent."""
    months, usage = insight.period.months, insight.usage
    target, all_of = insight.kb.config.targets.get("zero_result"), usage.searches
    says = "No search was noted in this time: kcs search notes them."
    if all_of.counted:
        says = f"{all_of.unanswered:,} of {all_of.counted:,} {'search' if all_of.counted == 1 else 'searches'} stayed unanswered ({share(all_of.unanswered, all_of.counted, 'lower'):.1f}%"
        says += f"; at most {target:g}% is the target)." if target is not None else ")."

    def percent(part: Callable[[str], int]) -> list[float | None]:
        return [
            share(part(month), usage.months[month].counted, "lower") if month in usage.months else None
            for month in months
        ]

    series = [
        Series("Unanswered", percent(lambda month: usage.months[month].unanswered)),
        Series("Empty list", percent(lambda month: usage.months[month].empty)),
    ]
    return Chart("unanswered", "Unanswered searches", "line", months, series, says, "%", target=target)


def ages(insight: Insight) -> Chart:
    """How long ago the counted articles were verified."""
    kb = insight.kb
    labels = [name for name, _ in _AGES] + ["over 2 years", "never"]
    trusted, not_trusted = Counter[int](), Counter[int]()
    for article in kb.articles:
        if state_of(article) in COUNTED:
            verdict = kb.verdicts[article.path]
            place = len(labels) - 1
            if verdict.verified_at is not None:
                days = (kb.today - verdict.verified_at).days
                place = next((at for at, (_, limit) in enumerate(_AGES) if days < limit), len(_AGES))
            (trusted if verdict.trusted else not_trusted)[place] += 1
    never, total = not_trusted[len(labels) - 1], trusted.total() + not_trusted.total()
    says = (
        f"{never:,} of {counted(total, 'article')} {'was' if never == 1 else 'were'} never verified."
        if total
        else "No articles yet."
    )
    series = [
        Series("Trusted", [trusted[at] for at in range(len(labels))]),
        Series("Not trusted", [not_trusted[at] for at in range(len(labels))]),
    ]
    return Chart("ages", "Age of the verification", "stack", labels, series, says, first="Verified")


def waiting(insight: Insight, soon: Interval) -> Chart:
    """What needs attention, by its first reason."""
    counts = summary(queue(insight.kb, insight.kb.articles, soon))
    ordered = sorted(counts.items(), key=lambda one: -one[1])
    total = sum(counts.values())
    says = (
        f"{needing_eyes(total)}; kcs queue lists them, riskiest first."
        if total
        else "Nothing waits for anybody."
    )
    series = [Series("Articles", [count for _, count in ordered])]
    return Chart("queue", "The queue", "bars", [reason for reason, _ in ordered], series, says, first="Why")


def reused_most(insight: Insight, most: int) -> Sequence[tuple[Article, int]]:
    """The articles that are reused most; the archived are out of use, whatever links to them."""
    kb = insight.kb
    used = [one for one in kb.articles if state_of(one) != ARCHIVED]
    weights: Mapping[str, int] = {
        one.path: insight.usage.reuse[kb.key(one)] + insight.citations.get(one.path, 0) for one in used
    }
    best = sorted(used, key=lambda one: (-weights[one.path], one.path))[:most]
    return [(one, weights[one.path]) for one in best if weights[one.path]]
