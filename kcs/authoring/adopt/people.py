"""team.toml from the authors that Git knows: one entry a person, machines apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count

from kcs.kb.git.people import Author
from kcs.kb.settings.team import Team
from kcs.kb.settings.toml_lines import quoted


def known_people(authors: Iterable[Author], team: Team) -> frozenset[str]:
    """What an article may call the authors: name, mail address or its local part, in lower case.

    The people in team.toml are among them.
    """
    found = {name.casefold() for name in (*team.people, *team.teams, *team.members)}
    for name, email, *_ in authors:
        found |= {name.strip().casefold(), email.casefold(), email.casefold().partition("@")[0]}
    return frozenset(found - {""})


def team_text(authors: Iterable[Author]) -> str:
    """team.toml for these authors, by their ids, with the day of each one's last commit, which shows who has left.

    How much each wrote is not told: nothing here sorts people by what they do.
    Addresses under one name, and names under one address, are one person's.
    """
    known = Team()
    bots: set[str] = set()
    groups: dict[str, _Group] = {}
    for author in authors:
        email = author.email.strip().lower()
        if known.is_bot(email):
            bots.add(email)
        elif "@" in email:
            _add(groups, author, email)
    return _written(list({id(group): group for group in groups.values()}.values()), bots)


@dataclass(slots=True)
class _Group:
    """One person: `name` is the one most commits carry, `emails` counts commits."""

    name: str
    emails: Counter[str] = field(default_factory=Counter)
    marks: set[str] = field(default_factory=set)
    last: str = ""


def _add(groups: dict[str, _Group], author: Author, email: str) -> None:
    name = author.name.strip()
    # One word (admin, root, john) is too little to say that two addresses are one person's.
    marks = {email} | ({" ".join(name.casefold().split())} if len(name.split()) > 1 else set())
    found = [groups[mark] for mark in sorted(marks) if mark in groups]
    group = max(found, key=lambda one: one.emails.total(), default=None) or _Group(name or email)
    for other in found:
        if other is not group:
            group.emails.update(other.emails)
            group.marks |= other.marks
            group.last = max(group.last, other.last)
    group.emails[email] += author.commits
    group.last = max(group.last, author.last)
    group.marks |= marks
    groups.update(dict.fromkeys(group.marks, group))


def _written(people: list[_Group], bots: set[str]) -> str:
    lines = [
        "# Derived from the authors that Git knows. Take out who should not verify. Who has left gets, say,",
        "# left = 2026-05-01: what they stamp from that day on does not count.",
        "",
    ]
    for person, group, emails in sorted(_named(people), key=lambda one: one[0]):
        lines += [
            f"# the last commit on {group.last}",
            f"[people.{person}]",
            f"name = {quoted(group.name)}",
            f"emails = [{', '.join(map(quoted, emails))}]",
            "",
        ]
    if bots:
        lines += ["[bots]", f"emails = [{', '.join(map(quoted, sorted(bots)))}]", ""]
    return "\n".join(lines)


def _named(people: Iterable[_Group]) -> Iterator[tuple[str, _Group, list[str]]]:
    """Each with an id and addresses. Of two who would have one id, who is in Git more often gets it as it is."""
    taken: set[str] = set()
    for group in sorted(people, key=lambda one: -one.emails.total()):
        emails = [email for email, _ in group.emails.most_common()]
        plain = _id(group.name, emails[0])
        # The second jd is jd-2, unless somebody else is called so.
        person = next(one for one in chain((plain,), (f"{plain}-{n}" for n in count(2))) if one not in taken)
        taken.add(person)
        yield person, group, emails


def _id(name: str, email: str) -> str:
    local = email.partition("@")[0].rpartition("+")[2]
    for source in (local, name):
        plain = unicodedata.normalize("NFKD", source).encode("ascii", "ignore").decode().lower()
        if found := re.sub(r"[^a-z0-9]+", "-", plain).strip("-"):
            return found
    return "person"
