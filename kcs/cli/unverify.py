"""kcs unverify."""

from typing import Annotated

import typer

from kcs.cli.options import (
    ArticleName,
    AsOf,
    Commit,
    Format,
    FormatOption,
    Kb,
    commit_wanted,
    one_name,
    open_base,
)

app = typer.Typer(add_completion=False)


def _complete(incomplete: str) -> list[str]:
    from kcs.article.stamps import BLOCKING_REASONS

    return [one for one in BLOCKING_REASONS if one.startswith(incomplete)]


@app.command(epilog='kcs unverify kb-4c7mhx0q --reason wrong -m "the button moved" --commit')
def unverify(
    article: ArticleName,
    reason: Annotated[
        str,
        typer.Option("--reason", help="wrong, outdated, unsafe or changed.", autocompletion=_complete),
    ] = "",
    why: Annotated[str, typer.Option("-m", metavar="WHY", help="What you saw, in a few words.")] = "",
    commit: Commit = None,
    kb: Kb = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Take an article's verification back: anybody may, and it is untrusted at once.

    Removes every stamp and the due day, and flags the article with the reason.
    """
    from kcs.authoring import unverify as feature
    from kcs.render.flag import unverified_json, unverified_text

    base = open_base(kb, None, as_of)
    done = feature.unverify(base, one_name(article), reason, why, commit=commit_wanted(commit))
    (unverified_json if format is Format.JSON else unverified_text)(base, done)
