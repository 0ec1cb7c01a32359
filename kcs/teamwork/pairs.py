"""A round of Brew and Review: drawn from what the base holds, and written as two reviews a pair."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kcs.errors import ConfigProblem, UsageProblem
from kcs.kb.settings.people import taking_part
from kcs.kb.settings.team import TEAM_NAME
from kcs.teamwork.drawing import Drawn, draw
from kcs.teamwork.reviews import KEY, past, reviews
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.authoring import NewArticle, Wanted
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.settings.team import Person
    from kcs.teamwork.reviews import Review

TEMPLATE = "call-review"
FOLDER = "reviews"


class Wish(NamedTuple):
    """What is asked of a round. `people`, `absent`: ids and teams; `within`: the most hours between two clocks."""

    begin: date
    weeks: int = 2
    seed: str = ""
    people: str | None = None
    absent: Sequence[str] = ()
    within: int | None = None
    product: str = ""
    tags: Sequence[str] = ()
    language: str = ""
    folder: str = ""


class Meeting(NamedTuple):
    """One pair. `hours`: how far apart their clocks are; None
    where team.toml does not say. `before`: times drawn before.
    """

    people: tuple[Person, Person]
    hours: float | None
    before: int


class Round(NamedTuple):
    """A round that is not written yet. `begin` and `due` are its first and last day."""

    begin: date
    due: date
    meetings: Sequence[Meeting]
    alone: Sequence[Person]
    unread: Sequence[str]


def draw_round(kb: KnowledgeBase, wish: Wish) -> Round:
    """The pairs. UsageProblem if nobody can be paired, or if somebody is in a round of that day already."""
    team = kb.team
    if not team.people:
        none = "which names nobody" if team.present else "and there is none here"
        raise UsageProblem(
            f"pairs are drawn from the people of {TEAM_NAME}, {none}",
            hint=f'in {TEAM_NAME}: [people.jd] with name = "J. D." and emails = ["jd@acme.example"]',
        )
    # People who will have left before the round begins do not take part, even if they are here today.
    day = max(kb.today, wish.begin)
    everybody = {one.id: one for one in taking_part(team, day, wish.people, ())}
    here = taking_part(team, day, wish.people, wish.absent)
    found = reviews(kb)
    known = past(found.found)
    _check_new(found.found, wish.begin, {one.id for one in here})
    clocks = {one.id: _clock(one, wish.begin) for one in here}

    def possible(one: str, other: str) -> bool:
        hours = _apart(clocks[one], clocks[other])
        return wish.within is None or hours is None or hours <= wish.within

    away = everybody.keys() - {one.id for one in here}
    drawn: Drawn = draw([*everybody], [*away], known, wish.seed, possible=possible)
    if not drawn.pairs:
        raise UsageProblem(
            f"no two people are left to be paired: {', '.join(one.id for one in here)} alone",
            hint="--people and --absent say who takes part, --within how far apart their clocks may be",
        )
    meetings = [
        Meeting(
            (everybody[one], everybody[other]),
            _apart(clocks[one], clocks[other]),
            known.pairs.get((one, other), 0),
        )
        for one, other in drawn.pairs
    ]
    due = wish.begin + timedelta(weeks=wish.weeks, days=-1)
    return Round(wish.begin, due, meetings, [everybody[one] for one in drawn.alone], found.unread)


def _check_new(found: Sequence[Review], begin: date, people: set[str]) -> None:
    there = {one.reviewer for one in found if one.round == begin and one.reviewer in people}
    if there:
        raise UsageProblem(
            f"the round of {begin} is drawn already, with {', '.join(sorted(there))}",
            hint="kcs pairs status shows it; --from DATE begins another",
        )


def plan_reviews(
    kb: KnowledgeBase, drawn: Round, wish: Wish, tick: Callable[[int], None] = lambda _: None
) -> list[NewArticle]:
    """The files: the two of a pair review each other. Each is as closed as the base allows, and owned by its writer.

    `tick` is told how many are planned.
    """
    from kcs.authoring import plan_articles

    found = []
    for article in plan_articles(kb, _wishes(kb, drawn, wish)):
        found.append(article)
        tick(len(found))
    return found


def _wishes(kb: KnowledgeBase, drawn: Round, wish: Wish) -> Iterator[tuple[Wanted, dict[str, str]]]:
    from kcs.article.splice import flow_mapping
    from kcs.authoring import Wanted

    for meeting in drawn.meetings:
        for reviewer, reviewed in (meeting.people, meeting.people[::-1]):
            facts = {
                "round": drawn.begin.isoformat(),
                "reviewer": reviewer.id,
                "reviewed": reviewed.id,
                "due": drawn.due.isoformat(),
            }
            wanted = Wanted(
                words=(TEMPLATE, f"Call review {drawn.begin}: {called(reviewed)} by {called(reviewer)}"),
                owner=reviewer.id,
                audience=kb.config.audiences[0],
                product=wish.product,
                tags=tuple(wish.tags),
                language=wish.language,
                folder=wish.folder or _folder(kb),
            )
            yield wanted, {KEY: flow_mapping(facts.items())}


def write_reviews(
    kb: KnowledgeBase, drawn: Round, articles: Sequence[NewArticle], *, commit: bool
) -> str | None:
    """Write all files or none; returns the commit's id if one is wanted."""
    from kcs.authoring import write_together

    lines = [" and ".join(one.id for one in meeting.people) for meeting in drawn.meetings]
    message = "\n".join([f"Brew and Review: round of {drawn.begin}, due {drawn.due}", "", *lines])
    return write_together(kb, articles, message if commit else None)


def called(person: Person) -> str:
    """A person's name, else the id."""
    return " ".join(person.name.split()) or person.id


def _folder(kb: KnowledgeBase) -> str:
    from kcs.kb.globs import beginnings

    first = next(iter(beginnings(kb.config.include, kb.config.exclude, f"{FOLDER}/new.md")), "")
    return f"{first}/{FOLDER}" if first else FOLDER


def _clock(person: Person, day: date) -> float | None:
    """Hours east of UTC on a day; None where team.toml does not say."""
    if not person.timezone:
        return None
    from zoneinfo import ZoneInfo

    try:
        shift = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(person.timezone)).utcoffset()
    except (KeyError, ValueError, OSError) as error:
        raise ConfigProblem(
            f"[people.{person.id}] timezone {person.timezone!r} is unknown",
            path=TEAM_NAME,
            hint='a name such as "Asia/Bangkok" or "UTC"',
        ) from error
    return shift.total_seconds() / 3600 if shift is not None else None


def _apart(one: float | None, other: float | None) -> float | None:
    """Hours between two clocks, the short way round the globe, since the rest of the day is shared that way too."""
    if one is None or other is None:
        return None
    hours = abs(one - other) % 24
    return min(hours, 24 - hours)
