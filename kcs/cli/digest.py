"""kcs digest."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.filters import choose, filtered
from kcs.cli.options import AsOf, At, Kb, open_base, read_since

if TYPE_CHECKING:
    from kcs.kb.select import Filters

app = typer.Typer(add_completion=False)


class Shape(StrEnum):
    """What a digest can be written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


@app.command(
    epilog="kcs digest   ·   kcs digest --since 2026-11-20 --format markdown"
    "   ·   kcs digest --since '2 weeks' --audience external --product reminders"
)
@filtered
def digest(
    *,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE|SPAN", help="Since when; else 7d.")
    ] = None,
    kb: Kb = None,
    at: At = None,
    as_of: AsOf = None,
    format: Annotated[
        Shape, typer.Option("--format", help="Markdown for a message, JSON for programs.")
    ] = Shape.TEXT,
    filters: "Filters",
) -> None:
    """Tell who did what for the knowledge base, to thank them on a Friday.

    Who wrote, improved, verified and flagged articles, resolved flags, reviewed calls (from Git), and linked
    articles to tickets (from the ledger). In alphabetical order of articles: nothing is counted, nobody is
    ranked.
    """
    base = open_base(kb, at, as_of)
    first = read_since(since, base.today, "7d")
    from kcs.render import digest as render
    from kcs.render.progress import along
    from kcs.teamwork.digest import digest as told

    found = told(base, choose(base, filters), first, along)
    {
        Shape.TEXT: render.digest_text,
        Shape.MARKDOWN: render.digest_markdown,
        Shape.JSON: render.digest_json,
    }[format](found)
