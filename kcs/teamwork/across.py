"""Across teams: whose knowledge each team depends on, by area, and which teams own and write it.

It names teams and articles, never persons: a team in which only one person used anything is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from kcs.errors import UsageProblem
from kcs.kb.settings.areas import areas_of
from kcs.kb.settings.team import TEAM_NAME
from kcs.teamwork.reviews import reviews
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.ledger import Event

# With fewer people, what a team used is what one person used.
LEAST_PEOPLE = 2
# No commit of a knowledge base is older.
_EVER = date(1980, 1, 1)


class Dependence(NamedTuple):
    """What one team used of one area (empty: of none).
    `articles`: how many different ones; `own`: of these, how many it owns itself.

    `owners`: who owns them, a person by their teams, else by id. `writers`: teams of whoever wrote or improved them, by Git;
    `others`: whether people in no team did, too.
    """

    team: str
    area: str
    articles: int
    own: int
    owners: tuple[str, ...]
    writers: tuple[str, ...]
    others: bool


class Across(NamedTuple):
    """From `since` to `until`, both included, by team and area.
    `left_out`: teams of which too few people used anything.
    """

    since: date
    until: date
    found: Sequence[Dependence]
    left_out: Sequence[str]


def across(kb: KnowledgeBase, since: date) -> Across:
    """Whose knowledge the teams of team.toml opened and linked.
    UsageProblem where there are none, or nobody can tell.
    """
    if not any(kb.team.members.values()):
        raise UsageProblem(
            f"no team of {TEAM_NAME} has any members",
            hint='[teams.email-team], and teams = ["email-team"] of a person',
        )
    asked = kb.config.ledger
    if not asked.get("shared") or asked.get("pseudonyms"):
        raise UsageProblem(
            "only a shared ledger with real names tells which team used what",
            hint="in kcs.toml: [ledger] with shared = true and without pseudonyms",
        )
    users = _users(kb, since)
    used = {path: kb.by_path[path] for by_person in users.values() for path in by_person}
    writers = _writers(kb, list(used.values()))
    area_of = areas_of(kb.team, kb.config)
    found, left_out = [], []
    for team, members in sorted(kb.team.members.items()):
        using = [users[one] for one in sorted(members) if one in users]
        if len(using) < LEAST_PEOPLE:
            left_out += [team] if using else []
            continue
        by_area: dict[str, list[Article]] = defaultdict(list)
        for path in sorted(set().union(*using)):
            area = area_of(used[path])
            by_area[area.id if area else ""].append(used[path])
        for area_id in sorted(by_area, key=lambda one: (not one, one)):
            found.append(_dependence(kb, team, area_id, by_area[area_id], writers))
    return Across(since, kb.today, found, left_out)


def _users(kb: KnowledgeBase, since: date) -> dict[str, set[str]]:
    """Person -> paths of the articles that they opened, or
    linked to a ticket, did not find wrong and did not take back.
    """
    from kcs.kb.ledger import Ledger
    from kcs.kb.ledger_lines import UNDONE, WRONG, undone_links

    zone = kb.config.timezone
    begin, end = datetime.combine(since, time.min, zone), datetime.combine(kb.today, time.max, zone)
    of_calls = reviews(kb).paths
    paths = {kb.key(one): one.path for one in kb.articles if one.path not in of_calls}
    users: dict[str, set[str]] = defaultdict(set)
    links: list[Event] = []

    def note(event: Event) -> None:
        kind, _, person = event.actor.partition(":")
        if kind == "human" and event.origin not in ("ci", "agent") and event.article in paths:
            users[person].add(paths[event.article])

    for event in Ledger.of(kb).read(begin.astimezone(UTC)):
        if event.kind == "open" and event.at <= end:
            note(event)
        elif event.kind == "link" and event.at <= end:
            links.append(event)
    undone = undone_links(links)
    for event in links:
        if event.outcome not in (WRONG, UNDONE) and (event.ticket, event.article) not in undone:
            note(event)
    return users


def _writers(kb: KnowledgeBase, articles: Sequence[Article]) -> Mapping[str, set[str]]:
    """Path -> people who wrote or improved it."""
    from kcs.insight import doings

    writers: dict[str, set[str]] = defaultdict(set)
    for doing in doings(kb, articles, _EVER):
        if doing.what in ("wrote", "improved"):
            writers[doing.article.path].add(doing.person)
    return writers


def _dependence(
    kb: KnowledgeBase, team: str, area: str, articles: Sequence[Article], writers: Mapping[str, set[str]]
) -> Dependence:
    answering = kb.team.areas[area].owner if area else ""
    owners = [_teams(kb, one.owner or answering) for one in articles]
    people = {person for one in articles for person in writers.get(one.path, ())}
    teams = {person: kb.team.people[person].teams if person in kb.team.people else () for person in people}
    return Dependence(
        team,
        area,
        len(articles),
        sum(team in one for one in owners),
        _sorted(name for one in owners for name in one),
        _sorted(name for theirs in teams.values() for name in theirs),
        not all(teams.values()),
    )


def _teams(kb: KnowledgeBase, owner: str) -> tuple[str, ...]:
    """The team that owns, or the teams of the person who does, else the person."""
    person = kb.team.people.get(owner)
    return person.teams if person and person.teams else (owner,) if owner else ()


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
