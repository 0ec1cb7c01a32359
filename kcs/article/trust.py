"""Whether an article can be trusted on a day, and every reason why not.

Pure: what was verified, what the policy asks and which day it is come in; a verdict comes out. The rules are those of
docs/trust.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import NamedTuple

from kcs.article.days import Interval
from kcs.article.states import VALIDATED

UNREADABLE = "unreadable"
NOT_VALIDATED = "not-validated"
NEVER_VERIFIED = "never-verified"
ADOPTED = "adopted"
STALE = "stale"
CONTENT_CHANGED = "content-changed"
QUORUM_MISSING = "quorum-missing"
NOT_ENTITLED = "not-entitled"
MACHINE_ONLY = "machine-only"
FLAGGED = "flagged"
UNKNOWN_HISTORY = "unknown-history"
# Where an article is counted once, the first of these that holds is the one that counts.
REASONS = (
    UNREADABLE,
    NOT_VALIDATED,
    NEVER_VERIFIED,
    ADOPTED,
    STALE,
    CONTENT_CHANGED,
    QUORUM_MISSING,
    NOT_ENTITLED,
    MACHINE_ONLY,
    FLAGGED,
    UNKNOWN_HISTORY,
)


class Evidence(NamedTuple):
    """One stamp or date-only claim, with what Git and the fingerprint say of it.

    `matches`: it vouches for today's content; None where history is cut off and nobody can know.
    `person` is None for a machine. `day` is None when it cannot be dated.
    """

    person: str | None
    day: date | None
    matches: bool | None
    date_only: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What today's configuration asks of an article.

    `entitled` None: anybody who is no bot. `interval` None: never due by itself.
    `left`: the first day on which a person's stamp no longer counts.
    """

    quorum: int = 1
    interval: Interval | None = None
    entitled: frozenset[str] | None = None
    left: Mapping[str, date] = field(default_factory=dict)

    def counts(self, evidence: Evidence) -> bool:
        """Whether this stamp's author is entitled; the content is not asked."""
        if evidence.person is None or evidence.day is None:
            return False
        if self.entitled is not None and evidence.person not in self.entitled:
            return False
        return self.here(evidence.person, evidence.day)

    def here(self, person: str, day: date) -> bool:
        """Whether a stamp of this person's from that day is from before they left."""
        gone = self.left.get(person)
        return gone is None or day < gone

    def verifiers(self, day: date) -> list[str] | None:
        """Who may verify on that day, by id; None for anybody who is no bot."""
        if self.entitled is None:
            return None
        return sorted(one for one in self.entitled if self.here(one, day))


@dataclass(frozen=True, slots=True)
class Adoption:
    """`[adopt]`: from `on`, overdue date-only claims get a first due day within `days` days, each article its own."""

    on: date
    days: int

    def first_due(self, key: str) -> date:
        """The first due day of the article with this key: the same on every machine, spread evenly."""
        return self.first_due_at(spread(key))

    def first_due_at(self, number: int) -> date:
        """The same from the key's `spread`."""
        return date.fromordinal(self.on.toordinal() + number % max(self.days, 1))


def spread(key: str) -> int:
    """The number from 0 to 2**64 - 1 that says where in the span of `[adopt]` the article with this key falls."""
    from hashlib import sha256

    return int.from_bytes(sha256(key.encode("utf-8", "surrogateescape")).digest()[:8], "big")


class Verdict(NamedTuple):
    """`reasons` in the order of REASONS, empty when trusted. `due`: the first day it is no longer trusted."""

    reasons: tuple[str, ...]
    verified_at: date | None = None
    due: date | None = None
    counting: tuple[str, ...] = ()

    @property
    def trusted(self) -> bool:
        """Trusted on the day it was judged for."""
        return not self.reasons


UNREADABLE_VERDICT = Verdict((UNREADABLE,))


class Judgement(NamedTuple):
    """The verdict of all articles that differ in their key alone.

    `waiting` stands for `plain` until an article's first due day, where the base was adopted with old dates.
    """

    plain: Verdict
    today: date
    waiting: Verdict | None = None
    adoption: Adoption | None = None

    def of(self, number: int) -> Verdict:
        """The verdict of the article whose key has this `spread`."""
        if self.waiting is None or self.adoption is None:
            return self.plain
        first = self.adoption.first_due_at(number)
        if self.today >= first:
            return self.plain
        return Verdict(self.waiting.reasons, self.waiting.verified_at, first, self.waiting.counting)


def judge(
    confidence: str,
    evidence: Sequence[Evidence],
    terms: Terms,
    today: date,
    *,
    blocked: bool = False,
    stale_after: date | None = None,
    key: str = "",
    adoption: Adoption | None = None,
) -> Verdict:
    """Judge one readable article. `blocked`: it has an open blocking flag; `stale_after`: the stored day, if any."""
    judged = judgement(
        confidence, evidence, terms, today, blocked=blocked, stale_after=stale_after, adoption=adoption
    )
    return judged.of(spread(key) if judged.waiting else 0)


