"""A chart as plain values, and how its sentence counts."""

from __future__ import annotations

from collections.abc import Sequence

from kcs.counting import counted
from kcs.tuples import NamedTuple


class Series(NamedTuple):
    """One line or one colour: a value for each label, None if there is none."""

    name: str
    values: Sequence[float | None]


class Chart(NamedTuple):
    """`kind`: line, stack, bars or heat. `labels` run along the axis; of a heat map the columns, each series a row.

    `says`: its message in one sentence, which is its alternative text too. `target`: a line to reach. `missing`: (row,
    column) of cells that should not be empty. `first`: what the labels are, in a word.
    """

    name: str
    title: str
    kind: str
    labels: Sequence[str]
    series: Sequence[Series]
    says: str
    unit: str = ""
    first: str = "Month"
    target: float | None = None
    missing: frozenset[tuple[int, int]] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show. On a line a value of 0 is one."""
        values = [value for one in self.series for value in one.values if value is not None]
        return not (values if self.kind == "line" else any(values))


def needing_eyes(number: int) -> str:
    """How many articles wait, as the queue and the report say it."""
    return f"{counted(number, 'article')} {'needs' if number == 1 else 'need'} eyes"
