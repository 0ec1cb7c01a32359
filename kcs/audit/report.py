"""All that a format may show of one audit, whatever the format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kcs.audit.finding import SEVERITIES, Finding

if TYPE_CHECKING:
    from kcs.audit.baseline import Baseline
    from kcs.audit.change import Change
    from kcs.audit.settings import Chosen
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Report:
    """`findings`, worst first, without those that the `baseline` knows, which are `known`.

    `articles`: those audited, of the base's `total`. `change`: what the run judged; None where it judged the whole base.
    """

    kb: KnowledgeBase
    findings: Sequence[Finding]
    articles: Sequence[Article]
    total: int
    rules: tuple[Chosen, ...]
    known: Sequence[Finding]
    baseline: Baseline
    change: Change | None = None

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

    def fails(self, severity: str) -> bool:
        """Whether a finding is so bad, or worse."""
        worst = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return any(one.severity in worst for one in self.findings)
