"""The figures for spreadsheets."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING

from kcs.insight.metric import CAUTION

if TYPE_CHECKING:
    from kcs.insight.gather import Insight

_COLUMNS = ("metric", "value", "unit", "numerator", "denominator", "target", "direction", "met", "caution")


def metrics_csv(insight: Insight, by: str) -> None:
    """One line a metric, of the whole period or of each group; the caution is in the last column."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((by or "period", *_COLUMNS))
    groups = insight.months if by == "month" else insight.groups
    whole = {f"{insight.period.first}/{insight.period.last}": [*insight.metrics, *insight.outside]}
    for name, found in (groups if by else whole).items():
        for one in found:
            target = "..".join(map(str, one.target)) if isinstance(one.target, tuple) else one.target
            met = "" if one.met is None else str(one.met).lower()
            parts = (one.value, one.unit, one.numerator, one.denominator, target, one.better, met)
            writer.writerow((_cell(name), one.name, *parts, CAUTION))
    sys.stdout.write(out.getvalue())


def _cell(text: str) -> str:
    """No cell that a spreadsheet would take for a formula: names of products come from articles."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
