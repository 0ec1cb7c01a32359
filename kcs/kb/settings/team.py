"""team.toml: who is who, who may verify, which area is whose, and who is a machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kcs.errors import ConfigProblem, nearest_hint
from kcs.kb.files import read_kept
from kcs.kb.settings.config import parse_toml
from kcs.tuples import NamedTuple

TEAM_NAME = "team.toml"
_PERSON_KEYS = {
    "name": str,
    "emails": list,
    "teams": list,
    "languages": list,
    "learning": list,
    "timezone": str,
    "left": date,
}
_TEAM_KEYS = {"name": str, "representative": str}
_AREA_KEYS = {"owner": str, "deputy": str, "contact": str, "match": dict}
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_TABLES = ("people", "teams", "areas", "bots")
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
    """The whole of team.toml, whose bytes are `source`. `present` is False if a base has none: then all but bots count."""

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

        A person unknown to team.toml gets the local part as name, and may verify only what names them so; if that is somebody
        else's name, the whole address.
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
    """Whether it is the address that GitLab gives to an access token of a project or a group, or to a service account."""
    local, _, host = email.partition("@")
    ours = local.startswith("service_account_") or (
        local.startswith(("project", "group")) and "_bot" in local
    )
    return ours and host.startswith("noreply.")


def load_team(path: Path) -> Team:
    """Read team.toml; an empty team if there is none. ConfigProblem, with the line, for invalid content."""
    raw = team_bytes(path)
    return Team() if raw is None else parse_team(raw, str(path))


def team_bytes(path: Path) -> bytes | None:
    """The bytes of team.toml, None if there is none; ConfigProblem if it cannot be read."""
    try:
        return read_kept(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigProblem(f"cannot be read: {error.strerror}", path=str(path)) from error


def parse_team(raw: bytes, name: str = TEAM_NAME) -> Team:
    """As `load_team`, from bytes: for a team.toml in a commit."""
    return _Reader(raw, name).team()


class _Reader:
    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        self.raw = raw
        self.text, self.data = parse_toml(raw, name)

    def fail(self, message: str, *keys: str, hint: str = "") -> ConfigProblem:
        from kcs.kb.settings.toml_lines import line_of

        return ConfigProblem(message, path=self.name, line=line_of(self.text, *keys), hint=hint)

    def team(self) -> Team:
        for key in self.data:
            if key not in _TABLES:
                raise self.fail(f"unknown table [{key}]", key, hint=nearest_hint(key, list(_TABLES)))
        people = {key: self.person(key, value) for key, value in self.entries("people", _PERSON_KEYS)}
        teams = dict(self.entries("teams", _TEAM_KEYS))
        areas = {key: self.area(key, value) for key, value in self.entries("areas", _AREA_KEYS)}
        for key in teams:
            if key in people:
                raise self.fail(f"{key!r} is the name of a person and of a team", "teams", key)
        return Team(
            present=True,
            people=people,
            teams=teams,
            areas=areas,
            bots=self.bots(),
            by_email=self.emails(people),
            members=members_of(people, teams),
            source=self.raw,
        )

    def entries(self, table: str, keys: Mapping[str, type]) -> list[tuple[str, dict[str, Any]]]:
        data = self.data.get(table, {})
        if not isinstance(data, dict) or not all(isinstance(one, dict) for one in data.values()):
            raise self.fail(f"[{table}] must hold tables such as [{table}.name]", table)
        for entry, values in data.items():
            for key, value in values.items():
                self.check(table, entry, key, value, keys)
        return list(data.items())

    def check(self, table: str, entry: str, key: str, value: Any, keys: Mapping[str, type]) -> None:
        where = (table, entry, key)
        wanted = keys.get(key)
        if wanted is None:
            hint = nearest_hint(key, list(keys))
            raise self.fail(f"unknown key {key!r} in [{table}.{entry}]", *where, hint=hint)
        fits = isinstance(value, wanted) and not isinstance(value, datetime)
        if wanted is list:
            fits = fits and all(isinstance(item, str) for item in value)
        if not fits:
            kind = {
                str: "a string",
                list: "a list of strings",
                date: "a day such as 2026-05-01",
                dict: "a table",
            }
            raise self.fail(f"{key} is {value!r}, but must be {kind[wanted]}", *where)

    def person(self, key: str, values: Mapping[str, Any]) -> Person:
        return Person(
            id=key,
            name=values.get("name", ""),
            emails=tuple(email.strip().lower() for email in values.get("emails", ())),
            teams=tuple(values.get("teams", ())),
            languages=tuple(values.get("languages", ())),
            left=values.get("left"),
            learning=tuple(values.get("learning", ())),
            timezone=values.get("timezone", ""),
        )

    def area(self, key: str, values: Mapping[str, Any]) -> Area:
        from kcs.kb.settings.keys import MATCH_KEYS
        from kcs.kb.settings.kinds import WANTED, read_value

        given = values.get("match", {})
        if (match := read_value("match", given)) is None:
            strange = next((one for one in given if one not in MATCH_KEYS), "")
            hint = nearest_hint(strange, list(MATCH_KEYS)) if strange else ""
            raise self.fail(
                f"match is {given!r}, but must be {WANTED['match']}", "areas", key, "match", hint=hint
            )
        return Area(id=key, **{**values, "match": match})

    def emails(self, people: Mapping[str, Person]) -> dict[str, str]:
        owners: dict[str, str] = {}
        for person in people.values():
            for email in person.emails:
                if owners.setdefault(email, person.id) != person.id:
                    message = f"{email} belongs to {owners[email]} and to {person.id}"
                    raise self.fail(message, "people", person.id, "emails")
        return owners

    def bots(self) -> tuple[str, ...]:
        table = self.data.get("bots", {})
        for key in table if isinstance(table, dict) else ():
            if key != "emails":
                raise self.fail(
                    f"unknown key {key!r} in [bots]", "bots", key, hint=nearest_hint(key, ["emails"])
                )
        emails = table.get("emails", []) if isinstance(table, dict) else None
        if not isinstance(emails, list) or not all(isinstance(one, str) for one in emails):
            raise self.fail('[bots] must be: emails = ["*[bot]@..."]', "bots")
        # In a mail pattern, [bot] is those five characters, as people write it, not a set of three letters.
        return tuple(one.lower().replace("[", "[[]") for one in emails)


def members_of(people: Mapping[str, Person], teams: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Team -> the ids of its people."""
    found: dict[str, set[str]] = {name: set() for name in teams}
    for person in people.values():
        for team in person.teams:
            found.setdefault(team, set()).add(person.id)
    return {name: frozenset(ids) for name, ids in found.items() if name not in people}
