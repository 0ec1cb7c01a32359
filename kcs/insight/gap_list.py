"""What is asked and not answered, as a chart shows it."""

from __future__ import annotations

from collections.abc import Sequence

from kcs.insight.charts import Chart, Series
from kcs.tuples import NamedTuple

MOST_BARS = 10


class GapLine(NamedTuple):
    """One gap: what it is called, how many times it was asked, the minutes it cost (None: nobody knows), what is nearest."""

    name: str
    times: int
    minutes: float | None
    nearest: str = ""


def gap_chart(gaps: Sequence[GapLine]) -> Chart:
    """The costliest; by how often they were asked where no ticket tells its handling time."""
    by_cost = any(one.minutes for one in gaps)
    best = [one for one in gaps if one.minutes or not by_cost][:MOST_BARS]
    values = [round(one.minutes or 0) if by_cost else one.times for one in best]
    says = "No gaps were found."
    if best:
        says = f"{len(gaps):,} gaps; the costliest: {best[0].name}."
    return Chart(
        "gaps", "Gaps by cost", "bars", [one.name for one in best], [Series("Minutes" if by_cost else "Times", values)],
        says, " min" if by_cost else "", first="Gap",
    )  # fmt: skip
