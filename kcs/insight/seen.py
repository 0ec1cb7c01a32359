"""Who vouched for which content of an article: whether it counts today, why not, and whose changes came after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property

from kcs.article.fingerprint import version_of
from kcs.article.stamps import Stamp
from kcs.article.trust import Evidence, Verdict
from kcs.kb.articles import MAPPED_DATE, Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.past.committed import Step, Version
from kcs.kb.past.lineage import Lineage
from kcs.kb.past.references import KNOWN, UNCOMMITTED, Origin

OTHER_CONTENT = "other-content"
NOT_ENTITLED = "not-entitled"
LEFT = "left"
MACHINE = "machine"
UNKNOWN_VERSION = "unknown-version"
UNKNOWN_HISTORY = "unknown-history"
NOT_DATED = "not-dated"
OLDER = "older-of-the-same-person"
BESIDE_STAMP = "date-only-beside-a-stamp"


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that changed the title or the text. An empty `commit`: not committed yet, hence your own."""

    commit: str = ""
    day: date | None = None
    author: str = ""
    person: str | None = None
    subject: str = ""
    merge: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """One stamp or date-only claim as it stands today. `why` is empty if it counts.

    `same`: its content is today's; None if unknown. `unseen`: what changed since, newest first; None where
    the content it vouches for is not in this history. `claim` names the field of a date-only claim.
    """

    by: str
    person: str | None
    name: str
    day: date | None
    why: tuple[str, ...]
    same: bool | None
    stamp: Stamp | None = None
    claim: str = ""
    origin: Origin | None = None
    newer: bool = False
    unseen: tuple[Change, ...] | None = ()

    @property
    def counts(self) -> bool:
        """Whether it is one of those that make the article trusted."""
        return not self.why


@dataclass(frozen=True, slots=True)
class Seen:
    """An article with its verdict and everything the verdict rests on."""

    article: Article
    verdict: Verdict
    fingerprint: str | None
    standings: tuple[Standing, ...]


def look(kb: KnowledgeBase, article: Article) -> Seen:
    """Everything that is known of the article's trust on the base's day."""
    verdict = kb.judge.verdicts([article])[article.path]
    if article.unreadable:
        return Seen(article, verdict, None, ())
    return Seen(article, verdict, kb.fingerprints.of(article), tuple(_Look(kb, article).standings()))


def day_of(seconds: int, zone: tzinfo) -> date:
    """The day of a moment in epoch seconds."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()


def name_of(kb: KnowledgeBase, person: str | None, otherwise: str = "") -> str:
    """A person's name in team.toml; else `otherwise`, else the id."""
    known = kb.team.people.get(person or "")
    return (known.name if known else "") or otherwise or person or ""


