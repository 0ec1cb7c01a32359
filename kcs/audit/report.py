"""All that a format may show of one audit, whatever the format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kcs.audit.finding import SEVERITIES, Finding

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Report:
    """`findings`: without those of the baseline, which `baselined` counts. `total`: articles of the base."""

    kb: KnowledgeBase
    findings: Sequence[Finding]
    audited: int
    total: int
    unreadable: int
    baselined: int = 0

    @property
    def as_of(self) -> date:
        """The day it was judged for."""
        return self.kb.today

    def counts(self) -> dict[str, int]:
        """How many of each severity, worst first."""
        found = Counter(one.severity for one in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}
