"""kcs list."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.filters import choose, filtered
from kcs.cli.options import AsOf, At, Format, FormatOption, Kb, open_base

if TYPE_CHECKING:
    from kcs.kb.select import Filters

app = typer.Typer(add_completion=False)


class Sort(StrEnum):
    """What a list can be ordered by."""

    PATH = "path"
    TITLE = "title"
    DUE = "due"
    VERIFIED = "verified"
    OWNER = "owner"
    PRODUCT = "product"


@app.command(
    epilog="kcs list --owner care --untrusted --sort due --limit 20   ·   kcs list articles/payments --reason stale --format json"
)
@filtered
def list_articles(
    *,
    sort: Annotated[
        Sort, typer.Option("--sort", help="What to order by; undated articles come last.")
    ] = Sort.PATH,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="The first N only.")
    ] = None,
    kb: Kb = None,
    at: At = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
    filters: "Filters",
) -> None:
    """List articles with their confidence and trust, filtered and sorted."""
    base = open_base(kb, at, as_of)
    chosen = choose(base, filters)
    from kcs.render.listing import listing_json, listing_text, order

    ordered = order(base, chosen, sort.value)
    if format is Format.JSON:
        listing_json(base, ordered, limit)
    else:
        listing_text(base, ordered, limit)
