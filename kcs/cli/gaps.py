"""kcs gaps."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.exports import PANEL, Dates, Encoding, Mapping, read_export
from kcs.cli.options import AsOf, Format, FormatOption, Kb, open_base, read_since
from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from kcs.coverage import Export
    from kcs.coverage.gaps import Wish
    from kcs.kb.base import KnowledgeBase

app = typer.Typer(add_completion=False)
_WHERE = "Where to look"
_SHOWN = 20


@app.command(
    epilog="kcs gaps   ·   kcs gaps --tickets closed.csv --since 90d   ·   kcs gaps --searches"
    "   ·   kcs gaps --tickets export.csv --map subject=Summary --explain-columns"
    "   ·   kcs gaps --recurring --product reminders   ·   kcs gaps --draft 5"
)
def gaps(
    tickets: Annotated[
        Path | None,
        typer.Option(
            "--tickets",
            metavar="FILE",
            help="An export of Zendesk, Intercom, Jira, ServiceNow, or any CSV, JSON or JSON lines.",
            rich_help_panel=_WHERE,
        ),
    ] = None,
    searches: Annotated[
        bool, typer.Option("--searches", help="What people searched for here.", rich_help_panel=_WHERE)
    ] = False,
    taxonomy: Annotated[
        bool,
        typer.Option(
            "--taxonomy", help="What kcs.toml says should exist, and does not.", rich_help_panel=_WHERE
        ),
    ] = False,
    recurring: Annotated[
        bool,
        typer.Option(
            "--recurring", help="Instead: known issues that keep costing time.", rich_help_panel=_WHERE
        ),
    ] = False,
    product: Annotated[
        str, typer.Option("--product", help="With --recurring: of this product.", rich_help_panel=_WHERE)
    ] = "",
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE|SPAN", help="From this day on: 2026-08-01, or 90d."),
    ] = None,
    draft: Annotated[
        int | None,
        typer.Option("--draft", metavar="N", min=1, help="Write the N worst as work-in-progress articles."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --draft: write nothing.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="The costliest N only; else 20.")
    ] = None,
    mapping: Mapping = None,
    explain: Annotated[
        bool,
        typer.Option("--explain-columns", help="Show how the columns are understood.", rich_help_panel=PANEL),
    ] = False,
    dates: Dates = "",
    encoding: Encoding = "",
    engine: Annotated[str | None, typer.Option("--engine", help="Search with this engine.")] = None,
    kb: Kb = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Show what is asked and not answered, ranked by what it costs.

    Without a source it takes all of them: the tickets last given, the searches, the taxonomy. The cost is
    handling time in minutes where tickets tell it; a search without an answer counts as two.
    """
    if explain and tickets is None:
        raise UsageProblem("--explain-columns needs --tickets FILE")
    if explain and (recurring or searches or taxonomy or draft is not None):
        raise UsageProblem(
            "--explain-columns shows how the export is read, and looks for no gap",
            hint="leave out --recurring, --searches, --taxonomy and --draft",
        )
    if product and not recurring:
        raise UsageProblem("--product is for --recurring")
    if recurring and (draft is not None or searches or taxonomy):
        raise UsageProblem("--recurring is a list of its own: leave out --draft, --searches and --taxonomy")
    if dry_run and draft is None:
        raise UsageProblem("--dry-run is for --draft N")
    if limit is not None and (draft is not None or explain):
        other = "--draft N says how many itself" if draft is not None else "--explain-columns lists columns"
        raise UsageProblem(f"--limit is for the list, and {other}", hint="leave out --limit")
    shown = limit or _SHOWN
    export = read_export(tickets, mapping, dates, encoding)
    base = open_base(kb, None, as_of)
    from kcs.coverage.gaps import Wish

    if explain and export:
        _explain(base, export, format)
        return
    wish = Wish(
        export, searches, taxonomy, read_since(since, base.today) if since is not None else None, engine
    )
    if recurring:
        _recurring(base, wish, product, shown, format)
    else:
        _gaps(base, wish, draft, shown, format, dry_run=dry_run)


def _explain(base: "KnowledgeBase", export: "Export", format: Format) -> None:
    from kcs.render.gaps_json import columns_json
    from kcs.render.tickets import columns_text

    (columns_json if format is Format.JSON else columns_text)(export.open(base))


def _gaps(
    base: "KnowledgeBase", wish: "Wish", draft: int | None, limit: int, format: Format, *, dry_run: bool
) -> None:
    from kcs.coverage.gaps import find_gaps
    from kcs.render import gaps, gaps_json
    from kcs.render.progress import counting

    found = find_gaps(base, wish, counting)
    if draft is not None:
        from kcs.coverage.drafting import draft_worst

        drafts, passed = draft_worst(base, found.ranked, draft, dry_run=dry_run)
        gaps.notes_text(found.notes)
        gaps.passed_text([*found.passed, *passed])
        (gaps_json.drafts_json if format is Format.JSON else gaps.drafts_text)(drafts, dry_run=dry_run)
    elif format is Format.JSON:
        gaps_json.gaps_json(base, found, limit)
    else:
        gaps.gaps_text(base, found, limit)


def _recurring(base: "KnowledgeBase", wish: "Wish", product: str, limit: int, format: Format) -> None:
    from kcs.coverage.gaps import begin_of, find_tickets
    from kcs.coverage.recurring import of_product, recurring
    from kcs.render import gaps, gaps_json
    from kcs.render.progress import counting
    from kcs.render.recurring import recurring_text

    tickets, notes = find_tickets(base, wish, counting)
    found = recurring(base, tickets, begin_of(base, wish.since))
    if product:
        found, unheard = of_product(found, product)
        notes = [*notes, unheard] if unheard else notes
    if format is Format.JSON:
        gaps_json.recurring_json(base, found, limit, notes)
        return
    gaps.notes_text(notes)
    if tickets:
        gaps.tickets_summary(tickets)
    recurring_text(base, found, limit)
