"""The program: global options and the lazy group of commands."""

import sys
from typing import Annotated

import typer

from kcs.cli.group import LazyGroup

app = typer.Typer(
    name="kcs",
    cls=LazyGroup,
    help="What a team knows, kept in Git, found at once, and known to be right.",
    epilog="Documentation of each command: kcs COMMAND --help",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from kcs import __version__

        print(f"kcs {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """The entry point of the installed program."""
    for stream in (sys.stdout, sys.stderr):
        # A title in Thai must not end in a traceback where the terminal says it is ASCII.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # The name is ours however it was started (python -m kcs): help and completion show it.
    app(prog_name="kcs")
