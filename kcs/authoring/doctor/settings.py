"""What the base and the user have set: kcs.toml, team.toml, and who Git says is at work."""

from __future__ import annotations

from collections.abc import Iterator

from kcs.authoring.doctor.model import Check, Patient, info, ok, problem
from kcs.authoring.markers import has_markers
from kcs.counting import counted
from kcs.kb.git import people as git_people
from kcs.kb.moves import MOVES_NAME
from kcs.kb.settings.config import CONFIG_NAME, load_config
from kcs.kb.settings.team import TEAM_NAME
from kcs.kb.settings.team_reader import load_team


def config(patient: Patient) -> Iterator[Check]:
    """Whether kcs.toml is there and valid."""
    if not (patient.root / CONFIG_NAME).exists():
        yield problem("config", f"no {CONFIG_NAME} in {patient.root} or above", "kcs init --adopt")
        return
    load_config(patient.root / CONFIG_NAME)
    yield ok("config", f"{CONFIG_NAME} is valid")


def team(patient: Patient) -> Iterator[Check]:
    """Whether team.toml, if any, is valid."""
    found = load_team(patient.root / TEAM_NAME)
    if not found.present:
        yield info("team", f"no {TEAM_NAME}: anybody who is not a bot may verify")
        return
    yield ok("team", f"{TEAM_NAME} is valid: {counted(len(found.people), 'person', 'people')}")


def moves(patient: Patient) -> Iterator[Check]:
    """Whether moves.tsv, which keeps old keys, can be read, and
    is in no conflict; if it cannot, the error becomes this line.
    """
    lines = (
        ((patient.kb.text(MOVES_NAME) if patient.kb else None) or "").encode("utf-8", "replace").split(b"\n")
    )
    if line := next((number for number, one in enumerate(lines, 1) if has_markers(one)), 0):
        fix = f"keep the lines of both sides, delete the markers, then git add {MOVES_NAME}"
        yield problem("moves", f"{MOVES_NAME}:{line}: a merge left its conflict here", fix)


def identity(patient: Patient) -> Iterator[Check]:
    """Whom a verification made now would name."""
    who = git_people.identity(patient.repo, patient.root)
    if who is None or not who.email:
        fix = "git config --global user.email you@example.com && git config --global user.name 'Your Name'"
        yield problem("identity", "Git does not know who you are", fix)
        return
    shown = f"{who.name} <{who.email}>"
    person = patient.team.person_of(who.email)
    if person is None:
        yield info("identity", f"{shown} is a machine: it cannot verify as a person")
    elif patient.team.present and person not in patient.team.people:
        fix = f'add "{who.email.lower()}" to the emails of a person in {TEAM_NAME}'
        yield problem(
            "identity", f"{shown} is nobody in {TEAM_NAME}: your verifications would not count", fix
        )
    elif (left := patient.team.left().get(person)) and patient.config and left <= patient.config.today():
        words = f"{shown} is {person}, who left on {left}: your verifications would not count"
        yield problem("identity", words, f"remove `left` of [people.{person}] in {TEAM_NAME}")
    else:
        yield ok("identity", f"{shown} is {person}")
