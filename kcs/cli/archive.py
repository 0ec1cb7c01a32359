"""kcs archive."""

from typing import Annotated

import typer

from kcs.cli.options import (
    ArticleName,
    AsOf,
    Commit,
    Format,
    FormatOption,
    Kb,
    Yes,
    commit_wanted,
    complete_article,
    one_name,
    open_base,
)

app = typer.Typer(add_completion=False)


@app.command(
    epilog="kcs archive kb-1370fz7w --superseded-by kb-73y97hj3"
    "   ·   kcs archive kb-9t2wz5ke --superseded-by kb-973nkmqf --relink --commit -m 'one answer for both'"
)
def archive(
    article: ArticleName,
    superseded_by: Annotated[
        str,
        typer.Option(
            "--superseded-by",
            metavar="ARTICLE",
            help="What takes its place.",
            autocompletion=complete_article,
        ),
    ] = "",
    relink: Annotated[
        bool | None,
        typer.Option(
            "--relink/--no-relink",
            help="Let the links to it lead to what takes its place; else you are asked.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Show what would change, and write nothing.")
    ] = False,
    why: Annotated[str, typer.Option("-m", metavar="WHY", help="Why, for the commit's message.")] = "",
    commit: Commit = None,
    yes: Yes = False,
    kb: Kb = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Archive an article, and say what takes its place. Links to it stay.

    The articles that link to it are named. With --relink those links lead to what takes its place; that
    changes what these articles say, so they have to be verified again.
    """
    from kcs.authoring import moving
    from kcs.authoring.editing import checked_text, commit_message
    from kcs.render.archive import archive_json, archive_text, relink_wanted

    committing = commit_wanted(commit, why)
    base = open_base(kb, None, as_of)
    why, name = checked_text(why, "-m"), one_name(article)
    plan = moving.plan_archive(base, name, superseded_by, relink=bool(relink))
    if relink is None and format is Format.TEXT and not (dry_run or yes) and relink_wanted(plan):
        plan = moving.plan_archive(base, name, superseded_by, relink=True)
    made = None
    if not dry_run:
        successor = f"superseded by {plan.successor.name}" if plan.successor else ""
        message = commit_message("Archive", [plan.article], successor, why)
        made = moving.archive(base, plan, message if committing else None)
    if format is Format.JSON:
        archive_json(plan, made, dry_run=dry_run)
    else:
        archive_text(plan, made, dry_run=dry_run)
