"""kcs merge-file."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False)

# For Git, 1 to 128 is a conflict with markers in the file; only above that it knows that nothing was merged.
_FAILED = 129


@app.command(
    # As Git types it. Whoever sets it up by hand, without what doctor adds, may lose the other side.
    epilog="kcs merge-file %O %A %B %L %P   ·   kcs doctor --fix",
    # A path of an article may begin with a dash, and Git gives it as it is.
    context_settings={"ignore_unknown_options": True},
)
def merge_file(
    base: Annotated[
        Path, typer.Argument(metavar="%O", help="The common ancestor; empty when there is none.")
    ],
    ours: Annotated[Path, typer.Argument(metavar="%A", help="Our version; the result is written here.")],
    theirs: Annotated[Path, typer.Argument(metavar="%B", help="Their version.")],
    marker_size: Annotated[int, typer.Argument(metavar="%L", help="The length of conflict markers.")] = 7,
    path: Annotated[str, typer.Argument(metavar="%P", help="Where the file lies in the repository.")] = "",
    labels: Annotated[
        list[str] | None,
        typer.Argument(metavar="[%S %X %Y]", help="What the markers call the ancestor, us and them."),
    ] = None,
) -> None:
    """Git's merge driver for articles: stamps by person, the newest wins; the text as Git merges it.

    Exit code 0: merged. 1: conflicts, with markers. 129: nothing was merged, and %A is as it was.
    """
    from kcs.authoring.driver import drive
    from kcs.cli.group import report
    from kcs.errors import KcsError

    try:
        clean, odd = drive(base, ours, theirs, marker_size, path, labels or [])
    except (KcsError, OSError) as error:
        report(error if isinstance(error, KcsError) else KcsError(str(error)))
        raise SystemExit(_FAILED) from error
    if odd:
        report(KcsError(f"internal error: {odd}", hint="merged as plain lines; please report it", path=path))
    raise SystemExit(0 if clean else 1)
