"""What became of files in conflict, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from kcs.render.terminal import note, say, write_json

if TYPE_CHECKING:
    from kcs.authoring.resolve import Outcome

_STYLES = {"mended": "green", "partly": "yellow", "left": "red", "fine": ""}


def outcomes_text(outcomes: Sequence[Outcome]) -> None:
    """One line a file."""
    for one in outcomes:
        say(f"{one.path}: {one.message}", _STYLES[one.status])
    if not outcomes:
        note("no file is in conflict")
    elif {one.status for one in outcomes} in ({"mended"}, {"mended", "fine"}):
        note("then git commit, or git rebase --continue where it was a rebase")


def outcomes_json(outcomes: Sequence[Outcome]) -> None:
    """`kcs.resolve/1`."""
    write_json("kcs.resolve/1", {"files": [asdict(one) for one in outcomes]})