class _Look:
    def __init__(self, kb: KnowledgeBase, article: Article) -> None:
        self.kb = kb
        self.article = article
        self.terms = article.settings.terms
        self.lineage = Lineage(kb, article)
        self.today = kb.fingerprints.of(article)

    def standings(self) -> list[Standing]:
        """Stamps with content as the file lists them, then date-only claims."""
        evidence = self.kb.judge.evidence(self.article)
        bound = [stamp for stamp in self.article.stamps if stamp.content]
        if bound:
            found = [self.of_stamp(*pair) for pair in zip(bound, evidence, strict=True)]
            newest = max((one.day for one in found if one.day), default=None)
            claims = [self.beside(name, newest) for name in self.article.claims]
        else:
            found = []
            claims = [
                self.of_claim(name, one) for name, one in zip(self.article.claims, evidence, strict=True)
            ]
        return self.with_unseen(_newest_only([*found, *claims]))

    def of_stamp(self, stamp: Stamp, evidence: Evidence) -> Standing:
        why = self.why(evidence)
        if evidence.matches is None:
            why = (*why, UNKNOWN_VERSION)
        name = name_of(self.kb, evidence.person, stamp.by.removeprefix("human:"))
        return Standing(stamp.by, evidence.person, name, stamp.day, why, evidence.matches, stamp)

    def of_claim(self, name: str, evidence: Evidence) -> Standing:
        origin = self.kb.judge.origin(self.article, name)
        why = (UNKNOWN_HISTORY,) if evidence.matches is None else self.why(evidence)
        return self.claimed(name, origin, evidence, why)

    def beside(self, name: str, newest: date | None) -> Standing:
        """A date-only claim in an article with a stamp: shown, and never counted."""
        origin = self.kb.judge.origin(self.article, name)
        same: bool | None = None
        if origin.status == UNCOMMITTED:
            same = True
        elif origin.status == KNOWN:
            same = self.lineage.fingerprint(origin.blob, self.kb.prefix + origin.path) == self.today
        day = _day(self.article.claims[name])
        person = self.kb.team.person_of(origin.email)
        found = self.claimed(name, origin, Evidence(person, day, same, date_only=True), (BESIDE_STAMP,))
        # By more than a day, as KCS110: by another time zone than today's it may be the stamp's own.
        return replace(found, newer=bool(day and (newest is None or (day - newest).days > 1)))

    def claimed(self, name: str, origin: Origin, evidence: Evidence, why: tuple[str, ...]) -> Standing:
        field = "verified" if name != MAPPED_DATE else self.kb.config.fields.get(MAPPED_DATE, MAPPED_DATE)
        by = "" if name == MAPPED_DATE else name.partition(" ")[0]
        person = name_of(self.kb, evidence.person, origin.author)
        return Standing(
            by, evidence.person, person, evidence.day, why, evidence.matches, claim=field, origin=origin
        )

    def why(self, evidence: Evidence) -> tuple[str, ...]:
        """Why this evidence does not count, apart from the version of its content and from its twins."""
        found = []
        if evidence.day is None:
            found.append(NOT_DATED)
        if evidence.person is None:
            found.append(MACHINE)
        elif self.terms.entitled is not None and evidence.person not in self.terms.entitled:
            found.append(NOT_ENTITLED)
        gone = self.terms.left.get(evidence.person or "")
        if gone is not None and evidence.day is not None and evidence.day >= gone:
            found.append(LEFT)
        if evidence.matches is False:
            found.append(OTHER_CONTENT)
        return tuple(found)

    def with_unseen(self, standings: Sequence[Standing]) -> list[Standing]:
        return [one if one.same is not False else replace(one, unseen=self.unseen(one)) for one in standings]

    def unseen(self, standing: Standing) -> tuple[Change, ...] | None:
        """What changed after the content that was vouched for; None if that content cannot be found."""
        stood = {step.version.commit for step in self.places(standing)}
        if standing.origin and standing.origin.commit:
            stood.add(standing.origin.commit)
        if not stood:
            return None
        changes = [self.change(step) for step in self.lineage.unseen(stood)]
        own = [Change(person=self.kb.team.person_of(self.kb.identity_email))] if self.uncommitted else []
        return (*own, *changes)

    def places(self, standing: Standing) -> list[Step]:
        content: str | None = None
        if standing.stamp and version_of(standing.stamp.content or ""):
            content = standing.stamp.content
        elif standing.origin and standing.origin.blob:
            content = self.lineage.fingerprint(standing.origin.blob, self.kb.prefix + standing.origin.path)
        return self.lineage.holding(content) if content else []

    @cached_property
    def uncommitted(self) -> bool:
        return self.lineage.uncommitted()

    def change(self, step: Step) -> Change:
        return change_of(self.kb, step.version, merge=step.merge)


def change_of(kb: KnowledgeBase, version: Version, *, merge: bool = False) -> Change:
    """A version as a colleague would name it."""
    person = kb.team.person_of(version.author_email)
    return Change(
        version.commit,
        day_of(version.author_time, kb.config.timezone),
        name_of(kb, person, version.author_name),
        person,
        version.subject,
        merge,
    )


def _newest_only(standings: Sequence[Standing]) -> list[Standing]:
    """Of the entries by one person that would count, only the newest does."""
    newest: dict[str | None, Standing] = {}
    for one in sorted((one for one in standings if one.counts), key=lambda one: one.day or date.min):
        newest[one.person] = one
    return [
        replace(one, why=(OLDER,)) if one.counts and newest[one.person] is not one else one
        for one in standings
    ]


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
