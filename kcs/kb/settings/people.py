"""Who takes part in team work: people in team.toml who have not left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kcs.errors import UsageProblem, nearest_hint
from kcs.kb.settings.team import TEAM_NAME, Person, Team


def taking_part(team: Team, today: date, given: str | None, absent: Sequence[str]) -> list[Person]:
    """The `given` people and teams, comma-separated, else everybody; without leavers and the `absent`. By id.

    UsageProblem for a name unknown to team.toml, and if nobody remains.
    """
    named = team.expand(names(given)) if given is not None else frozenset(team.people)
    away = team.expand(names(",".join(absent)))
    for name in sorted(named | away):
        if name not in team.people:
            hint = nearest_hint(name, [*team.people, *team.teams])
            raise UsageProblem(f"{name!r} is neither a person nor a team of {TEAM_NAME}", hint=hint)
    found = [
        one
        for one in sorted(team.people.values())
        if one.here(today) and one.id in named and one.id not in away
    ]
    if not found:
        raise UsageProblem("nobody is left to take part", hint="--people says who does")
    return found


def names(given: str) -> tuple[str, ...]:
    """The comma-separated names."""
    return tuple(name for one in given.split(",") if (name := one.strip()))
