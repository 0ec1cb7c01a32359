"""kcs report."""

from pathlib import Path
from typing import Annotated

import typer

from kcs.cli.exports import Dates, Encoding, Mapping, read_export, watched
from kcs.cli.metrics import FiguresFile, Since, TicketsFile
from kcs.cli.options import AsOf, At, Kb, open_base, read_since

app = typer.Typer(add_completion=False)

Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write it; - for stdout.")
]


@app.command(
    epilog="kcs report --output report.html   ·   kcs report --since 2026-01-01 --tickets closed.csv"
)
def report(
    output: Output = Path("report.html"),
    since: Since = None,
    tickets: TicketsFile = None,
    figures: FiguresFile = None,
    mapping: Mapping = None,
    dates: Dates = "",
    encoding: Encoding = "",
    kb: Kb = None,
    at: At = None,
    as_of: AsOf = None,
) -> None:
    """Write one HTML file for a manager: trust over time, coverage, gaps, the queue, every figure.

    It needs no network and no other file; it works in light and dark, on a phone, on paper, with a screen
    reader.
    """
    export = read_export(tickets, mapping, dates, encoding)
    base = open_base(kb, at, as_of)
    from kcs.article.days import Interval
    from kcs.cli.outputs import refuse_own
    from kcs.insight.gather import Wish, gather
    from kcs.kb.files import write_file
    from kcs.render.gap_lines import gap_lines, look_for_gaps
    from kcs.render.gaps import notes_text
    from kcs.render.metrics import asides
    from kcs.render.report import report_html
    from kcs.render.terminal import note

    if str(output) != "-":
        refuse_own(base, output, tickets, figures, new_articles=False)
    first = read_since(since, base.today)
    opened = export.open(base) if export else None
    with watched(opened):
        found = gather(base, Wish(first, opened, figures))
    gaps = look_for_gaps(base, export, first)
    name = base.root.resolve().name
    lines, with_tickets = gap_lines(base, gaps), gaps.tickets is not None
    last_given = gaps.tickets if export is None else None
    text = report_html(
        found, lines, Interval(days=14), name, with_tickets=with_tickets, last_given=last_given
    )
    notes_text(gaps.notes)
    asides(found)
    if str(output) == "-":
        typer.echo(text, nl=False)
        return
    raw = text.encode("utf-8", "replace")
    write_file(output, raw, str(output))
    note(f"wrote {output}: {len(raw) // 1024} KB, open it in any browser")
