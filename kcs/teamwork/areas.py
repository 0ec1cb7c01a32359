"""Areas of responsibility: who answers for each, what is in it, and who could stand in.

It shows what people can do in an area, never how much they did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kcs.article.states import ARCHIVED
from kcs.errors import UsageProblem
from kcs.kb.settings.areas import areas_of
from kcs.kb.settings.team import TEAM_NAME
from kcs.teamwork.reviews import reviews
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.insight import Score
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.settings.team import Area

NO_OWNER, OWNER_LEFT, OWNER_UNKNOWN = "no-owner", "owner-left", "owner-unknown"
DEPUTY_LEFT, DEPUTY_UNKNOWN, NO_ARTICLES = "deputy-left", "deputy-unknown", "no-articles"
NO_REPRESENTATIVE, REPRESENTATIVE_LEFT, REPRESENTATIVE_UNKNOWN = (
    "no-representative", "representative-left", "representative-unknown",
)  # fmt: skip
UNANSWERED = (NO_OWNER, OWNER_LEFT, OWNER_UNKNOWN)
OWNS, DEPUTY, VERIFIES, VERIFIES_SOME, LEARNS = "owns", "deputy", "verifies", "verifies-some", "learns"


class Held(NamedTuple):
    """One area with its articles in use, their trust, and what needs to be put right in it."""

    area: Area
    articles: Sequence[Article]
    score: Score
    problems: tuple[str, ...]


class Represented(NamedTuple):
    """Who speaks for a team in the knowledge programme (empty:
    nobody), and what is wrong with that (empty: nothing).
    """

    team: str
    representative: str
    problem: str


class Areas(NamedTuple):
    """All areas, in the order of team.toml, the articles in use that none of them takes, by path, and the teams.

    Reviews of calls belong to nobody's area.
    """

    held: Sequence[Held]
    outside: Sequence[Article]
    teams: Sequence[Represented]


class Known(NamedTuple):
    """Who can do what in an area: person -> roles. `alone`: who alone may verify so many of its articles;
    `unverifiable`: how many nobody who is here may verify. Together with `total` they say where the risk is.
    """

    area: Area
    total: int
    roles: Mapping[str, tuple[str, ...]]
    alone: Mapping[str, int]
    unverifiable: int

    @property
    def risky(self) -> bool:
        """Whether anything in it hangs on one person, or on nobody."""
        return bool(self.alone or self.unverifiable)


class Matrix(NamedTuple):
    """`people`: all who are here, by id. `strangers`: (person, area) of `learning` that names no area."""

    people: Sequence[str]
    known: Sequence[Known]
    strangers: Sequence[tuple[str, str]]


def areas(kb: KnowledgeBase) -> Areas:
    """The areas as they stand on the base's day. UsageProblem where team.toml names none."""
    from kcs.insight import score_of

    if not kb.team.areas:
        what = (
            f"{TEAM_NAME} names no areas"
            if kb.team.present
            else f"there is no {TEAM_NAME}, where areas are named"
        )
        hint = f"[areas.imap] with owner and match, in {TEAM_NAME}"
        raise UsageProblem(what, hint=hint)
    area_of = areas_of(kb.team, kb.config)
    of_calls = reviews(kb).paths
    within: dict[str, list[Article]] = {one: [] for one in kb.team.areas}
    outside: list[Article] = []
    for article in kb.articles:
        if article.confidence != ARCHIVED and article.path not in of_calls:
            area = area_of(article)
            (within[area.id] if area else outside).append(article)
    return Areas(
        [
            Held(one, within[one.id], score_of(kb, within[one.id]), tuple(_problems(kb, one, within[one.id])))
            for one in kb.team.areas.values()
        ],
        outside,
        [_represented(kb, *one) for one in kb.team.teams.items()],
    )


def _represented(kb: KnowledgeBase, team: str, values: Mapping[str, Any]) -> Represented:
    one = values.get("representative", "")
    if not one:
        return Represented(team, "", NO_REPRESENTATIVE)
    person = kb.team.people.get(one)
    if person is None:
        return Represented(team, one, REPRESENTATIVE_UNKNOWN)
    return Represented(team, one, "" if person.here(kb.today) else REPRESENTATIVE_LEFT)


def _problems(kb: KnowledgeBase, area: Area, articles: Sequence[Article]) -> Iterable[str]:
    if not area.owner:
        yield NO_OWNER
    elif not _people(kb, area.owner):
        yield OWNER_UNKNOWN
    elif not _here(kb, area.owner):
        yield OWNER_LEFT
    if area.deputy and not _here(kb, area.deputy):
        yield DEPUTY_LEFT if _people(kb, area.deputy) else DEPUTY_UNKNOWN
    if not articles:
        yield NO_ARTICLES


def _people(kb: KnowledgeBase, name: str) -> frozenset[str]:
    """The people of team.toml that a person's or a team's name stands for."""
    return kb.team.expand((name,)) & kb.team.people.keys() if name else frozenset()


def _here(kb: KnowledgeBase, name: str) -> frozenset[str]:
    return frozenset(one for one in _people(kb, name) if kb.team.people[one].here(kb.today))


def matrix(kb: KnowledgeBase, found: Areas) -> Matrix:
    """Person by area: owns, is deputy, may verify all or some of it, is learning it."""
    people = sorted(one.id for one in kb.team.people.values() if one.here(kb.today))
    strangers = [
        (one, area) for one in people for area in kb.team.people[one].learning if area not in kb.team.areas
    ]
    return Matrix(people, [_known(kb, held, people) for held in found.held], strangers)


def _known(kb: KnowledgeBase, held: Held, people: Sequence[str]) -> Known:
    area, total = held.area, len(held.articles)
    able: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    unverifiable = 0
    for article in held.articles:
        named = article.settings.terms.verifiers(kb.today)
        may = people if named is None else [one for one in people if one in named]
        able.update(may)
        alone.update(may if len(may) == 1 else ())
        unverifiable += not may
    owners, deputies = _here(kb, area.owner), _here(kb, area.deputy)
    roles = {}
    for one in people:
        said = (
            (OWNS, one in owners),
            (DEPUTY, one in deputies),
            (VERIFIES, 0 < able[one] == total),
            (VERIFIES_SOME, 0 < able[one] < total),
            (LEARNS, area.id in kb.team.people[one].learning),
        )
        if theirs := tuple(role for role, holds in said if holds):
            roles[one] = theirs
    return Known(area, total, roles, dict(sorted(alone.items())), unverifiable)
