"""The program: global options and the lazy group of commands."""

import os
import sys
from typing import Annotated

import typer

from kcs.cli.group import MODULES, LazyGroup


def _version(wanted: bool) -> None:
    if wanted:
        from kcs import __version__

        print(f"kcs {__version__}")
        raise typer.Exit


def _root(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def _program(*, completion: bool = True) -> typer.Typer:
    """The program, with the options that show and install completion or without them."""
    program = typer.Typer(
        name="kcs",
        cls=LazyGroup,
        help="What a team knows, kept in Git, found at once, and known to be right.",
        epilog="To begin: kcs init --adopt in the folder of your articles, or kcs init NAME for a new base."
        " Examples of each command: kcs COMMAND --help",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        add_completion=completion,
    )
    program.callback()(_root)
    return program


def _for_shell(named: str) -> None:
    """Let completion be for the shell that is named after the
    option: Typer passes over it, and takes the shell that runs.
    """
    import shellingham  # type: ignore[import-untyped,unused-ignore]

    shells = ("bash", "zsh", "fish", "powershell", "pwsh")
    if named not in shells:
        from kcs.cli.group import report
        from kcs.errors import UsageProblem

        report(UsageProblem(f"there is no completion for {named!r}", hint=f"for {', '.join(shells)}"))
        raise SystemExit(2)
    shellingham.detect_shell = lambda: (named, named)


app = _program()


def main() -> None:
    """The entry point of the installed program."""
    for stream in (sys.stdout, sys.stderr):
        # A Thai title must not cause a traceback on a terminal that claims to be ASCII.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.argv[1:2] in (["--install-completion"], ["--show-completion"]) and sys.argv[2:]:
        _for_shell(sys.argv[2].casefold())
    # After a command's name nobody can ask for completion, and making its options takes a thirtieth of a search.
    named = sys.argv[1:2] and sys.argv[1] in MODULES and "_KCS_COMPLETE" not in os.environ
    # The name is ours however it was started (python -m kcs): help and completion show it.
    _program(completion=not named)(prog_name="kcs")
