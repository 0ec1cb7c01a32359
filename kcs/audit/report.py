"""Everything that the formats may show of one audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kcs.audit.finding import ERROR, SEVERITIES, Finding
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.baseline import Baseline
    from kcs.audit.change import Change
    from kcs.audit.settings import Chosen
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


class Report(NamedTuple):
    """`findings`, worst first, without those that the `baseline` knows, which are `known`.

    `articles`: those audited, of the base's `total`. `change`: what the run judged; None if it judged the whole base.
    `rules`: gives the rules that ran: loading them all takes as long as reading a kept run. `unmet`: the gates on trust
    that are not met, as sentences.
    """

    kb: KnowledgeBase
    findings: Sequence[Finding]
    articles: Sequence[Article]
    total: int
    rules: Callable[[], Sequence[Chosen]]
    known: Sequence[Finding]
    baseline: Baseline
    change: Change | None = None
    fail_on: str = ERROR
    unmet: Sequence[str] = ()

    @property
    def as_of(self) -> date:
        """The day it was judged for."""
        return self.kb.today

    @property
    def audited(self) -> int:
        """How many articles were audited."""
        return len(self.articles)

    @property
    def unreadable(self) -> int:
        """How many of these cannot be understood."""
        return sum(one.unreadable for one in self.articles)

    def counts(self) -> dict[str, int]:
        """How many of each severity, worst first."""
        found = Counter(one.severity for one in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    def fails(self) -> bool:
        """Whether a finding is as bad as `fail_on`, or worse, or a gate is not met."""
        worst = SEVERITIES[: SEVERITIES.index(self.fail_on) + 1]
        return bool(self.unmet) or any(one.severity in worst for one in self.findings)

    def known_debts(self) -> int:
        """How many debts the known findings make: findings with the same fingerprint are paid together."""
        return len({one.fingerprint for one in self.known})

    def debts(self) -> tuple[int, int]:
        """How many debts are new, and how many were paid, by the change or since the baseline was written."""
        fresh = {one.fingerprint for one in self.findings}
        now = fresh | {one.fingerprint for one in self.known}
        if self.change is not None:
            owed = self.change.owed(self.rules())
            return len(fresh - owed), len(owed - now)
        paid = len(self.baseline.fingerprints - now) if self.audited == self.total else 0
        return len(fresh), paid
