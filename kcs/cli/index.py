"""kcs index."""

from typing import Annotated

import typer

from kcs.cli.options import Format, FormatOption, Kb, open_base

app = typer.Typer(add_completion=False)


@app.command(
    epilog="kcs index   ·   kcs index --status   ·   kcs index --rebuild   ·   KCS_ENGINE=sqlite kcs index"
)
def index(
    *,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Throw away what is kept, and build all of it again.")
    ] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Say what is there and what is missing; change nothing.")
    ] = False,
    kb: Kb = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Bring the search index up to date, or say what state it is in.

    Rarely needed: each search first checks whether any article changed.
    """
    from kcs.errors import UsageProblem

    if rebuild and status:
        raise UsageProblem("--status changes nothing, --rebuild changes all: give one of them")
    base = open_base(kb)
    from kcs.render.index import index_json, index_text
    from kcs.search.index_status import index_status

    tell = index_json if format is Format.JSON else index_text
    if status:
        tell(index_status(base), None)
        return
    from kcs.render.progress import counting
    from kcs.search.index_open import open_index

    done = open_index(base, progress=counting, rebuild=rebuild)
    tell(index_status(base, done.index), done)
    done.index.close()
