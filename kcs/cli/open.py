"""kcs open."""

from typing import Annotated

import typer

from kcs.cli.options import ArticleName, Kb, one_name, open_base

app = typer.Typer(add_completion=False)


@app.command(
    name="open",
    epilog="kcs open kb-4c7mhx0q   ·   kcs open deposit back --web   ·   kcs open deposit back --web --print",
)
def open_article(
    article: ArticleName,
    web: Annotated[
        bool, typer.Option("--web", help="Where the site serves it, by links.root of kcs.toml.")
    ] = False,
    show: Annotated[bool, typer.Option("--print", help="Print what would be opened, open nothing.")] = False,
    kb: Kb = None,
) -> None:
    """Open an article's file, or with --web its page, with the program that the system has for it.

    Without such a program, the path or the address is printed.
    """
    from kcs.authoring.whereabouts import address_of, file_of, open_outside
    from kcs.kb.select import find_article
    from kcs.render.terminal import note, say

    base = open_base(kb)
    found = find_article(base, one_name(article))
    target = address_of(base, found) if web else file_of(base, found)
    if show or not open_outside(target):
        say(target)
        if not show:
            note("nothing here opens it")
