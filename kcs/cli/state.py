"""kcs state."""

from typing import Annotated

import typer

from kcs.cli.options import AsOf, Commit, Format, FormatOption, Kb, commit_wanted, complete_article, open_base
from kcs.errors import UsageProblem

app = typer.Typer(add_completion=False)


def _complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    from kcs.article.states import STATUS_OF

    # An article first: before one is named, no state can follow.
    states = [(one, "") for one in STATUS_OF if one.startswith(incomplete)] if ctx.params.get("words") else []
    return states + complete_article(ctx, incomplete)


@app.command(
    epilog="kcs state kb-rsw1r1x6 validated   ·   kcs state kb-73y97hj3 kb-1370fz7w archived --commit -m 'no cards any more'"
)
def state(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE... STATE",
            help="Articles, named as in kcs verify; then work-in-progress, not-validated, validated or archived.",
            autocompletion=_complete,
        ),
    ],
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing where something is missing; exit code 1.")
    ] = False,
    why: Annotated[str, typer.Option("-m", metavar="WHY", help="Why, for the commit's message.")] = "",
    commit: Commit = None,
    kb: Kb = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Set the state of articles, and see what they lack for it.

    Any state may follow any other; odd moves and missing parts are warned about. Writes confidence and
    status, and nothing else; all articles are checked before the first is written.
    """
    if len(words) < 2:
        from shlex import quote

        from kcs.article.states import STATUS_OF

        named = "ARTICLE" if words[0] in STATUS_OF else quote(words[0])
        states = ", ".join(STATUS_OF)
        raise UsageProblem("name an article and a state", hint=f"kcs state {named} STATE; states: {states}")
    from kcs.authoring.state import set_state
    from kcs.render.state import states_json, states_text

    committing = commit_wanted(commit, why)
    base = open_base(kb, None, as_of)
    moved, made = set_state(base, words[:-1], words[-1], why, strict=strict, commit=committing)
    (states_json if format is Format.JSON else states_text)(moved, made)
