"""kcs metrics."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.exports import Dates, Encoding, Mapping, read_export, watched
from kcs.cli.options import AsOf, At, Kb, open_base, read_since

if TYPE_CHECKING:
    from kcs.coverage import Export
    from kcs.insight.chart import Chart
    from kcs.insight.gather import Insight

app = typer.Typer(add_completion=False)


class By(StrEnum):
    """What the figures can be split by. There is no split by person, and there will be none."""

    MONTH = "month"
    TEAM = "team"
    PRODUCT = "product"
    LANGUAGE = "language"


class MetricsFormat(StrEnum):
    """What the figures can be written as."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    OPENMETRICS = "openmetrics"


Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE|SPAN", help="From this day on, or this far back: 90d, 1 year."),
]
TicketsFile = Annotated[
    Path | None, typer.Option("--tickets", metavar="EXPORT", help="Closed tickets of any help desk.")
]
FiguresFile = Annotated[
    Path | None,
    typer.Option(
        "--figures", metavar="FILE", help="Monthly figures of other systems; else figures.csv of the base."
    ),
]


@app.command(
    epilog="kcs metrics --since 90d   ·   kcs metrics --by month --format csv   ·   kcs metrics --tickets closed.csv"
)
def metrics(
    since: Since = None,
    by: Annotated[By | None, typer.Option("--by", help="One line for each of these.")] = None,
    tickets: TicketsFile = None,
    figures: FiguresFile = None,
    mapping: Mapping = None,
    dates: Dates = "",
    encoding: Encoding = "",
    charts: Annotated[
        bool, typer.Option("--charts/--no-charts", help="The charts below the figures.")
    ] = True,
    kb: Kb = None,
    at: At = None,
    as_of: AsOf = None,
    format: Annotated[
        MetricsFormat, typer.Option("--format", help="Text for people, the others for programs.")
    ] = MetricsFormat.TEXT,
) -> None:
    """Show the figures a knowledge programme is run by, each with its parts and its target.

    Trust and content come from Git, for any past day; searches, links and use from the ledger; tickets from an export.
    Each is an indicator: set no goals on activities. Nothing here names or ranks a person.
    """
    export = read_export(tickets, mapping, dates, encoding)
    base = open_base(kb, at, as_of)
    from kcs.insight.gather import Wish, gather

    chosen = "" if by in (None, By.MONTH) else str(by)
    opened = export.open(base) if export else None
    with watched(opened):
        found = gather(base, Wish(read_since(since, base.today), opened, figures, chosen))
    from kcs.render import metrics as render

    if format is MetricsFormat.TEXT and by is None:
        render.metrics_text(found, _charts(found, export) if charts else [])
    elif format is MetricsFormat.TEXT:
        render.groups_text(found, str(by))
    else:
        _write(found, str(by or ""), format)
        render.asides(found)


def _write(found: "Insight", by: str, format: MetricsFormat) -> None:
    """For programs."""
    if format is MetricsFormat.JSON:
        from kcs.render.metrics_json import metrics_json

        metrics_json(found, by)
    elif format is MetricsFormat.CSV:
        from kcs.render.metrics_csv import metrics_csv

        metrics_csv(found, by)
    else:
        from kcs.render.openmetrics import openmetrics

        openmetrics(found, by)


def _charts(found: "Insight", export: "Export | None") -> "Sequence[Chart]":
    """For eyes alone. Gaps only where tickets are given: judging these takes a while."""
    from kcs.render.terminal import for_eyes

    if not for_eyes():
        return []
    from kcs.article.days import Interval
    from kcs.insight.charts import charts

    drawn = charts(found, Interval(days=14))
    if export is not None:
        from kcs.insight.gap_list import gap_chart
        from kcs.render.gap_lines import gap_lines, look_for_gaps
        from kcs.render.gaps import notes_text

        gaps = look_for_gaps(found.kb, export, found.period.first)
        notes_text(gaps.notes)
        drawn.append(gap_chart(gap_lines(found.kb, gaps)))
    return drawn
