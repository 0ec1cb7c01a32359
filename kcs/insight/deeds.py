"""What people did to articles since a day, from their history in Git."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from kcs.insight.events import CONTENT, CREATED, DATE, FLAGGED, RESOLVED, VERIFIED, Event
from kcs.insight.seen import name_of
from kcs.insight.story import Chapter, story_since
from kcs.kb.articles import Along, untold
from kcs.kb.past.history import History
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

# The kind of an event, and what colleagues call it.
_WHAT = {
    CREATED: "wrote",
    CONTENT: "improved",
    VERIFIED: "verified",
    DATE: "verified",
    RESOLVED: "resolved",
    FLAGGED: "flagged",
}


class Doing(NamedTuple):
    """One thing that a person (by id) did: wrote, improved, verified, flagged, or resolved a flag."""

    what: str
    person: str
    name: str
    article: Article
    day: date


def doings(
    kb: KnowledgeBase,
    articles: Sequence[Article],
    since: date,
    along: Along = untold,
) -> Iterator[Doing]:
    """What was committed about `articles` from `since` to the base's day, by the day on which it was written.

    Machines, merges, and what is in no commit yet are left out. Nothing outside Git.
    """
    history = History.of(kb)
    if history is None:
        return
    begin = datetime.combine(since, time.min, kb.config.timezone)
    touched = history.touched(int(begin.timestamp()))
    for article in along("articles' histories", [one for one in articles if kb.prefix + one.path in touched]):
        for chapter in story_since(kb, article, history, since):
            if not chapter.change.merge:
                yield from _of(kb, article, chapter)


def _of(kb: KnowledgeBase, article: Article, chapter: Chapter) -> Iterator[Doing]:
    change = chapter.change
    if change.day is None or change.day > kb.today:
        return
    for event in chapter.events:
        what = "" if event.away else _WHAT.get(event.kind, "")
        person = _who(event, change.person)
        if what and person:
            name = change.author if person == change.person else name_of(kb, person)
            yield Doing(what, person, name, article, change.day)


def _who(event: Event, author: str | None) -> str | None:
    """Who did it: the person of the stamp or flag, whoever committed it; else the author."""
    if not event.by:
        return author
    kind, _, person = event.by.partition(":")
    return person if kind == "human" else None
