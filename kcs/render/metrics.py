"""The figures as text, JSON, CSV and OpenMetrics."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kcs.insight.metric import CAUTION, Metric
from kcs.render.terminal import for_eyes, note, say, table, write_json

if TYPE_CHECKING:
    from kcs.insight.charts import Chart
    from kcs.insight.gather import Insight

_UNITS = {"percent": "%", "days": " days", "minutes": " min", "hours": " h"}


def value_text(metric: Metric) -> str:
    """The value with its unit; a dash where nobody can know."""
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
    """Numerator and denominator in words; what would tell, where there is no value."""
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
    parts += [
        f"{words} {number:,.0f}" if number % 1 == 0 else f"{words} {number:,g}"
        for words, number in metric.beside.items()
    ]
    return "; ".join(parts)


def target_text(metric: Metric) -> str:
    """Where it should be."""
    if metric.target is None:
        return ""
    unit = _UNITS.get(metric.unit, "")
    if isinstance(metric.target, tuple):
        return f"{metric.target[0]:g} to {metric.target[1]:g}{unit}"
    return f"{'at most ' if metric.better == 'lower' else ''}{metric.target:g}{unit}"


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
    for words in insight.notes:
        note(f"kcs: {words}")
    tickets_read(insight)
    note(f"Each is {CAUTION}.")


def tickets_read(insight: Insight) -> None:
    """How much of the export could be read, on stderr; nothing where there is none."""
    from kcs.render.gaps import count_summary

    if insight.answered.count is not None:
        count_summary(insight.answered.name, insight.answered.count)


def notes_of(insight: Insight) -> list[str]:
    """What a reader should know of the figures, how much of the export could be read included."""
    from kcs.render.gaps import count_words

    answered = insight.answered
    read = [] if answered.count is None else [count_words(answered.name, answered.count)]
    return [*insight.notes, *read]


def _row(metric: Metric) -> tuple[str, ...]:
    name = metric.title if for_eyes() else metric.name
    return name, value_text(metric), made_of(metric), target_text(metric), met_text(metric)


def groups_text(insight: Insight, heading: str) -> None:
    """One line for each month, team, product or language; columns are metrics."""
    groups = insight.months if heading == "month" else insight.groups
    titles: dict[str, str] = {one.name: one.title for found in groups.values() for one in found}
    rows = []
    for name, found in groups.items():
        values = {one.name: value_text(one) for one in found}
        rows.append((name or f"(no {heading})", *(values.get(one, "–") for one in titles)))
    table((heading.capitalize(), *titles.values()), rows, ("cyan",))
    if not for_eyes():
        note("columns: " + " ".join((heading, *titles)))
    tickets_read(insight)
    note(f"Each is {CAUTION}.")


def metrics_json(insight: Insight, by: str) -> None:
    """`kcs.metrics/1`."""
    groups = insight.months if by == "month" else insight.groups
    kb = insight.kb
    write_json(
        "kcs.metrics/1",
        {
            "as_of": kb.today,
            "commit": kb.head,
            "from": insight.period.first,
            "to": insight.period.last,
            "caution": CAUTION,
            "metrics": [_plain(one) for one in insight.metrics],
            "outside": [_plain(one) for one in insight.outside],
            "by": by or None,
            "groups": [
                {"name": name or None, "metrics": [_plain(one) for one in found]}
                for name, found in groups.items()
            ]
            if by
            else [],
            "notes": notes_of(insight),
        },
    )


def _plain(metric: Metric) -> dict[str, Any]:
    return {
        "name": metric.name,
        "title": metric.title,
        "unit": metric.unit,
        "value": metric.value,
        "numerator": metric.numerator,
        "denominator": metric.denominator,
        "numerator_is": metric.over or None,
        "denominator_is": metric.of or None,
        "target": list(metric.target) if isinstance(metric.target, tuple) else metric.target,
        "direction": metric.better or None,
        "met": metric.met,
        "source": metric.source or None,
        "beside": [{"what": words, "value": number} for words, number in metric.beside.items()],
        "needs": metric.needs or None,
    }


def metrics_csv(insight: Insight, by: str) -> None:
    """One line a metric, of the whole period or of each group; the caution is in the last column."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        (
            by or "period",
            "metric",
            "value",
            "unit",
            "numerator",
            "denominator",
            "target",
            "direction",
            "met",
            "caution",
        )
    )
    groups = insight.months if by == "month" else insight.groups
    whole = {f"{insight.period.first}/{insight.period.last}": [*insight.metrics, *insight.outside]}
    for name, found in (groups if by else whole).items():
        for one in found:
            target = "..".join(map(str, one.target)) if isinstance(one.target, tuple) else one.target
            met = "" if one.met is None else str(one.met).lower()
            writer.writerow(
                (
                    _cell(name),
                    one.name,
                    one.value,
                    one.unit,
                    one.numerator,
                    one.denominator,
                    target,
                    one.better,
                    met,
                    CAUTION,
                )
            )
    sys.stdout.write(out.getvalue())


def _cell(text: str) -> str:
    """No cell that a spreadsheet would take for a formula: names of products come from articles."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def openmetrics(insight: Insight, by: str) -> None:
    """The OpenMetrics text format, for Prometheus and its likes: `kcs_<metric>` and its two parts."""
    groups = insight.months if by == "month" else insight.groups
    rows: list[tuple[str, Metric]] = [("", one) for one in [*insight.metrics, *insight.outside]]
    if by:
        rows = [(name, one) for name, found in groups.items() for one in found]
    families: dict[str, list[str]] = {}
    for group, metric in rows:
        for name, words, value in _parts(metric):
            lines = families.setdefault(name, _head(name, words))
            if value is not None:
                label = f'{{{by}="{_escaped(group)}"}}' if by else ""
                lines.append(f"{name}{label} {value:g}" if value < 1e6 else f"{name}{label} {value:.0f}")
    sys.stdout.write("".join(f"{line}\n" for lines in families.values() for line in lines) + "# EOF\n")


def _parts(metric: Metric) -> Iterable[tuple[str, str, float | None]]:
    name = f"kcs_{re.sub(r'[^a-z0-9_]', '_', metric.name)}"
    ending = "" if metric.unit in ("count", "ratio", "points") else f"_{metric.unit}"
    yield f"{name}{ending}", f"{metric.title}, {CAUTION}", metric.value
    if metric.denominator is not None and metric.numerator is not None:
        yield f"{name}_numerator", metric.over or metric.title, metric.numerator
        yield f"{name}_denominator", metric.of or metric.title, metric.denominator
    if isinstance(metric.target, int | float):
        yield f"{name}_target{ending}", f"Target of {metric.title}", metric.target


def _head(name: str, words: str) -> list[str]:
    return [f"# TYPE {name} gauge", f"# HELP {name} {_escaped(words)}"]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