def judgement(
    confidence: str,
    evidence: Sequence[Evidence],
    terms: Terms,
    today: date,
    *,
    blocked: bool = False,
    stale_after: date | None = None,
    adoption: Adoption | None = None,
) -> Judgement:
    """As `judge`, for every key at once."""
    if len(evidence) == 1 and terms.quorum == 1 and confidence == VALIDATED and not blocked:
        one = evidence[0]
        if one.matches and one.day is not None and terms.counts(one):
            return _plainly(one, terms, today, stale_after, adoption)
    held: set[str] = set()
    if confidence != VALIDATED:
        held.add(NOT_VALIDATED)
    if blocked:
        held.add(FLAGGED)
    evidence = [one for one in evidence if one.day is not None]
    if not evidence:
        held.add(NEVER_VERIFIED)
        if stale_after is not None and today >= stale_after:
            held.add(STALE)
        return Judgement(Verdict(_ordered(held), due=stale_after), today)
    counting = _newest_by_person([one for one in evidence if one.matches and terms.counts(one)])
    if len(counting) < terms.quorum:
        held |= _why_short(evidence, counting, terms)
    basis = _basis(evidence, counting, terms)
    due = _due(basis, terms.interval, stale_after)
    verified_at, people = _verified_at(basis), tuple(one.person or "" for one in counting)
    if due is None or today < due:
        return Judgement(Verdict(_ordered(held), verified_at, due, people), today)
    plain = Verdict(_ordered(held | {STALE}), verified_at, due, people)
    if adoption is None or not _may_wait(basis, terms.interval, today, adoption):
        return Judgement(plain, today)
    waiting = Verdict(_ordered(held | {ADOPTED}), verified_at, None, people)
    return Judgement(plain, today, waiting, adoption)


def _plainly(
    one: Evidence, terms: Terms, today: date, stale_after: date | None, adoption: Adoption | None
) -> Judgement:
    """What most articles are: validated, and vouched for by one person who counts. As the long way, in a third of the time."""
    assert one.day is not None
    due = terms.interval.after(one.day) if terms.interval else None
    if stale_after is not None and (due is None or stale_after < due):
        due = stale_after
    people = (one.person or "",)
    if due is None or today < due:
        return Judgement(Verdict((), one.day, due, people), today)
    plain = Verdict((STALE,), one.day, due, people)
    if adoption is None or not _may_wait((one,), terms.interval, today, adoption):
        return Judgement(plain, today)
    return Judgement(plain, today, Verdict((ADOPTED,), one.day, None, people), adoption)


def _ordered(held: set[str]) -> tuple[str, ...]:
    return _in_order(frozenset(held)) if held else ()


@cache
def _in_order(held: frozenset[str]) -> tuple[str, ...]:
    return tuple(reason for reason in REASONS if reason in held)


def _newest_by_person(evidence: Sequence[Evidence]) -> list[Evidence]:
    if len(evidence) < 2:
        return list(evidence)
    newest: dict[str | None, Evidence] = {}
    for one in sorted(evidence, key=_day):
        newest[one.person] = one
    return sorted(newest.values(), key=_day, reverse=True)


def _day(evidence: Evidence) -> date:
    return evidence.day or date.min


def _why_short(evidence: Sequence[Evidence], counting: Sequence[Evidence], terms: Terms) -> set[str]:
    """Every reason why fewer people than the quorum vouch for today's content."""
    why = set()
    known = [one for one in evidence if one.matches is not None]
    if len(known) < len(evidence):
        why.add(UNKNOWN_HISTORY)
    vouching = {one.person for one in counting}
    human = [one for one in known if one.person is not None and one.person not in vouching]
    if any(not one.matches for one in human or known):
        why.add(CONTENT_CHANGED)
    if any(not terms.counts(one) for one in human):
        why.add(NOT_ENTITLED)
    if counting:
        why.add(QUORUM_MISSING)
    elif known and all(one.person is None for one in known):
        why.add(MACHINE_ONLY)
    return why or {QUORUM_MISSING}


def _basis(evidence: Sequence[Evidence], counting: Sequence[Evidence], terms: Terms) -> Sequence[Evidence]:
    """The stamps that the due day is reckoned from: of the newest `quorum` that count.

    Where too few count, what would count if the content had not changed, so that overdue shows as overdue too.
    """
    if len(counting) >= terms.quorum:
        return counting[: terms.quorum]
    entitled = _newest_by_person([one for one in evidence if terms.counts(one)])
    return (entitled or sorted(evidence, key=_day, reverse=True))[: terms.quorum]


def _due(basis: Sequence[Evidence], interval: Interval | None, stale_after: date | None) -> date | None:
    due = interval.after(min(map(_day, basis))) if interval else None
    if due is None or stale_after is None:
        return due or stale_after
    return min(due, stale_after)


def _verified_at(basis: Sequence[Evidence]) -> date:
    return max(map(_day, basis))


def _may_wait(basis: Sequence[Evidence], interval: Interval | None, today: date, adoption: Adoption) -> bool:
    """Whether what is overdue was only dated, and before the base was adopted: then it has a first due day.

    Overdue by its interval: a `stale_after` that somebody wrote into the file was meant for that day.
    """
    if not all(one.date_only for one in basis) or max(map(_day, basis)) >= adoption.on or today < adoption.on:
        return False
    due = _due(basis, interval, None)
    return due is not None and today >= due
