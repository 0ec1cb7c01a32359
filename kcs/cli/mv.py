"""kcs mv."""

from typing import Annotated

import typer

from kcs.cli.options import Commit, Format, FormatOption, Kb, commit_wanted, complete_article, open_base

app = typer.Typer(add_completion=False)


@app.command(
    epilog="kcs mv articles/payments/hoan-tien-dat-coc.md articles/deposits/   ·   kcs mv articles/payments articles/money --diff"
    "   ·   kcs mv kb-4c7mhx0q articles/calendar/google-calendar-empty.md --commit"
)
def mv(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="A file, a folder, or what names an article.", autocompletion=complete_article
        ),
    ],
    new: Annotated[
        str,
        typer.Argument(
            metavar="NEW", help="Its new path; a folder that exists, or a path ending in /, takes it in."
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Show what would change, and write nothing.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="The same, with each changed line.")] = False,
    why: Annotated[str, typer.Option("-m", metavar="WHY", help="Why, for the commit's message.")] = "",
    commit: Commit = None,
    kb: Kb = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Move an article, a file or a folder; every link to it, and every link in it, is rewritten.

    No article loses its verification: what is counted in a fingerprint stays, and is recorded in moves.tsv.
    All files change or none; if interrupted, the next command finishes it.
    """
    from kcs.authoring.editing import checked_text
    from kcs.authoring.moving import carry_out, plan_move
    from kcs.render.moving import moving_json, moving_text

    committing = commit_wanted(commit, why)
    base = open_base(kb)
    moving = plan_move(base, old, new)
    why = checked_text(why, "-m")
    made = None
    if not (dry_run or diff):
        message = "\n\n".join(filter(None, (f"Move {moving.old} to {moving.new}", why)))
        made = carry_out(base, moving, message if committing else None)
    if format is Format.JSON:
        moving_json(moving, made, dry_run=dry_run or diff)
    else:
        moving_text(moving, made, dry_run=dry_run or diff, diff=diff)
