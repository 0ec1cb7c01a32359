"""kcs assign."""

from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.filters import filtered, warn
from kcs.cli.options import (
    AsOf,
    Commit,
    Format,
    FormatOption,
    Kb,
    Yes,
    commit_wanted,
    complete_article,
    open_base,
)

if TYPE_CHECKING:
    from kcs.kb.select import Filters

app = typer.Typer(add_completion=False)


@app.command(
    epilog="kcs assign kb-4c7mhx0q --owner care --verifiers nok,samir"
    "   ·   kcs assign --owned-by ada --owner payments --yes --commit"
    "   ·   kcs assign articles/calendar --add-verifier huda"
)
@filtered
def assign(
    *,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ARTICLE]...",
            help="Articles, folders or globs; else what the filters leave.",
            autocompletion=complete_article,
        ),
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", help="Who answers for them: a person or a team; '' for nobody.")
    ] = None,
    verifiers: Annotated[
        str | None,
        typer.Option("--verifiers", metavar="A,B", help="Who may verify them; '' for no list of their own."),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option("--add-verifier", metavar="X", help="One more person or team that may verify them."),
    ] = None,
    owned_by: Annotated[
        list[str] | None,
        typer.Option(
            "--owned-by", metavar="OWNER", help="Owned by this person or team.", rich_help_panel="Narrow down"
        ),
    ] = None,
    commit: Commit = None,
    yes: Yes = False,
    kb: Kb = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
    filters: "Filters",
) -> None:
    """Give articles an owner and verifiers: many at once, shown first, written together.

    Asks where more than one article changes, or where one would lose its trust; without a
    terminal that needs --yes.
    """
    from kcs.authoring import assign as feature
    from kcs.render.assign import agreed, assignment_json, assignment_text, needs_agreement
    from kcs.render.terminal import committed, note

    wish = feature.read_wish(owner, verifiers, add or [])
    base = open_base(kb, None, as_of)
    narrowed = filters._replace(owner=tuple(owned_by or ()))
    warn(base, narrowed)
    articles = feature.choose(base, paths or [], narrowed)
    planned = feature.plan(base, articles, wish)
    asks = needs_agreement(planned, yes=yes)
    if asks and format is Format.TEXT:
        assignment_text(planned)
    if asks and not agreed(planned, shown=format is Format.TEXT):
        note("nothing was written")
        raise SystemExit(1)
    made = feature.carry_out(base, planned, commit=commit_wanted(commit))
    if format is Format.JSON:
        assignment_json(planned, made)
        return
    if not asks:
        assignment_text(planned)  # when all is written: who reads it through `head` leaves before the end
    committed(made)
