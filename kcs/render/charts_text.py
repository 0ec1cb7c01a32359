"""The charts of the report in a terminal: blocks and colours, and the numbers beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcs.render.terminal import console, one_line, say

if TYPE_CHECKING:
    from rich.text import Text

    from kcs.insight.chart import Chart, Series

_STEPS = "▁▂▃▄▅▆▇█"
_COLOURS = ("green", "cyan", "yellow", "magenta")
# Besides colours: a terminal may have none, and some eyes distinguish few.
_BLOCKS = "█▓▒░"
_SHADES = (" ", "░", "▒", "▓", "█")
_MOST_BARS = 12
# With fewer cells nobody knows a column by what is left of its head.
_READABLE = 7


def chart_text(chart: Chart) -> None:
    """One chart: its title, its sentence, its drawing."""
    say(chart.title, "bold")
    say(chart.says, "dim")
    if chart.empty:
        return
    width = max(min(console().width, 110), 20)
    draw = {"line": _lines, "stack": _stacks, "bars": _bars, "heat": _heat}[chart.kind]
    for line in draw(chart, width):
        console().print(line, overflow="ellipsis", no_wrap=True)


def _lines(chart: Chart, width: int) -> list[Text]:
    """A row of steps for each series, its first and last value beside it; the newest months where not all fit."""
    from rich.text import Text

    label = max(len(one.name) for one in chart.series) + 2
    room = max(width - label - 18, 8)
    found = []
    for one, colour in zip(chart.series, _COLOURS, strict=False):
        values = list(one.values)[-room:]
        known = [value for value in values if value is not None]
        if not known:
            continue
        top = max(*known, chart.target or 0, 1)
        steps = "".join(" " if v is None else _STEPS[min(int(v / top * 8), 7)] for v in values)
        line = Text(one.name.ljust(label))
        line.append(steps, colour)
        line.append(f"  {known[0]:g} → {known[-1]:g}{chart.unit}", "bold")
        found.append(line)
    shown = list(chart.labels)[-room:]
    found.append(Text(" " * label + f"{shown[0]} … {shown[-1]}", "dim"))
    return found


def _stacks(chart: Chart, width: int) -> list[Text]:
    """A bar for each label, its parts in colours; only the newest if there are many."""
    from rich.text import Text

    rows = list(zip(chart.labels, zip(*(one.values for one in chart.series), strict=True), strict=True))[
        -_MOST_BARS:
    ]
    label = max(len(name) for name, _ in rows) + 2
    most = max(sum(value or 0 for value in values) for _, values in rows) or 1
    room = max(width - label - 8, 8)
    found = _legend(chart.series, width)
    for name, values in rows:
        line = Text(one_line(name).ljust(label))
        drawn = total = 0.0
        for value, colour, block in zip(values, _COLOURS, _BLOCKS, strict=False):
            total += value or 0
            length = round(total * room / most) - round(drawn)
            line.append(block * length, colour)
            drawn += length
        line.append(f" {total:,.0f}", "bold")
        found.append(line)
    return found


def _legend(series: Sequence[Series], width: int) -> list[Text]:
    """What each block stands for, on as many lines as that takes."""
    from rich.text import Text

    lines = [Text()]
    for one, colour, block in zip(series, _COLOURS, _BLOCKS, strict=False):
        if lines[-1] and lines[-1].cell_len + len(one.name) + 2 > width:
            lines.append(Text())
        lines[-1].append(f"{block} ", colour)
        lines[-1].append(f"{one.name}  ", "dim")
    return lines


def _bars(chart: Chart, width: int) -> list[Text]:
    from rich.cells import cell_len, set_cell_size
    from rich.text import Text

    from kcs.render.columns import fitted

    values = [value or 0 for value in chart.series[0].values]
    told = [f" {value:,.0f}{chart.unit}" for value in values]
    # A long name gives way to its bar: without one there is nothing to compare.
    names = list(map(one_line, chart.labels))
    label = min(max(map(cell_len, names)), width // 2) + 2
    room, most = max(width - label - max(map(len, told)), 4), max(values) or 1
    found = []
    for name, value, number in zip(names, values, told, strict=True):
        line = Text(set_cell_size(fitted(name, label - 2), label))
        line.append("█" * max(round(value * room / most), 1 if value else 0), "yellow")
        line.append(number, "bold")
        found.append(line)
    return found


def _heat(chart: Chart, width: int) -> list[Text]:
    """A shade and a number in each cell; what should be there and is not in red.
    Columns that do not fit stand below the others.
    """
    from rich.cells import cell_len

    most = max((value or 0 for one in chart.series for value in one.values), default=1) or 1
    names = [one_line(one.name) for one in chart.series]
    label = min(max(map(cell_len, names)), max(width // 3, 12)) + 2
    count = max(len(chart.labels), 1)
    cell = max(min((width - label) // count, 14), len(f"{most:g}") + 4, _READABLE)
    across = max((width - label) // cell, 1)
    across = -(-count // -(-count // across))  # of nine, three times three and not eight and one
    cell = max(min((width - label) // across, 14), cell)
    return [
        line
        for first in range(0, count, across)
        for line in _heat_rows(chart, names, label, cell, most, slice(first, first + across))
    ]


def _heat_rows(
    chart: Chart, names: Sequence[str], label: int, cell: int, most: float, columns: slice
) -> list[Text]:
    from rich.cells import set_cell_size
    from rich.text import Text

    heads = Text(" " * label)
    for name in chart.labels[columns]:
        heads.append(f"{set_cell_size(one_line(name), cell - 1)} ", "bold")
    found = [heads]
    for row, one in enumerate(chart.series):
        line = Text(f"{set_cell_size(names[row], label - 1)} ")
        for column, value in list(enumerate(one.values))[columns]:
            if (row, column) in chart.missing:
                line.append(("missing" if cell > len("missing") else "gap").ljust(cell), "bold red")
                continue
            count = int(value or 0)
            shade = _SHADES[0 if not count else min(1 + int(count / most * 4), 4)]
            line.append(f"{shade}{shade} {count or '·'}".ljust(cell), "green" if count else "dim")
        found.append(line)
    return found
