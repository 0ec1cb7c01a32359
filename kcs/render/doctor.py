"""The doctor's findings, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcs.counting import counted
from kcs.render.terminal import for_eyes, note, say, write_json

if TYPE_CHECKING:
    from kcs.authoring.doctor.model import Check

_STYLES = {"ok": "green", "info": "dim", "problem": "red", "fixed": "bold green"}


def checks_text(checks: Sequence[Check]) -> None:
    """One line per check: status, name, what was found, what mends it."""
    for one in checks:
        fix = f"  ->  {one.fix}" if one.fix else ""
        say(f"{one.status.value:<8}{one.name:<12}{one.message}{fix}", _STYLES[one.status], hang=20)
    problems = sum(one.status == "problem" for one in checks)
    if for_eyes() or problems:
        note(f"{counted(len(checks), 'check')}, {counted(problems, 'problem')}")


def checks_json(checks: Sequence[Check]) -> None:
    """`kcs.doctor/1`."""
    rows = [
        {"name": one.name, "status": one.status, "message": one.message, "fix": one.fix or None}
        for one in checks
    ]
    write_json("kcs.doctor/1", {"checks": rows})
