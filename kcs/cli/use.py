"""kcs use."""

from pathlib import Path
from typing import Annotated

import typer

from kcs.cli.options import Format, FormatOption
from kcs.errors import UsageProblem

app = typer.Typer(add_completion=False)


@app.command(epilog="kcs use ~/acme-kb   ·   kcs use   ·   kcs use --clear")
def use(
    *,
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="The knowledge base, or a folder in it.")
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Choose none.")] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Choose the base that kcs works on when called from anywhere; without PATH show which one counts here, and why.

    --kb counts first, then KCS_KB, then the base that holds the folder you are in, then this choice. It is
    one line of your own settings; the rest of them stays.
    """
    if clear and path is not None:
        raise UsageProblem("--clear chooses none, PATH chooses one: give one of the two")
    from kcs.authoring import choose as feature
    from kcs.render.use import choice_json, choice_text, chosen_text

    asked = path is None and not clear
    if path is not None:
        found = feature.choose(path)
    elif clear:
        found = feature.clear()
    else:
        found = feature.in_use()
    if format is Format.JSON:
        choice_json(found)
    else:
        (choice_text if asked else chosen_text)(found)
