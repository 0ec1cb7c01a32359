"""kcs log."""

from typing import Annotated

import typer

from kcs.cli.options import ArticleName, At, Format, FormatOption, Kb, one_name, open_base

app = typer.Typer(add_completion=False)


@app.command(
    epilog="kcs log kb-4c7mhx0q   ·   kcs log deposit back --limit 5   ·   kcs log kb-hqghjxpt --all --format json"
)
def log(
    article: ArticleName,
    everything: Annotated[
        bool, typer.Option("--all", help="Also commits that changed none of these.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="The newest N only.")
    ] = None,
    kb: Kb = None,
    at: At = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Tell an article's story, newest first: states, owners, verifications, flags, changes of the text, renames."""
    base = open_base(kb, at)
    from kcs.errors import UsageProblem
    from kcs.insight.story import folded, story
    from kcs.kb.select import find_article
    from kcs.render.story import story_json, story_text

    if base.repo is None:
        raise UsageProblem("an article's story comes from Git, and this folder is in no Git repository")
    found = find_article(base, one_name(article))
    whole = story(base, found)
    told = [one for one in whole if everything or one.matters]
    left_out = len(whole) - len(told)
    if format is Format.JSON:
        story_json(found, told[:limit], left_out)
        return
    lines = told if everything else folded(told)
    story_text(found, lines[:limit], left_out)
