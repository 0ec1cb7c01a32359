"""The lazy group: `kcs --version` and each command load what they need and nothing else."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

from typer import Context
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from kcs.cli.commands import COMMANDS
from kcs.errors import KcsError
from kcs.streams import abandon, reader_left, tell

MODULES = {entry.name: entry.module for entry in COMMANDS}


class LazyGroup(TyperGroup):
    """Lists commands by name and help alone; imports one when it is called. Turns errors into sentences."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for entry in COMMANDS:
            self.commands[entry.name] = TyperCommand(entry.name, help=entry.help, rich_help_panel=entry.panel)

    def list_commands(self, _ctx: Any) -> list[str]:
        """In the order of the table, not of the alphabet."""
        return list(self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The real command in place of its name."""
        name, command, rest = super().resolve_command(ctx, args)
        if name in MODULES:
            command = get_command(import_module(f"kcs.cli.{MODULES[name]}").app)
            command.name = name
            # Typer keeps the line ends of the source: a paragraph has to flow to the width of the terminal.
            parts = (command.help or "").split("\n\n")
            command.help = "\n\n".join([" ".join(part.split()) for part in parts])
            # Each example on its own line, at any width.
            command.epilog = (command.epilog or "").replace("   ·   ", "\n\n")
        return name, command, rest

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """As Typer's; a wrong option before any command is said as all that is wrong."""
        try:
            return super().make_context(*args, **extra)
        except Exception as error:
            _misused(error, "")
            raise

    def invoke(self, ctx: Context) -> Any:  # type: ignore[override,unused-ignore]
        """Run the command; what goes wrong is said on stderr and in the exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except KcsError as error:
            report(error)
            raise SystemExit(error.exit_code) from error
        except KeyboardInterrupt:  # Typer makes it exit code 130
            if sys.stderr.isatty():
                tell("")  # what the shell says next begins a line of its own
            raise
        except OSError as error:
            if reader_left(error):
                abandon(sys.stdout)
                raise SystemExit(0) from None
            report(_of_the_system(error))
            raise SystemExit(2) from error
        except MemoryError as error:
            report(KcsError("there is not enough memory", hint="`ulimit -v` or the container sets how much"))
            raise SystemExit(2) from error
        except Exception as error:
            if type(error).__module__.partition(".")[0] in ("typer", "click"):
                _misused(error, ctx.invoked_subcommand or "")
                raise  # theirs to say: Exit, Abort
            # Reaching this line is a defect of ours; a user gets a sentence all the same, and a way to show us.
            if "KCS_DEBUG" in os.environ:
                raise
            what = f"{type(error).__name__}: {error}"
            report(KcsError(f"internal error: {what}", hint="KCS_DEBUG=1 shows where; please report it"))
            raise SystemExit(2) from error


def _misused(error: Exception, command: str) -> None:
    """Say what is wrong with the command's words, and end; nothing if it is another error."""
    if not hasattr(error, "format_message"):
        return
    from kcs.cli.misused import as_ours

    if (problem := as_ours(error, command)) is not None:
        report(problem)
        raise SystemExit(problem.exit_code) from error


def _of_the_system(error: OSError) -> KcsError:
    if isinstance(error, FileNotFoundError) and error.filename is None:  # os.getcwd
        return KcsError("the folder you are in is gone", hint="cd to another one")
    return KcsError(f"{error.strerror or error}", path=str(error.filename) if error.filename else None)


def report(error: KcsError) -> None:
    """`kcs: where: what` and the way out, on stderr."""
    from kcs.render.terminal import note  # an article's words may be quoted

    note(f"kcs: {error}")
    if error.hint:
        note(f"     {error.hint}")
