"""team.toml: who is who, who may verify, which area is whose, and who is a machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kcs.errors import ConfigProblem
from kcs.kb.files import read_kept
from kcs.tuples import NamedTuple

TEAM_NAME = "team.toml"
_NOTHING: Mapping[str, Any] = MappingProxyType({})
# The large hosts' names for bots; `[bots]` adds to these.
_BOT_NAMES = ("[bot]@", "+bot@", "-bot@")
_BOT_ADDRESSES = frozenset(
    ("noreply@github.com", "action@github.com", "actions@github.com", "commits-noreply@bitbucket.org")
)


class Person(NamedTuple):
    """One person. `left`: the first day on which a stamp of theirs no longer counts. `learning`: areas, by id."""

    id: str
    name: str = ""
    emails: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    left: date | None = None
    learning: tuple[str, ...] = ()
    timezone: str = ""

    def here(self, day: date) -> bool:
        """Whether they are still in the team on a day."""
        return self.left is None or day < self.left


class Area(NamedTuple):
    """One area of responsibility."""

    id: str
    owner: str = ""
    deputy: str = ""
    contact: str = ""
    match: Mapping[str, tuple[str, ...]] = _NOTHING


class Team(NamedTuple):
    """The whole of team.toml, whose bytes are `source`.
    `present` is False if a base has none: then all but bots count.
    """

    present: bool = False
    people: Mapping[str, Person] = _NOTHING
    teams: Mapping[str, Mapping[str, Any]] = _NOTHING
    areas: Mapping[str, Area] = _NOTHING
    bots: tuple[str, ...] = ()
    by_email: Mapping[str, str] = _NOTHING
    members: Mapping[str, frozenset[str]] = _NOTHING
    source: bytes = b""

    def is_bot(self, email: str) -> bool:
        """Whether this mail address is a machine's."""
        email = email.lower()
        if email in self.by_email:
            return False
        if (
            email in _BOT_ADDRESSES
            or email.startswith("bot@")
            or any(map(email.__contains__, _BOT_NAMES))
            or _is_token(email)
        ):
            return True
        if not self.bots:
            return False
        from fnmatch import fnmatchcase

        return any(fnmatchcase(email, pattern) for pattern in self.bots)

    def person_of(self, email: str) -> str | None:
        """The person id behind a mail address (after .mailmap); None for a bot or nobody.

        A person unknown to team.toml gets the local part as name, and may verify
        only what names them so; if that is somebody else's name, the whole address.
        """
        email = email.strip().lower()
        if not email or self.is_bot(email):
            return None
        local = email.partition("@")[0]
        taken = not local or local in self.people or local in self.teams
        return self.by_email.get(email) or (email if taken else local)

    def expand(self, names: tuple[str, ...]) -> frozenset[str]:
        """The people that `names` (people or teams) stand for."""
        found: set[str] = set()
        for name in names:
            found |= self.members.get(name, frozenset((name,)))
        return frozenset(found)

    def entitled(self, verifiers: tuple[str, ...], owner: str) -> frozenset[str] | None:
        """Who may verify: `verifiers`, else the owner, else anyone in team.toml; None for anybody who is not a bot."""
        if verifiers:
            return self.expand(verifiers)
        if owner:
            return self.expand((owner,))
        return frozenset(self.people) if self.present else None

    def left(self) -> dict[str, date]:
        """The people who left, and when."""
        return {person.id: person.left for person in self.people.values() if person.left}


def _is_token(email: str) -> bool:
    """Whether it is the address that GitLab gives to an access
    token of a project or a group, or to a service account.
    """
    local, _, host = email.partition("@")
    ours = local.startswith("service_account_") or (
        local.startswith(("project", "group")) and "_bot" in local
    )
    return ours and host.startswith("noreply.")


def team_bytes(path: Path) -> bytes | None:
    """The bytes of team.toml, None if there is none; ConfigProblem if it cannot be read."""
    try:
        return read_kept(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigProblem(f"cannot be read: {error.strerror}", path=str(path)) from error


def members_of(people: Mapping[str, Person], teams: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Team -> the ids of its people."""
    found: dict[str, set[str]] = {name: set() for name in teams}
    for person in people.values():
        for team in person.teams:
            found.setdefault(team, set()).add(person.id)
    return {name: frozenset(ids) for name, ids in found.items() if name not in people}
