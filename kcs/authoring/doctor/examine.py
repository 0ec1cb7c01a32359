"""The list of checks, in the order in which one rests on another, and the run of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from kcs.authoring.doctor import articles, leftovers, machine, merging, repository, settings
from kcs.authoring.doctor.model import Check, Patient, Status, from_error
from kcs.errors import KcsError

# A new check is a function in one of these rooms and a line here; what it raises becomes its line.
CHECKS: tuple[tuple[str, Callable[[Patient], Iterable[Check]]], ...] = (
    ("git", machine.git_program),
    ("repository", repository.repository),
    ("interrupted", repository.interrupted),
    ("history", repository.history),
    ("sparse", repository.sparse),
    ("place", repository.place),
    ("head", repository.head),
    ("unfinished", repository.unfinished),
    ("conflicts", repository.conflicts),
    ("hooks", repository.hooks),
    ("fetch", repository.fetched),
    ("config", settings.config),
    ("team", settings.team),
    ("moves", settings.moves),
    ("identity", settings.identity),
    ("driver", merging.driver),
    ("attributes", merging.attributes),
    ("clock", machine.clock),
    ("cache", machine.cache),
    ("unreadable", articles.unreadable),
    ("ids", articles.duplicate_ids),
    ("permalinks", articles.duplicate_permalinks),
    ("policies", articles.idle_policies),
    ("people", articles.unknown_people),
    ("dates", articles.dates_in_the_future),
    ("claims", articles.claims_after_their_commit),
    ("names", articles.file_names),
    ("leftovers", leftovers.leftovers),
)


def examine(given: Path | None, *, fix: bool = False) -> list[Check]:
    """Run every check on the base that `given` (else KCS_KB, else the folder) names; `fix` mends what is safe."""
    patient = Patient(given)
    found: list[Check] = []
    told: set[str] = set()
    for name, check in CHECKS:
        try:
            found += [_mended(one) if fix else one for one in check(patient)]
        except (KcsError, OSError) as error:
            said = error if isinstance(error, KcsError) else KcsError(error.strerror or str(error), path=error.filename)  # fmt: skip
            # What stops one check that asks for the articles stops them all.
            found += [from_error(name, said)] if str(said) not in told else []
            told.add(str(said))
    return found


def _mended(check: Check) -> Check:
    if check.mend is None:
        return check
    try:
        return replace(check, status=Status.FIXED, message=check.mend(), fix="")
    except (KcsError, OSError) as error:
        return replace(check, status=Status.PROBLEM, message=f"{check.message}; could not be mended: {error}")
