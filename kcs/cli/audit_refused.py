"""The combinations of options that `kcs audit` refuses, each with what to say instead, before reading anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kcs.errors import UsageProblem
from kcs.streams import in_ci

if TYPE_CHECKING:
    from kcs.audit.wanted import Wanted


def refuse_for(wanted: Wanted, *, baseline: bool, growth: bool, min_trust: float | None) -> None:
    """A change is judged against one thing, by nothing that a passing day alone would turn, and makes no baseline.

    `baseline`: one is asked for, by name or not.
    """
    if wanted.staged and wanted.changed_since is not None:
        raise UsageProblem("--staged and --changed-since judge two changes", hint="give one of them")
    if wanted.allow_exclusion and not wanted.change_run:
        raise UsageProblem("--allow-exclusion is for a change", hint="--changed-since REF, or --staged")
    if wanted.change_run and min_trust is not None:
        raise UsageProblem(
            "--min-trust is no gate for a change: it could turn red through nobody's fault",
            hint="--trust-may-not-fall judges what the change does; ask --min-trust at night",
        )
    if wanted.change_run and wanted.new_baseline:
        raise UsageProblem(
            "a baseline is written from the whole base", hint="leave out --changed-since or --staged"
        )
    if min_trust is not None and not 0 <= min_trust <= 100:  # what is no number is in no order either
        raise UsageProblem(f"--min-trust is {min_trust:g}, but must be a percentage from 0 to 100")
    if wanted.ignore_baseline and (baseline or wanted.new_baseline):
        # Written without the old one, it would take in all that is found, and lose what this run does not look at.
        other = "--write-baseline" if wanted.new_baseline else "--baseline"
        raise UsageProblem(f"--no-baseline and {other} contradict each other", hint="leave out one of them")
    if growth and not wanted.new_baseline:
        raise UsageProblem("--allow-growth is for --write-baseline")


def refuse_watching(others: Mapping[str, bool]) -> None:
    """Neither beside these, where given, nor where nobody watches."""
    if given := [name for name, value in others.items() if value]:
        raise UsageProblem(f"--watch shows findings as text while you work: leave out {', '.join(given)}")
    if in_ci():
        raise UsageProblem("--watch never ends, so it does not run in CI", hint="kcs audit")


def refuse_mending(unheard: Mapping[str, bool], *, staged: bool, gated: bool) -> None:
    """`gated`: a gate is asked of what is only shown. `unheard`: what --diff would pass over, where given."""
    if staged:
        raise UsageProblem("--fix does not touch what is staged", hint="mend the files, then git add them")
    if gated:
        raise UsageProblem("--diff only shows changes, and runs no gate", hint="run the gate without --diff")
    if given := [name for name, value in unheard.items() if value]:
        raise UsageProblem(f"--diff only shows changes, and makes no report: leave out {', '.join(given)}")
