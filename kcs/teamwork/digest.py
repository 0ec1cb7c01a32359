"""Who did what for the base since a day: what commits did to articles, and which articles were linked to tickets.

A list for thanking people: names in alphabetical order, what each did, by article, and nothing counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from kcs.errors import UsageProblem
from kcs.kb.articles import Along, untold
from kcs.teamwork.reviews import reviews
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.insight import Doing
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

WROTE, IMPROVED, VERIFIED, RESOLVED, FLAGGED = "wrote", "improved", "verified", "resolved", "flagged"
LINKED, REVIEWED = "linked", "reviewed"
# In the order in which they are listed.
DEEDS = (WROTE, IMPROVED, VERIFIED, RESOLVED, FLAGGED, LINKED, REVIEWED)
Deeds = Mapping[str, Sequence["Article"]]


class Contributor(NamedTuple):
    """One person and, for each of DEEDS that they did, the articles, by title."""

    person: str
    name: str
    deeds: Deeds


class Digest(NamedTuple):
    """`since` and `until` are days, both included. `notes`: what the reader should know is not in it."""

    since: date
    until: date
    people: Sequence[Contributor]
    notes: tuple[str, ...]


def digest(
    kb: KnowledgeBase,
    articles: Sequence[Article],
    since: date,
    along: Along = untold,
) -> Digest:
    """What was done to `articles`. UsageProblem outside Git, which alone knows who did what."""
    from kcs.insight import Doing, doings

    if kb.repo is None:
        raise UsageProblem("only Git knows who did what, and this folder is in no Git repository")
    of_calls = reviews(kb).paths
    found = [one for doing in doings(kb, articles, since, along) if (one := _as_told(doing, of_calls))]
    links, notes = _links(kb, articles, since)
    found += (Doing(LINKED, *one) for one in links)
    return Digest(since, kb.today, _by_person(found), notes)


def _as_told(doing: Doing, of_calls: Collection[str]) -> Doing | None:
    """The review of a call is only drawn when its file appears; whoever fills it in has reviewed."""
    if doing.article.path not in of_calls:
        return doing
    return doing._replace(what=REVIEWED) if doing.what == IMPROVED else None


def _links(
    kb: KnowledgeBase, articles: Sequence[Article], since: date
) -> tuple[list[tuple[str, str, Article, date]], tuple[str, ...]]:
    """(person, name, article, day) of every link that holds, and what the ledger cannot tell."""
    from kcs.insight import name_of
    from kcs.kb.ledger import Ledger
    from kcs.kb.ledger_lines import UNDONE, WRONG, newest_links

    zone = kb.config.timezone
    begin, end = datetime.combine(since, time.min, zone), datetime.combine(kb.today, time.max, zone)
    newest = newest_links(event for event in Ledger.of(kb).read(begin.astimezone(UTC)) if event.at <= end)
    asked = kb.config.ledger
    hidden = bool(asked.get("shared") and asked.get("pseudonyms"))
    keys = {kb.key(one): one for one in articles} if newest and not hidden else {}
    found = []
    for event in newest.values():
        kind, _, person = event.actor.partition(":")
        article = keys.get(event.article)
        # An import names nobody: it says what an export holds, not what the person who ran it did.
        holds = event.outcome not in (WRONG, UNDONE)
        if article and kind == "human" and holds and event.origin not in ("ci", "agent"):
            found.append((person, name_of(kb, person), article, event.at.astimezone(zone).date()))
    if hidden:
        return found, ("links are noted under made-up names here, and are left out",)
    if not asked.get("shared"):
        return found, (
            "links to tickets are those of this machine alone: [ledger] shared = true shares them",
        )
    return found, ()


def _by_person(found: Sequence[Doing]) -> list[Contributor]:
    names: dict[str, str] = {}
    told: dict[str, dict[str, dict[str, Article]]] = {}
    for one in found:
        names.setdefault(one.person, one.name)
        told.setdefault(one.person, {}).setdefault(one.what, {})[one.article.path] = one.article
    people = []
    for person, deeds in told.items():
        # Whoever wrote it this week need not be told that they also improved it.
        for path in deeds.get(WROTE, ()):
            deeds.get(IMPROVED, {}).pop(path, None)
        listed = {what: _by_title(deeds[what].values()) for what in DEEDS if deeds.get(what)}
        people.append(Contributor(person, names[person], listed))
    return sorted(people, key=lambda one: (one.name.casefold(), one.person))


def _by_title(articles: Collection[Article]) -> list[Article]:
    return sorted(articles, key=lambda one: (one.title.casefold(), one.path))
