"""The figures for spreadsheets."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING

from kcs.insight.metric import CAUTION
from kcs.render.metrics import beside_text
from kcs.render.sheets import cell

if TYPE_CHECKING:
    from kcs.insight.gather import Insight

_COLUMNS = (
    "metric",
    "value",
    "unit",
    "numerator",
    "denominator",
    "target",
    "direction",
    "met",
    "beside",
    "caution",
)


def metrics_csv(insight: Insight, by: str) -> None:
    """One line a metric, of the whole period or of each group; the caution is in the last column."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((by or "period", *_COLUMNS))
    groups = insight.months if by == "month" else insight.groups
    whole = {f"{insight.period.first}/{insight.period.last}": [*insight.metrics, *insight.outside]}
    for name, found in (groups if by else whole).items():
        for one in found:
            target = "..".join(map(_number, one.target if isinstance(one.target, tuple) else (one.target,)))
            met = "" if one.met is None else str(one.met).lower()
            made_of = (_number(one.numerator), _number(one.denominator))
            parts = (_number(one.value), one.unit, *made_of, target, one.better, met)
            writer.writerow((cell(name), one.name, *parts, beside_text(one), CAUTION))
    sys.stdout.write(out.getvalue())


def _number(value: float | None) -> str:
    """`45`, never `45.0`: one column of a spreadsheet is written in one way. Empty if nobody knows."""
    if value is None:
        return ""
    return str(int(value)) if value % 1 == 0 else str(value)
