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
    that are not met, and what a change touches that is not here, as sentences.
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
        """How many debts are new, and how many were paid, by the change or since the baseline was written.

        Of the baseline's only those are paid that this run could have found again; a hint that a day brings is none.
        """
        from kcs.audit.baseline import shown, shrunk, worth_keeping

        rules = self.rules()
        by_time = {one.entry.code for one in rules if one.rule.by_time}
        fresh = {one.fingerprint for one in self.findings if worth_keeping(one, by_time)}
        if self.change is not None:
            owed = self.change.owed(rules)
            now = {one.fingerprint for one in (*self.findings, *self.known)}
            return len(fresh - owed), len(owed - now)
        audited = {shown(one.path) for one in self.articles}
        found = (*self.findings, *self.known)
        kept, _ = shrunk(self.baseline, found, rules, audited, self.audited == self.total)
        return len(fresh), len(self.baseline.fingerprints - {one.fingerprint for one in kept})
