"""Articles as past commits had them: what each said, the evidence for it, and its verdict on any day.

What `kcs trust --at` does for one commit, for many at once: a version is read once, however many months it
was in place; where a date came in is looked up once for each change of the file; and text is compared only
where the answer depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kcs.article.fingerprint import version_of
from kcs.article.front_matter import read
from kcs.article.judging import standing
from kcs.article.stamps import Stamp
from kcs.article.trust import (
    NEVER_VERIFIED,
    NOT_VALIDATED,
    UNREADABLE_VERDICT,
    Adoption,
    Evidence,
    Standing,
    Verdict,
)
from kcs.insight.past_ground import Ground
from kcs.kb.articles import Article
from kcs.kb.git.graph import Log
from kcs.kb.records import Record
from kcs.kb.verdicts import is_machine_claim
from kcs.tuples import NamedTuple


class Source(NamedTuple):
    """Where a claim came in: number of the commit, path from the base's root, blob.
    None in its place: nobody can know.
    """

    commit: int
    path: str
    blob: str


@dataclass(slots=True)
class Past:
    """One article from one change to its next, the later one in commit `since` of the log.

    `sources`: claim -> where it came in. `same`: claim -> whether its content was still the same, where that was
    compared. `by_links`: the verdict depends on what links named, so it may differ in each frame.
    """

    article: Article
    since: int
    sources: Mapping[str, Source | None] = field(default_factory=dict)
    same: dict[str, bool] = field(default_factory=dict)
    standing: Standing | None = None
    by_links: bool = False

    @property
    def bound(self) -> list[Stamp]:
        """Its stamps with content."""
        return [stamp for stamp in self.article.stamps if stamp.content]

    def verdict(self, day: date, ground: Ground) -> Verdict:
        """On a day, once `judge` was called."""
        if self.standing is None:
            return UNREADABLE_VERDICT
        adoption = ground.config.adoption
        return self.standing.on(
            day, lambda: adoption.first_due(ground.key(self.article)) if adoption else day
        )

    def judge(self, evidence: Sequence[Evidence], adoption: Adoption | None) -> None:
        """Work out what holds whatever day it is."""
        article = self.article
        self.standing = standing(
            article.confidence,
            evidence,
            article.settings.terms,
            blocked=article.blocked,
            stale_after=article.stale_after,
            adoption=adoption,
        )


def reading(raw: bytes, oid: str) -> Record:
    """A version's values, its Markdown unread."""
    document = read(raw)
    return Record(oid, document.meta, document.problems)


def claim_evidence(past: Past, log: Log, ground: Ground) -> list[Evidence]:
    """The evidence of its date-only claims; content not compared counts as the same."""
    found = []
    for name, value in past.article.claims.items():
        day, source = _day(value), past.sources.get(name)
        if source is None:
            found.append(Evidence(None, day, None, date_only=True))
            continue
        email = log.email(source.commit)
        person = None if is_machine_claim(name) else ground.team.person_of(email)
        found.append(Evidence(person, day, past.same.get(name, True), date_only=True))
    return found


def stamp_evidence(stamps: Iterable[Stamp], today: str | None) -> list[Evidence]:
    """What stamps with content count for; `today` None: as if all were for today's text."""
    return [Evidence(one.person, one.day, today is None or _vouches(one, today)) for one in stamps]


def hangs_on_text(past: Past, first: date) -> bool:
    """Whether from `first` on the first reason could be another if the text were not the same.

    To be asked after `judge` with all text taken for the same.
    """
    assert past.standing is not None
    before, due = past.standing.before, past.standing.due
    if before and before[0] in (NOT_VALIDATED, NEVER_VERIFIED):
        return False
    return due is None or first < due


def _vouches(stamp: Stamp, today: str) -> bool | None:
    content = stamp.content or ""
    if version_of(content) is None:
        return None if content.startswith("kcs") and ":" in content else False
    return content == today


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
