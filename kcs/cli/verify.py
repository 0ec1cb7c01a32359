"""kcs verify."""

from typing import Annotated

import typer

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
    read_day,
)

app = typer.Typer(add_completion=False)


@app.command(
    epilog='kcs verify kb-4c7mhx0q --note "retested on 4.3" --ticket ZD-9912   ·   kcs verify kb-4c7mhx0q --minor -m "typo"'
    "   ·   kcs verify kb-8dvddjz6 kb-agew7xr5 --yes --commit"
)
def verify(
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE...",
            help="Ids, paths, the beginning of either, words of a title, or numbers of the last search or queue.",
            autocompletion=complete_article,
        ),
    ],
    note: Annotated[str, typer.Option("--note", help="What you checked, for the stamp.")] = "",
    ticket: Annotated[str, typer.Option("--ticket", metavar="ID", help="The ticket that led to it.")] = "",
    span: Annotated[
        str | None, typer.Option("--for", metavar="INTERVAL", help="For a shorter time: 90d, 6 months.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Until this earlier day.")
    ] = None,
    minor: Annotated[
        bool, typer.Option("--minor", help="Carry the verification over a minor change.")
    ] = False,
    why: Annotated[str, typer.Option("-m", metavar="WHY", help="With --minor: why it is minor.")] = "",
    resolve_flags: Annotated[
        bool, typer.Option("--resolve-flags", help="Also resolve the open blocking flags.")
    ] = False,
    validate: Annotated[
        bool | None,
        typer.Option(
            "--validate/--keep-state", help="Whether it also meets the standard; else a terminal asks."
        ),
    ] = None,
    commit: Commit = None,
    yes: Yes = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not show the changes first.")] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Write a stamp that does not count, if you may not verify; or verify an article without text.",
        ),
    ] = False,
    kb: Kb = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Vouch for exactly what an article says today.

    Shows what changed since a person last verified it, asks, and writes a stamp with the fingerprint of title and text.
    """
    from kcs.authoring import verify as feature
    from kcs.authoring.wishes import read_wishes
    from kcs.render.verify import Conversation, verified_json, verified_text

    base = open_base(kb, None, as_of)
    wanted = read_wishes(
        note=note,
        ticket=ticket,
        span=span,
        until=read_day(until, "--until"),
        minor=minor,
        why=why,
        resolve_flags=resolve_flags,
        validate=validate,
        today=base.today,
    )
    talk = Conversation(yes=yes, quiet=quiet, data=format is Format.JSON)
    results, made = feature.verify(base, articles, wanted, talk, force=force, commit=commit_wanted(commit))
    if format is Format.JSON:
        verified_json(results, made)
    else:
        verified_text(results, made)
    raise SystemExit(1 if any(one.declined for one in results) else 0)
