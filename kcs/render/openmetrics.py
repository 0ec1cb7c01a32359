"""The figures for what watches figures: OpenMetrics, as Prometheus and the like read it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kcs.insight.metric import CAUTION, Metric
from kcs.render.metrics import direction
from kcs.render.terminal import safe

if TYPE_CHECKING:
    from kcs.insight.gather import Insight


def openmetrics(insight: Insight, by: str) -> None:
    """The OpenMetrics text format, for Prometheus and the like:
    `kcs_<metric>`, its two parts, and what belongs beside it.
    """
    groups = insight.months if by == "month" else insight.groups
    rows: list[tuple[str, Metric]] = [("", one) for one in [*insight.metrics, *insight.outside]]
    if by:
        rows = [(name, one) for name, found in groups.items() for one in found]
    families: dict[str, list[str]] = {}
    for group, metric in rows:
        for name, words, value, beside in _parts(metric):
            lines = families.setdefault(name, _head(name, words))
            if value is not None:
                labels = [
                    *([f'{by}="{_escaped(_named(group))}"'] if by else []),
                    *([f'beside="{beside}"'] if beside else []),
                ]
                label = f"{{{','.join(labels)}}}" if labels else ""
                lines.append(f"{name}{label} {value:.15g}")
    sys.stdout.write("".join(f"{line}\n" for lines in families.values() for line in lines) + "# EOF\n")


def _parts(metric: Metric) -> Iterable[tuple[str, str, float | None, str]]:
    """Family, words, value, and of a figure beside the metric what it is."""
    name = f"kcs_{re.sub(r'[^a-z0-9_]', '_', metric.name)}"
    named = metric.unit in ("count", "ratio", "points") or name.endswith(f"_{metric.unit}")
    ending = "" if named else f"_{metric.unit}"
    yield (
        f"{name}{ending}",
        ", ".join(filter(None, (metric.title, direction(metric), CAUTION))),
        metric.value,
        "",
    )
    if metric.denominator is not None and metric.numerator is not None:
        yield f"{name}_numerator", metric.over or metric.title, metric.numerator, ""
        yield f"{name}_denominator", metric.of or metric.title, metric.denominator, ""
    if isinstance(metric.target, tuple):
        for bound, value in zip(("least", "most"), metric.target, strict=True):
            yield f"{name}_target_{bound}{ending}", f"Target of {metric.title}, at {bound}", value, ""
    elif metric.target is not None:
        yield f"{name}_target{ending}", f"Target of {metric.title}", metric.target, ""
    for beside, value in metric.beside.items():
        yield f"{name}_beside", f"Beside {metric.title}", value, beside


def _head(name: str, words: str) -> list[str]:
    return [f"# TYPE {name} gauge", f"# HELP {name} {_escaped(words)}"]


def _named(group: str) -> str:
    """What must not reach a terminal is spelt: as one sign for all, two groups' series would be one."""
    return "".join(sign if safe(sign) == sign else f"\\u{ord(sign):04x}" for sign in group)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
