"""Reads team.toml, and refuses with its line what no team.toml may hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kcs.errors import ConfigProblem, nearest_hint
from kcs.kb.settings.config import parse_toml
from kcs.kb.settings.kinds import WANTED, read_value
from kcs.kb.settings.team import TEAM_NAME, Area, Person, Team, members_of, team_bytes

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
_TABLES = ("people", "teams", "areas", "bots")


def load_team(path: Path) -> Team:
    """Read team.toml; an empty team if there is none. ConfigProblem, with the line, for invalid content."""
    raw = team_bytes(path)
    return Team() if raw is None else parse_team(raw, str(path))


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
        fits = read_value("day", value) is not None if wanted is date else isinstance(value, wanted)
        if wanted is list:
            fits = fits and all(isinstance(item, str) for item in value)
        if not fits:
            kind = {
                str: "a string",
                list: "a list of strings",
                date: WANTED["day"],
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
            left=read_value("day", values.get("left")),
            learning=tuple(values.get("learning", ())),
            timezone=values.get("timezone", ""),
        )

    def area(self, key: str, values: Mapping[str, Any]) -> Area:
        from kcs.kb.settings.keys import MATCH_KEYS

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
