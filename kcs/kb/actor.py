"""The current user: Git's identity, as team.toml knows it. A machine never signs as a person."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from kcs.errors import UsageProblem
from kcs.kb.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Actor:
    """`by` is what a stamp or a flag says: `human:<id>` or `process:<id>`. `person` is None for a machine."""

    by: str
    person: str | None
    email: str


def current_actor(kb: KnowledgeBase) -> Actor:
    """Who works on this base now. UsageProblem if Git knows nobody."""
    email = kb.identity_email
    if not email:
        raise UsageProblem(
            "Git does not know who you are",
            hint="git config --global user.email you@example.com (and user.name)",
        )
    person = kb.team.person_of(email)
    if person is None:
        return Actor(f"process:{_plain(email.partition('@')[0])}", None, email)
    # Whom team.toml names is called exactly so: by another name they could verify nothing.
    name = person if person in kb.team.people else _plain(person)
    return Actor(f"human:{name}", person, email)


def signer(kb: KnowledgeBase) -> Actor:
    """Who signs what is done now.
    A program that says so itself is no person, though it runs with a person's name in Git.
    """
    actor = current_actor(kb)
    if actor.person is None or not _program_at_work():
        return actor
    return Actor(f"process:{_plain(actor.email.partition('@')[0])}", None, actor.email)


def why_no_person() -> str:
    """For a machine's signature: what makes it one, if that is not its address."""
    return ": KCS_ORIGIN=agent says that a program is at work" if _program_at_work() else ""


def _program_at_work() -> bool:
    return os.environ.get("KCS_ORIGIN") == "agent"


def _plain(name: str) -> str:
    return re.sub(r"[^\w.+@-]+", "-", name).strip("-") or "unnamed"
