"""kcs path."""

import os
import sys
from typing import Annotated

import typer

from kcs.cli.options import ArticleName, Kb, one_name, open_base

app = typer.Typer(add_completion=False)


@app.command(epilog='cat "$(kcs path deposit back)"   ·   kcs path kb-4c7mhx0q --relative')
def path(
    article: ArticleName,
    relative: Annotated[
        bool, typer.Option("--relative", help="From the folder you are in, not from the root of the disk.")
    ] = False,
    kb: Kb = None,
) -> None:
    """Print where an article lies: the full path of its file, and nothing else."""
    from kcs.authoring.whereabouts import file_of
    from kcs.kb.select import find_article

    base = open_base(kb)
    found = file_of(base, find_article(base, one_name(article)), relative=relative)
    # The name's own bytes, whatever they are: another program opens it.
    sys.stdout.buffer.write(os.fsencode(found) + b"\n")
