"""The figures for programs: kcs.metrics/1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kcs.insight.metric import CAUTION, Metric
from kcs.render.metrics import notes_of
from kcs.render.terminal import write_json

if TYPE_CHECKING:
    from kcs.insight.gather import Insight


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
