"""An audit sprint: the articles in use, shared out evenly, to who knows the area and reads the language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kcs.errors import UsageProblem
from kcs.insight.queue import Waiting, by_risk, may_verify
from kcs.insight.sharing import share
from kcs.kb.settings.people import taking_part
from kcs.kb.settings.team import Area, Person
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.article.days import Interval
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

_SUITS, _NOT_THEIR_AREA, _MAY_NOT_VERIFY = 0, 1, 2


class Task(NamedTuple):
    """One article to look at, until the end of a week (from 1). `area` is empty if no area takes it."""

    waiting: Waiting
    area: str
    language: str
    week: int
    due: date


class Sharer(NamedTuple):
    """A participant. `known`: by team.toml; else a place for somebody to fill."""

    person: Person
    known: bool = True

    @property
    def id(self) -> str:
        """A person id, or `person-3`."""
        return self.person.id


class Sprint(NamedTuple):
    """Who looks at what; each one's share is riskiest first. `unplaced` have a language that nobody
    reads; `barred` tells how many articles are in the share of somebody who may not verify them.
    """

    begin: date
    weeks: int
    shares: Sequence[tuple[Sharer, Sequence[Task]]]
    unplaced: Sequence[Waiting]
    barred: int = 0

    @property
    def end(self) -> date:
        """The last day."""
        return self.begin + timedelta(weeks=self.weeks, days=-1)


def sharers(kb: KnowledgeBase, given: str | None, absent: Sequence[str], begin: date) -> list[Sharer]:
    """Who takes part: `given` a number of unnamed people, or people and
    teams; else all who are not absent, and are still here when it begins.
    """
    if given is not None and given.strip().isdecimal():
        number = int(given)
        if not 0 < number <= 10_000:
            raise UsageProblem(f"--people {given}: a sprint takes from 1 to 10,000 people")
        if absent:
            raise UsageProblem("--absent names people, but --people gave only a number")
        width = len(str(number))
        return [Sharer(Person(f"person-{one:0{width}}"), known=False) for one in range(1, number + 1)]
    if not kb.team.people:
        raise UsageProblem("there are no people in team.toml", hint="kcs sprint plan --people 8")
    return [Sharer(one) for one in taking_part(kb.team, max(kb.today, begin), given, absent)]


def plan(
    kb: KnowledgeBase,
    articles: Sequence[Article],
    people: Sequence[Sharer],
    *,
    weeks: int,
    begin: date,
    soon: Interval,
    limit: int | None = None,
) -> Sprint:
    """Share out `articles` (those in use, the riskiest `limit`):
    nobody has more than they must, each share as risky as the others.

    An article goes first to those who may verify it and answer for its area, as far as the shares stay even.
    """
    from kcs.kb.settings.areas import areas_of

    area_of = areas_of(kb.team, kb.config)
    piles: dict[tuple[str, str, str], list[Waiting]] = {}
    areas: dict[str, Area | None] = {}
    riskiest = by_risk(kb, articles, soon)[:limit]
    for waiting in riskiest:
        article = waiting.article
        area = areas[article.path] = area_of(article)
        entitled = article.settings.terms.entitled
        who = "" if entitled is None else ",".join([":", *sorted(entitled)])
        piles.setdefault((area.id if area else "", language_of(article), who), []).append(waiting)
    ordered = [piles[key] for key in sorted(piles)]
    firsts = [(pile[0].article, areas[pile[0].article.path]) for pile in ordered]
    costs = [[_cost(kb, article, area, one) for one in people] for article, area in firsts]
    kinds = [(language_of(article), area.id if area else "") for article, area in firsts]
    numbers = share([len(pile) for pile in ordered], costs, kinds)
    dealt: list[list[Waiting]] = [[] for _ in people]
    unplaced = []
    for pile, row in zip(ordered, numbers, strict=True):
        unplaced += _deal(pile, row, dealt)
    rank = {one.article.path: place for place, one in enumerate(riskiest)}

    def task(waiting: Waiting, place: int, number: int) -> Task:
        week = place * weeks // number + 1
        area = areas[waiting.article.path]
        due = begin + timedelta(weeks=week, days=-1)
        return Task(waiting, area.id if area else "", language_of(waiting.article), week, due)

    shares = []
    for one, theirs in zip(people, dealt, strict=True):
        theirs.sort(key=lambda waiting: rank[waiting.article.path])
        shares.append((one, [task(waiting, place, len(theirs)) for place, waiting in enumerate(theirs)]))
    barred = sum(
        one.known and not may_verify(waiting.article, one.id, kb)
        for one, theirs in zip(people, dealt, strict=True)
        for waiting in theirs
    )
    return Sprint(begin, weeks, shares, sorted(unplaced, key=lambda one: rank[one.article.path]), barred)


def language_of(article: Article) -> str:
    """The language without its region, in lower case; empty if nothing says it."""
    return article.settings.language.casefold().partition("-")[0]


def _cost(kb: KnowledgeBase, article: Article, area: Area | None, sharer: Sharer) -> int | None:
    """How well a person suits; None if they do not read the language. Someone who names no languages gets all."""
    if not sharer.known:
        return _SUITS
    reads = {one.casefold().partition("-")[0] for one in sharer.person.languages}
    language = language_of(article)
    if reads and language and language not in reads:
        return None
    if not may_verify(article, sharer.id, kb):
        return _MAY_NOT_VERIFY
    answers = area is None or sharer.id in kb.team.expand(
        tuple(name for name in (area.owner, area.deputy) if name)
    )
    return _SUITS if answers else _NOT_THEIR_AREA


def _deal(pile: Sequence[Waiting], row: Sequence[int], dealt: Sequence[list[Waiting]]) -> list[Waiting]:
    """Deal a pile, riskiest first, so that everybody's part of it is about equally risky; returns what is left over."""
    given = dict.fromkeys((one for one, number in enumerate(row) if number), 0)
    if not given:
        return list(pile)
    for waiting in pile:
        # Nobody gets more than their number: somebody else is below theirs until all are dealt.
        person = min(given, key=lambda one: ((given[one] + 1) / row[one], one))
        dealt[person].append(waiting)
        given[person] += 1
    return []
