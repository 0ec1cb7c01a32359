"""Unanswered questions, as a chart shows them."""

from __future__ import annotations

from collections.abc import Sequence

from kcs.counting import counted
from kcs.insight.chart import Chart, Series
from kcs.tuples import NamedTuple

MOST_BARS = 10


class GapLine(NamedTuple):
    """One gap: its name, how often it was asked, the minutes it cost (None: unknown), what is nearest.

    `asked`: by somebody; else only the taxonomy wants it.
    """

    name: str
    times: int
    minutes: float | None
    nearest: str = ""
    asked: bool = True


def gap_chart(gaps: Sequence[GapLine]) -> Chart:
    """The costliest; the largest if not all costs are known: tickets without times are no smaller than searches.

    What only the taxonomy wants is counted in articles, so it stands alone or not at all.
    """
    by_cost = _is_known(gaps)
    asked = [one for one in gaps if one.asked] or gaps
    best = [one for one in asked if one.minutes or not by_cost][:MOST_BARS]
    values = [round(one.minutes or 0) if by_cost else one.times for one in best]
    return Chart(
        "gaps", "Gaps by cost" if by_cost else "Gaps", "bars", [one.name for one in best], [Series("Minutes" if by_cost else "Times", values)],
        said(gaps) or "No gaps were found.", " min" if by_cost else "", first="Gap",
    )  # fmt: skip


def said(gaps: Sequence[GapLine]) -> str:
    """How many there are, and the first; empty if there is none."""
    if not gaps:
        return ""
    return (
        f"{counted(len(gaps), 'gap')}; the {'costliest' if _is_known(gaps) else 'largest'}: {gaps[0].name}."
    )


def _is_known(gaps: Sequence[GapLine]) -> bool:
    return any(one.minutes for one in gaps) and all(one.minutes is not None for one in gaps if one.asked)
