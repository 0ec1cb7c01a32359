"""kcs resolve."""

from pathlib import Path
from typing import Annotated

import typer

from kcs.cli.options import Format, FormatOption, Kb, open_base

app = typer.Typer(add_completion=False)


@app.command(epilog="kcs resolve   ·   kcs resolve articles/payments/hoan-tien-dat-coc.md")
def resolve(
    *,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Files in conflict; else all of them.")
    ] = None,
    kb: Kb = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Resolve Git conflicts between stamps and flags, and stage the result.

    What only a person can decide keeps its conflict markers, and the exit code is 1.
    """
    base = open_base(kb)
    from kcs.authoring.resolve import resolve as mend
    from kcs.render.resolve import outcomes_json, outcomes_text

    outcomes = mend(base, files or [])
    (outcomes_json if format is Format.JSON else outcomes_text)(outcomes)
    raise SystemExit(0 if all(one.done for one in outcomes) else 1)
