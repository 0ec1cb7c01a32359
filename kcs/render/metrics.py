"""The figures for people: values, their parts and targets, in words and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcs.insight.metric import CAUTION, Metric
from kcs.render.terminal import for_eyes, note, say, table

if TYPE_CHECKING:
    from kcs.insight.chart import Chart
    from kcs.insight.gather import Insight

_UNITS = {"percent": "%", "days": " days", "minutes": " min", "hours": " h"}


def value_text(metric: Metric) -> str:
    """The value with its unit; a dash if unknown."""
    if metric.value is None:
        return "–"
    if metric.unit == "ratio":
        return f"1 : {metric.value:g}"
    if metric.unit == "count":
        return f"{metric.value:,.0f}"
    return f"{metric.value:,.1f}{_UNITS.get(metric.unit, '')}"


def _said(number: float, words: str) -> str:
    """`3 articles made`, `1 article made`: the words name many."""
    one = words
    if round(number) == 1:
        one = re.sub(r"\bpeople\b|(\w)(?:(?<=ch)es|s)\b", lambda found: found[1] or "person", words, count=1)
    return f"{number:,.0f} {one}".strip()


def made_of(metric: Metric) -> str:
    """Numerator and denominator in words; without a value, what would provide it."""
    if metric.value is None and metric.needs:
        return f"needs {metric.needs}"
    parts = []
    if metric.numerator is not None and metric.denominator is not None:
        parts.append(
            f"{_said(metric.numerator, metric.over)} {metric.between} {_said(metric.denominator, metric.of)}"
        )
    elif metric.denominator is not None:
        parts.append(_said(metric.denominator, metric.of))
    elif metric.numerator is not None and metric.over:
        parts.append(_said(metric.numerator, metric.over))
    elif metric.of:
        parts.append(metric.of)
    parts += [beside_text(metric)] if metric.beside else []
    return "; ".join(parts)


def beside_text(metric: Metric) -> str:
    """`archived 129; left the count in the last 30 days 0`: the figures that belong next to it."""
    return "; ".join(
        f"{words} {number:,.0f}" if number % 1 == 0 else f"{words} {number:,g}"
        for words, number in metric.beside.items()
    )


def target_text(metric: Metric) -> str:
    """The target."""
    if metric.target is None:
        return ""
    unit = _UNITS.get(metric.unit, "")
    if isinstance(metric.target, tuple):
        return f"{metric.target[0]:g} to {metric.target[1]:g}{unit}"
    return f"{'at most ' if metric.better == 'lower' else ''}{metric.target:g}{unit}"


def direction(metric: Metric) -> str:
    """Which way is better; empty if neither is, or the target says it."""
    return f"{metric.better} is better" if metric.better in ("higher", "lower") else ""


def aim_text(metric: Metric) -> str:
    """The target; without one, which way is better."""
    return target_text(metric) or direction(metric)


def met_text(metric: Metric) -> str:
    """Whether it is there."""
    return {True: "met", False: "not met", None: ""}[metric.met]


def metrics_text(insight: Insight, drawn: Sequence[Chart]) -> None:
    """For people: the table, then the charts; in a pipe the table alone, with names instead of titles."""
    from kcs.render.charts_text import chart_text

    rows = [_row(metric) for metric in [*insight.metrics, *insight.outside]]
    if for_eyes():
        say(f"{insight.period.first} to {insight.period.last}", "dim")
    table(("Metric", "", "made of", "target", ""), rows, ("cyan", "bold", "dim", "", ""))
    if for_eyes():
        for chart in drawn:
            say()
            chart_text(chart)
        say()
    asides(insight)
    note(f"Each is {CAUTION}.")


def asides(insight: Insight) -> None:
    """On stderr: what a reader should know about the figures,
    and how much of the export could be read, if there is one.
    """
    from kcs.render.tickets import count_summary

    for words in insight.notes:
        note(f"kcs: {words}")
    if insight.answered.count is not None:
        count_summary(insight.answered.name, insight.answered.count)


def notes_of(insight: Insight) -> list[str]:
    """What a reader should know about the figures, including how much of the export was readable."""
    from kcs.render.tickets import count_words

    answered = insight.answered
    read = [] if answered.count is None else [count_words(answered.name, answered.count)]
    return [*insight.notes, *read]


def _row(metric: Metric) -> tuple[str, ...]:
    name = metric.title if for_eyes() else metric.name
    return name, value_text(metric), made_of(metric), aim_text(metric), met_text(metric)


def groups_text(insight: Insight, heading: str) -> None:
    """One line for each month, team, product or language; columns are metrics."""
    groups = insight.months if heading == "month" else insight.groups
    # The last one first: months from before the base was in Git
    # lack the trust score, which would else stand at the end.
    titles = {one.name: one.title for found in [*groups.values()][::-1] for one in found}
    rows = []
    for name, found in groups.items():
        values = {one.name: value_text(one) for one in found}
        rows.append((name or f"(no {heading})", *(values.get(one, "–") for one in titles)))
    table((heading.capitalize(), *titles.values()), rows, ("cyan",))
    if not for_eyes():
        note("columns: " + " ".join((heading, *titles)))
    asides(insight)
    note(f"Each is {CAUTION}.")
