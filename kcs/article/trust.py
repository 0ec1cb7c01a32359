"""Whether an article can be trusted on a day, and every reason why not.

Pure: what was verified, what the policy asks and which day it is come in; a verdict comes out. The rules are those of
docs/trust.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType

from kcs.article.days import Interval
from kcs.article.states import VALIDATED
from kcs.tuples import NamedTuple

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


class Terms(NamedTuple):
    """What today's configuration asks of an article.

    `entitled` None: anybody who is no bot. `interval` None: never due by itself.
    `left`: the first day on which a person's stamp no longer counts.
    """

    quorum: int = 1
    interval: Interval | None = None
    entitled: frozenset[str] | None = None
    left: Mapping[str, date] = MappingProxyType({})

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


class Adoption(NamedTuple):
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
    from kcs.digest import sha256

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


class Standing(NamedTuple):
    """What holds of an article whatever day it is, so that the day decides by comparing alone.

    `before` and `after` are the reasons until and from `due`. From `waits_from` on, where there is such a day, an
    article that was only dated before its base was adopted is `waiting` instead, until its own first due day.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    verified_at: date | None = None
    due: date | None = None
    counting: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    waits_from: date | None = None

    def on(self, today: date, first_due: Callable[[], date]) -> Verdict:
        """The verdict on a day; `first_due` is asked only where it matters."""
        if self.due is None or today < self.due:
            return Verdict(self.before, self.verified_at, self.due, self.counting)
        if self.waits_from is not None and today >= self.waits_from and today < (first := first_due()):
            return Verdict(self.waiting, self.verified_at, first, self.counting)
        return Verdict(self.after, self.verified_at, self.due, self.counting)


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
    found = standing(confidence, evidence, terms, blocked=blocked, stale_after=stale_after, adoption=adoption)
    return found.on(today, lambda: adoption.first_due(key) if adoption else today)


def standing(
    confidence: str,
    evidence: Sequence[Evidence],
    terms: Terms,
    *,
    blocked: bool = False,
    stale_after: date | None = None,
    adoption: Adoption | None = None,
) -> Standing:
    """As `judge`, for every key and every day at once."""
    if len(evidence) == 1 and terms.quorum == 1 and confidence == VALIDATED and not blocked:
        one = evidence[0]
        if one.matches and one.day is not None and terms.counts(one):
            return _plainly(one, terms, stale_after, adoption)
    held: set[str] = set()
    if confidence != VALIDATED:
        held.add(NOT_VALIDATED)
    if blocked:
        held.add(FLAGGED)
    evidence = [one for one in evidence if one.day is not None]
    if not evidence:
        held.add(NEVER_VERIFIED)
        return Standing(_ordered(held), _ordered(held | {STALE}), due=stale_after)
    counting = _newest_by_person([one for one in evidence if one.matches and terms.counts(one)])
    if len(counting) < terms.quorum:
        held |= _why_short(evidence, counting, terms)
    basis = _basis(evidence, counting, terms)
    due = _due(basis, terms.interval)
    waits_from = _waits_from(basis, due, adoption)
    return Standing(
        _ordered(held),
        _ordered(held | {STALE}),
        _verified_at(basis),
        stale_after if due is None else due if stale_after is None else min(due, stale_after),
        tuple([one.person or "" for one in counting]),
        _ordered(held | {ADOPTED}) if waits_from else (),
        waits_from,
    )


def _plainly(one: Evidence, terms: Terms, stale_after: date | None, adoption: Adoption | None) -> Standing:
    """What most articles are: validated, and vouched for by one person who counts. As the long way, in a third of the time."""
    assert one.day is not None
    due = terms.interval.after(one.day) if terms.interval else None
    waits_from = _waits_from((one,), due, adoption)
    if stale_after is not None and (due is None or stale_after < due):
        due = stale_after
    waiting = (ADOPTED,) if waits_from else ()
    return Standing((), (STALE,), one.day, due, (one.person or "",), waiting, waits_from)


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
    others = [one for one in known if one.person not in vouching]
    human = [one for one in others if one.person is not None]
    if any(not one.matches for one in human or others):
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


def _due(basis: Sequence[Evidence], interval: Interval | None) -> date | None:
    return interval.after(min(map(_day, basis))) if interval else None


def _verified_at(basis: Sequence[Evidence]) -> date:
    return max(map(_day, basis))


def _waits_from(basis: Sequence[Evidence], due: date | None, adoption: Adoption | None) -> date | None:
    """The day from which what is overdue has a first due day: it was only dated, and before the base was adopted.

    Overdue by its interval (`due`): a `stale_after` that somebody wrote into the file was meant for that day.
    """
    if adoption is None or due is None or not all(one.date_only for one in basis):
        return None
    return max(adoption.on, due) if _verified_at(basis) < adoption.on else None
