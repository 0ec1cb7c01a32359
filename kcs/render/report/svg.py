"""Charts as SVG, drawn by hand: colours are the page's variables, so that dark, light and print need no second drawing.

Each is 420 units wide, so that its text is as large as the page's on a telephone and a little larger on a screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import floor, log10

from rich.cells import cell_len

from kcs.insight.chart import Chart
from kcs.render.columns import fitted

WIDTH = 420
_LEFT, _RIGHT, _TOP = 38, 10, 10
_PLOT = 170
_ROW = 26
_MOST_LABELS = 4
# Letters that fit in the name of a bar, and of a heat map's row, on a
# telephone, where they are drawn larger; one of East Asia takes two.
_BAR, _NAME = 46, 18


def drawing(chart: Chart) -> str:
    """The chart's `<svg>`, which a screen reader reads as its message."""
    draw = {"line": _line, "stack": _stack, "bars": _bars, "heat": _heat}[chart.kind]
    height, parts = draw(chart)
    body = "".join(parts)
    title = f'<title id="t-{chart.name}">{escape(chart.title)}. {escape(chart.says)}</title>'
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-labelledby="t-{chart.name}" class="chart">'
        f"{title}{body}</svg>"
    )


def sparkline(values: Sequence[float | None]) -> str:
    """A small line without axes, for beside a number that says the same; hidden from screen readers."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    span = (high - low) or 1
    step = 96 / (len(known) - 1)
    points = " ".join(
        f"{2 + at * step:.1f},{26 - (value - low) / span * 22:.1f}" for at, value in enumerate(known)
    )
    end = points.rpartition(" ")[2].split(",")
    return (
        f'<svg viewBox="0 0 104 30" class="spark" aria-hidden="true"><polyline points="{points}"/>'
        f'<circle cx="{end[0]}" cy="{end[1]}" r="2.5"/></svg>'
    )


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{named}>{escape(words)}</text>'


def _cut(name: str, most: int) -> str:
    """The name, cut where it is wider than `most` letters. Capitals are wider than others, M and W nearly twice."""
    shown = fitted(name, most)
    while cell_len(shown) + sum(0.75 if one in "MWmw" else 0.2 * one.isupper() for one in shown) > most:
        shown = shown.removesuffix("…")[:-1] + "…"
    return shown


def _nice(most: float) -> float:
    """The next number for the top of an axis whose four parts are round."""
    if most <= 0:
        return 4
    unit = 10.0 ** floor(log10(most / 4))
    return next((step * unit for step in (4, 8, 12, 16, 20) if step * unit >= most), 40 * unit)


def _axis(top: float, unit: str) -> Iterator[str]:
    for part in range(5):
        value = top * part / 4
        y = _TOP + _PLOT - _PLOT * part / 4
        yield f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:g}" y2="{y:g}" class="grid"/>'
        yield _text(
            _LEFT - 6, y + 4, f"{value:,.3g}{unit}" if value < 1000 else f"{value:,.0f}", "axis", "end"
        )


def _labels(labels: Sequence[str], place: float, first: float) -> Iterator[str]:
    """Names under the axis: as many as there is room for, the last one always."""
    every = max(-(-len(labels) // _MOST_LABELS), 1)
    for at, words in enumerate(labels):
        if (len(labels) - 1 - at) % every == 0:
            x = first + at * place
            anchor = "end" if at == len(labels) - 1 and x > WIDTH - 40 else "middle"
            yield _text(
                min(x, WIDTH - _RIGHT) if anchor == "end" else x, _TOP + _PLOT + 19, words, "axis", anchor
            )


def _legend(chart: Chart, y: float) -> tuple[float, list[str]]:
    """Names of the colours, in as many rows as they need; the height they take."""
    if len(chart.series) < 2:
        return 0, []
    parts, x = [], float(_LEFT)
    for at, one in enumerate(chart.series):
        width = 24 + len(one.name) * 8.1
        if x + width > WIDTH and x > _LEFT:
            x, y = float(_LEFT), y + 18
        parts.append(f'<rect x="{x:.1f}" y="{y - 9:g}" width="10" height="10" rx="2" class="f{at}"/>')
        parts.append(_text(x + 15, y, one.name, "axis"))
        x += width
    return y + 8, parts


def _line(chart: Chart) -> tuple[float, list[str]]:
    known = [value for one in chart.series for value in one.values if value is not None]
    most = max([*known, chart.target or 0])
    top = 100.0 if chart.unit == "%" and most > 50 else _nice(most)
    room = WIDTH - _LEFT - _RIGHT
    step = room / max(len(chart.labels) - 1, 1)
    # A single point is in the middle: at the edge its name would be among those of the other axis.
    left = _LEFT + room / 2 if len(chart.labels) == 1 else _LEFT
    parts = [*_axis(top, chart.unit), *_labels(chart.labels, step, left)]
    for at, one in reversed(list(enumerate(chart.series))):
        runs: list[list[tuple[float, float]]] = [[]]
        for place, value in enumerate(one.values):
            if value is None:
                runs.append([])
            else:
                runs[-1].append((left + place * step, _TOP + _PLOT - _PLOT * value / top))
        for run in filter(None, runs):
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            if at == 0 and len(run) > 1:
                floor_y = _TOP + _PLOT
                parts.append(
                    f'<polygon points="{run[0][0]:.1f},{floor_y} {points} {run[-1][0]:.1f},{floor_y}" class="area"/>'
                )
            parts.append(f'<polyline points="{points}" class="l{at}"/>')
            parts.append(f'<circle cx="{run[-1][0]:.1f}" cy="{run[-1][1]:.1f}" r="3.5" class="f{at}"/>')
    if chart.target is not None:
        y = _TOP + _PLOT - _PLOT * min(chart.target, top) / top
        parts.append(f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" class="target"/>')
        below = 13 if y < _TOP + 16 else -5
        parts.append(_text(_LEFT + 4, y + below, f"target {chart.target:g}{chart.unit}", "target-text"))
    height, legend = _legend(chart, _TOP + _PLOT + 38)
    return height or _TOP + _PLOT + 26, parts + legend


def _stack(chart: Chart) -> tuple[float, list[str]]:
    columns = list(zip(*(one.values for one in chart.series), strict=True))
    top = max(_nice(max((sum(value or 0 for value in column) for column in columns), default=1)), 4)
    room = WIDTH - _LEFT - _RIGHT
    step = room / max(len(columns), 1)
    width = min(step * 0.78, 44)
    parts = [*_axis(top, "")]
    few = len(columns) <= 8
    totals = [sum(value or 0 for value in column) for column in columns]
    # On a telephone a figure is 8.4 wide: those that would overlap are only in the table.
    told = few and max((len(f"{one:,.0f}") for one in totals), default=0) * 8.4 < step
    for at, (label, column) in enumerate(zip(chart.labels, columns, strict=True)):
        x, y = _LEFT + at * step + (step - width) / 2, float(_TOP + _PLOT)
        for number, value in enumerate(column):
            height = _PLOT * (value or 0) / top
            y -= height
            if value:
                name = f"{label}, {chart.series[number].name}: {value:,.0f}"
                parts.append(
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" class="f{number}">'
                    f"<title>{escape(name)}</title></rect>"
                )
        if told and totals[at]:
            parts.append(_text(x + width / 2, y - 4, f"{totals[at]:,.0f}", "value", "middle"))
    if few and any(len(label) > 8 for label in chart.labels):
        parts += _two_lines(chart.labels, step)
        height, legend = _legend(chart, _TOP + _PLOT + 50)
    else:
        parts += _labels(chart.labels, step, _LEFT + step / 2)
        height, legend = _legend(chart, _TOP + _PLOT + 38)
    return height or _TOP + _PLOT + 26, parts + legend


def _two_lines(labels: Sequence[str], step: float) -> Iterator[str]:
    """Names of a few words, broken in the middle."""
    for at, label in enumerate(labels):
        words = label.split(" ")
        half = (len(words) + 1) // 2
        for line, part in enumerate((words[:half], words[half:])):
            if part:
                yield _text(
                    _LEFT + (at + 0.5) * step, _TOP + _PLOT + 15 + line * 12, " ".join(part), "axis", "middle"
                )


def _bars(chart: Chart) -> tuple[float, list[str]]:
    values = [value or 0 for value in chart.series[0].values]
    most, parts, y = max(values, default=1) or 1, [], 4.0
    room = WIDTH - 70
    for label, value in zip(chart.labels, values, strict=True):
        parts.append(_text(0, y + 12, _cut(label, _BAR), "bar-label"))
        width = max(room * value / most, 2)
        parts.append(f'<rect x="0" y="{y + 18:g}" width="{width:.1f}" height="13" rx="3" class="f0"/>')
        parts.append(_text(width + 6, y + 29, f"{value:,.0f}{chart.unit}", "value"))
        y += 42
    return y, parts


def _heat(chart: Chart) -> tuple[float, list[str]]:
    """Deeper is more. A cell that the taxonomy wants but nobody filled has a dashed frame and a cross."""
    label, head = 132, 74
    most = max((value or 0 for one in chart.series for value in one.values), default=1) or 1
    step = min((WIDTH - label - 34) / max(len(chart.labels), 1), 60)  # the last name leans out
    parts = []
    for at, words in enumerate(chart.labels):
        x, y = label + (at + 0.5) * step, head - 8
        parts.append(
            f'<text x="{x:.1f}" y="{y}" class="axis" transform="rotate(-38 {x:.1f} {y})">{escape(_cut(words, 16))}</text>'
        )
    for row, one in enumerate(chart.series):
        y = head + row * _ROW
        parts.append(_text(label - 8, y + 17, _cut(one.name, _NAME), "bar-label", "end"))
        for column, value in enumerate(one.values):
            x, count = label + column * step, int(value or 0)
            missing = (row, column) in chart.missing
            depth = 0 if not count else min(1 + int((count / most) ** 0.5 * 4), 4)
            kind = "missing" if missing else f"h{depth}"
            words = f"{one.name}, {chart.labels[column]}: {'missing' if missing else f'{count:,}'}"
            parts.append(
                f'<rect x="{x + 1:.1f}" y="{y + 1}" width="{step - 2:.1f}" height="{_ROW - 2}" rx="3" class="{kind}">'
                f"<title>{escape(words)}</title></rect>"
            )
            sign = "✕" if missing else f"{count:,}" if count else ""
            if sign:
                shade = "cell missing-text" if missing else f"cell ht{depth}"
                parts.append(_text(x + step / 2, y + 17, sign, shade, "middle"))
    return head + len(chart.series) * _ROW + 4, parts
