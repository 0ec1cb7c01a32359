"""The report's page: its layout. Words and looks are in page.html."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kcs import __version__
from kcs.counting import counted
from kcs.insight.chart import Chart, needing_eyes
from kcs.insight.charts import charts, reused_most
from kcs.insight.gap_list import GapLine, gap_chart, said
from kcs.insight.metric import CAUTION, Metric
from kcs.insight.queue import queue
from kcs.render.metrics import aim_text, made_of, met_text, notes_of, target_text, value_text
from kcs.render.report.svg import drawing, sparkline
from kcs.render.tickets import count_words
from kcs.render.trust import meaning
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from jinja2 import Environment

    from kcs.article.days import Interval
    from kcs.coverage.ticket_gaps import TicketGaps
    from kcs.insight.gather import Insight

_LISTED = 10
# Of another value a screen reader would not know in which voice to read.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_TILES = ("kept", "zero_result", "known", "usage", "growth", "self_service")


class Tile(NamedTuple):
    """One number at the top."""

    title: str
    value: str
    target: str
    met: bool | None
    made_of: str
    spark: str


def report_html(
    insight: Insight, gaps: Sequence[GapLine], soon: Interval, name: str, *, with_tickets: bool,
    last_given: TicketGaps | None = None,
) -> str:  # fmt: skip
    """The whole file. `with_tickets`: whether tickets were looked into; `last_given`: those of an export that nobody named this time.
    `name`: what the base is called."""
    kb = insight.kb
    found = charts(insight, soon)
    metrics = [*insight.metrics, *insight.outside]
    by_name = {one.name: one for one in metrics}
    waiting = queue(kb, kb.articles, soon)
    return (
        _environment()
        .get_template("page.html")
        .render(
            name=name,
            insight=insight,
            trust=by_name["trust"],
            trust_spark=sparkline([one.percent for one in insight.points]),
            headline=_headline(by_name["trust"]),
            tiles=[_tile(by_name[one], insight) for one in _TILES if one in by_name],
            attention=_attention(insight, found, by_name, gaps, len(waiting)),
            charts={one.name: _in_words(one) for one in found},
            metrics=metrics,
            gaps=gaps,
            gap_chart=gap_chart(gaps),
            with_tickets=with_tickets,
            waiting=waiting[:_LISTED],
            waiting_all=len(waiting),
            queries=insight.usage.queries.most_common(_LISTED),
            untrusted=[pair for pair in reused_most(insight, 200) if not kb.verdicts[pair[0].path].trusted][
                :_LISTED
            ],
            notes=[*notes_of(insight), *_of_tickets(last_given)],
            caution=CAUTION,
            version=__version__,
        )
    )


def _of_tickets(last_given: TicketGaps | None) -> Iterator[str]:
    """Which tickets the gaps are of, where no other sentence says so."""
    if last_given is not None:
        yield f"The gaps are also of the tickets last given: {count_words(Path(last_given.name).name, last_given.count)}"


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # svg.py escapes every word that it draws.
    made.tests["language"] = lambda tag: _LANGUAGE.fullmatch(tag or "") is not None
    made.filters["drawing"] = lambda chart: Markup(drawing(chart))
    made.filters["svg"] = Markup
    made.filters["value"] = value_text
    made.filters["made_of"] = made_of
    made.filters["target"] = target_text
    made.filters["aim"] = aim_text
    made.filters["met"] = met_text
    made.filters["meaning"] = lambda reason: _WHY.get(reason) or meaning(reason)
    return made


def _in_words(chart: Chart) -> Chart:
    """Reasons are kcs's names; a manager reads their meaning."""
    if chart.name != "queue":
        return chart
    return chart._replace(labels=[_WHY.get(one) or meaning(one) for one in chart.labels])


_WHY = {"due-soon": "falls due soon"}


def _headline(trust: Metric) -> str:
    if trust.value is None:
        return "There are no articles yet that could be trusted."
    words = "of what is written down can be relied on today"
    if trust.met is None:
        return f"{words}."
    return f"{words}: {'the target is met' if trust.met else f'{_gap(trust)} below the target'}."


def _gap(metric: Metric) -> str:
    assert isinstance(metric.target, int | float) and metric.value is not None
    gap = max(round(metric.target - metric.value, 1), 0.1)
    return f"{gap:g} {'point' if gap == 1 else 'points'}"


def _tile(metric: Metric, insight: Insight) -> Tile:
    series = [one.value for found in insight.months.values() for one in found if one.name == metric.name]
    return Tile(
        metric.title, value_text(metric), target_text(metric), metric.met, made_of(metric),
        sparkline(series) if metric.value is not None else "",
    )  # fmt: skip


def _attention(
    insight: Insight,
    found: Sequence[Chart],
    by_name: dict[str, Metric],
    gaps: Sequence[GapLine] | None,
    waiting: int,
) -> list[dict[str, Any]]:
    """What to do next, the most telling first: words, and the command that goes on from there."""
    lines: list[dict[str, Any]] = []
    if waiting:
        lines.append({"words": f"{needing_eyes(waiting)}.", "command": "kcs queue --review"})
    if gaps and (gaps[0].minutes or gaps[0].times > 1):
        lines.append({"words": said(gaps), "command": "kcs gaps"})
    zero = by_name["zero_result"]
    if zero.met is not True and zero.value and insight.usage.queries:
        words = f"{zero.value:g}% of searches stay unanswered, most often: {insight.usage.queries.most_common(1)[0][0]}."
        lines.append({"words": words, "command": "kcs gaps --searches"})
    reused = reused_most(insight, 20)
    built_on = [pair for pair in reused if not insight.kb.verdicts[pair[0].path].trusted]
    if built_on:
        most = (
            f"the {len(reused)} articles that are reused most"
            if len(reused) > 1
            else "1 article that is reused"
        )
        words = f"{len(built_on)} of {most} cannot be trusted."
        lines.append({"words": words, "command": "kcs list --untrusted"})
    missing = next((len(one.missing) for one in found if one.name == "matrix"), 0)
    if missing:
        words = f"{counted(missing, 'place')} of the taxonomy without an article."
        lines.append({"words": words, "command": "kcs gaps --taxonomy"})
    return lines
