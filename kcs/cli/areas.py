"""kcs areas."""

from typing import Annotated

import typer

from kcs.cli.options import AsOf, At, Format, FormatOption, Kb, open_base, read_since

app = typer.Typer(add_completion=False)


@app.command(
    epilog="kcs areas   ·   kcs areas --matrix   ·   kcs areas --outside   ·   kcs areas --across --since 30d   ·   kcs areas --check --format json"
)
def areas(
    matrix: Annotated[
        bool, typer.Option("--matrix", help="Person by area: owns, deputy, verifies, learns; and the gaps.")
    ] = False,
    outside: Annotated[
        bool, typer.Option("--outside", help="List the articles that are in no area.")
    ] = False,
    across: Annotated[
        bool,
        typer.Option("--across", help="Whose knowledge each team used, and which teams own and write it."),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE|SPAN", help="With --across: since when; else 90d."),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Exit 1 where an area has no owner who is here; with --matrix, where something depends on one person.",
        ),
    ] = False,
    kb: Kb = None,
    at: At = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Show the areas of responsibility of team.toml: who answers for each, what is in it, and how trusted it is.

    --matrix shows who could do what: who owns, stands in, may verify, is learning; and which areas depend on
    one person. It says nothing about how much anybody did. --across shows whose knowledge each team opened or
    linked, from the shared ledger.
    """
    from kcs.errors import UsageProblem

    if matrix and outside:
        raise UsageProblem("--matrix is about people, --outside about articles: give one of the two")
    if outside and check:
        raise UsageProblem(
            "--check is about owners, --outside about articles in no area: give one of the two"
        )
    if across and (matrix or outside or check):
        raise UsageProblem("--across is about teams, and takes neither --matrix nor --outside nor --check")
    if since is not None and not across:
        raise UsageProblem("--since is for --across: areas stand as they are on one day")
    base = open_base(kb, at, as_of)
    from kcs.render import areas as render
    from kcs.teamwork import areas as feature

    if across:
        from kcs.render import across as render_across
        from kcs.teamwork.across import across as told

        used = told(base, read_since(since, base.today, "90d"))
        (render_across.across_json if format is Format.JSON else render_across.across_text)(used)
        return
    found = feature.areas(base)
    failed = any(problem in feature.UNANSWERED for one in found.held for problem in one.problems)
    if matrix:
        made = feature.matrix(base, found)
        (render.matrix_json if format is Format.JSON else render.matrix_text)(made)
        failed = any(one.risky for one in made.known)
    elif format is Format.JSON:
        render.areas_json(found)
    elif outside:
        render.outside_text(base, found)
    else:
        render.areas_text(found)
    if check and failed:
        raise SystemExit(1)
