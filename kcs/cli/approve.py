"""kcs approve."""

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
    one_name,
    open_base,
)

app = typer.Typer(add_completion=False)


@app.command(
    epilog='kcs approve kb-0976g8as -m "checked by counsel on 20 November"   ·   kcs approve kb-0976g8as -m "as counsel asked" --commit'
)
def approve(
    *,
    article: ArticleName,
    why: Annotated[str, typer.Option("-m", metavar="WHY", help="What the approval rests on.")] = "",
    commit: Commit = None,
    yes: Yes = False,
    kb: Kb = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Approve exactly what an article under compliance governance says today, as a publisher that kcs.toml lists.

    Shows what changed since it was last approved, asks, and writes an entry with the fingerprint of title and
    text.
    """
    from kcs.authoring import approve as feature
    from kcs.render.approve import Approval, approved_json, approved_text

    base = open_base(kb, None, as_of)
    talk = Approval(yes=yes, data=format is Format.JSON)
    done = feature.approve(base, one_name(article), why, talk, commit=commit_wanted(commit))
    (approved_json if format is Format.JSON else approved_text)(done)
    raise SystemExit(0 if done.content else 1)
