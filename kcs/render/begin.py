"""A new base, as shown to its first user."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.render.terminal import committed, note, say

if TYPE_CHECKING:
    from kcs.authoring.begin import Begun


def begun_text(begun: Begun) -> None:
    """The folder on stdout; its content and the next steps on stderr."""
    say(str(begun.root))
    for path in begun.files:
        note(f"  {path}")
    note("a new Git repository" if begun.new_repository else "in the Git repository that was there")
    for line in begun.notes:
        note(f"kcs: {line}")
    committed(begun.commit)
    note("next:")
    for command in (
        f"cd {shlex.quote(_typed(begun.root))}",
        *(() if begun.commit else ("git add . && git commit -m 'A knowledge base'",)),
        'kcs new "What happens, as the requestor says it"',
        "kcs list",
    ):
        note(f"  {command}")


def _typed(root: Path) -> str:
    """How one goes there from here: into a folder below by its name, anywhere else by the whole path.
    With `..`, a shell that came here through a link would go elsewhere.
    """
    here = Path.cwd()
    short = root.relative_to(here).as_posix() if root.is_relative_to(here) else ""
    return short if short and not short.startswith("-") else str(root)
