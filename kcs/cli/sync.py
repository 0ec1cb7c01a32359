"""kcs sync."""

from typing import Annotated

import typer

from kcs.cli.options import Format, FormatOption, Kb

app = typer.Typer(add_completion=False)


@app.command(epilog="kcs sync   ·   kcs sync --push   ·   kcs sync --format json")
def sync(
    *,
    push: Annotated[bool, typer.Option("--push", help="Afterwards push the commits made here.")] = False,
    kb: Kb = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Fetch what others did and fast-forward to it; say which articles came, and whose trust changed.

    Never touches local work: where an uncommitted file is in the way, or both sides have commits of their own, it
    says so, changes no file, and the exit code is 1. The one command besides `kcs urls` that uses the network;
    it never asks for a password.
    """
    from kcs.authoring import sync as feature
    from kcs.render.sync import progress, synced_json, synced_text

    done = feature.sync(kb, push=push, progress=progress())
    (synced_json if format is Format.JSON else synced_text)(done)
