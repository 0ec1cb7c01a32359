"""Metrics of any selection of articles: trust and reuse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kcs.article.states import VALIDATED
from kcs.insight.metric import Metric, target_of
from kcs.insight.score import COUNTED, percent, state_of

if TYPE_CHECKING:
    from kcs.article.trust import Verdict
    from kcs.insight.timeline import Point
    from kcs.kb.articles import Article


def trust_metrics(point: Point, targets: Mapping[str, object], left: int | None = None) -> Iterator[Metric]:
    """The trust score, promise kept, and the articles there are, of one day.
    `left`: how many left the count in the 30 days before, if known.
    """
    beside = {"work in progress": float(point.work_in_progress), "archived": float(point.archived)}
    if left is not None:
        beside["left the count in the last 30 days"] = float(left)
    yield Metric(
        "trust", "Trust score", "percent", point.percent, point.trusted, point.total, "trusted", "articles",
        target_of(targets, "trust"), "higher", "git", beside, "" if point.total else "articles",
    )  # fmt: skip
    yield Metric(
        "kept", "Promise kept", "percent", point.kept_percent, point.trusted, point.validated, "trusted",
        "validated articles", target_of(targets, "kept"), "higher", "git",
        needs="" if point.validated else "validated articles",
    )  # fmt: skip
    yield Metric("articles", "Articles", "count", point.articles, source="git")


def weighted_metrics(
    articles: Iterable[Article], verdicts: Mapping[str, Verdict], reuse: Callable[[Article], int]
) -> Iterator[Metric]:
    """Trust and promise kept, with each article weighted by its reuse."""
    trusted = counted = validated = 0
    for article in articles:
        state = state_of(article)
        if state not in COUNTED:
            continue
        weight = reuse(article)
        counted += weight
        trusted += weight if verdicts[article.path].trusted else 0
        validated += weight if state == VALIDATED else 0
    needs = "links to tickets, or articles that cite each other"
    yield Metric(
        "trust_by_reuse", "Trust score, weighted by reuse", "percent", percent(trusted, counted), trusted, counted,
        "reuses of trusted articles", "reuses", better="higher", source="git and ledger",
        needs="" if counted else needs,
    )  # fmt: skip
    yield Metric(
        "kept_by_reuse", "Promise kept, weighted by reuse", "percent", percent(trusted, validated), trusted, validated,
        "reuses of trusted articles", "reuses of validated ones", better="higher", source="git and ledger",
        needs="" if validated else needs,
    )  # fmt: skip


def reuse_metrics(made: int, links: int, cited: int) -> Iterator[Metric]:
    """Reuse, and how much is made for what is reused. `links` of the period, `cited`: citations as they stand."""
    reuse = links + cited
    yield Metric(
        "reuse", "Reuse", "count", reuse, better="higher", source="ledger and git",
        beside={"links to tickets": float(links), "citations from other articles": float(cited)},
    )  # fmt: skip
    yield Metric(
        "create_reuse", "Create : reuse", "ratio", round(reuse / made, 1) if made else None, float(reuse), float(made),
        "reuses", "articles made", better="higher", source="git and ledger",
        needs="" if made else "articles made in the period",
    )  # fmt: skip
