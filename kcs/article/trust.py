"""The terms of trust: the reasons against it, an article's requirements, its evidence, and the verdict on a day.
The rules are in judging.py: a list of kept verdicts needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from kcs.article.days import Interval
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
    `person` is None for a machine. `day` is None if it cannot be dated.
    """

    person: str | None
    day: date | None
    matches: bool | None
    date_only: bool = False


class Terms(NamedTuple):
    """What today's configuration asks of an article.

    `entitled` None: anybody who is not a bot. `interval` None: never due by itself.
    `left`: the first day on which a person's stamp no longer counts.
    """

    quorum: int = 1
    interval: Interval | None = None
    entitled: frozenset[str] | None = None
    left: Mapping[str, date] = MappingProxyType({})

    def counts(self, evidence: Evidence) -> bool:
        """Whether this stamp's author is entitled, whatever the content."""
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
        """Who may verify on that day, by id; None for anybody who is not a bot."""
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
    """What holds for an article whatever day it is, so that only comparisons with the day are left.

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
        """The verdict on a day; `first_due` is called only if it matters."""
        if self.due is None or today < self.due:
            return Verdict(self.before, self.verified_at, self.due, self.counting)
        if self.waits_from is not None and today >= self.waits_from and today < (first := first_due()):
            return Verdict(self.waiting, self.verified_at, first, self.counting)
        return Verdict(self.after, self.verified_at, self.due, self.counting)
