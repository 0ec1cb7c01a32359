"""GitLab's Code Quality report, which a merge request shows beside its changes."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from kcs.render.findings.places import first_way, in_repository
from kcs.render.terminal import as_json

if TYPE_CHECKING:
    from kcs.audit.report import Report

_SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}


def render(report: Report) -> str:
    """A JSON list. GitLab takes equal fingerprints for one finding, so each further one of an article gets its own."""
    seen: Counter[str] = Counter()
    rows = []
    for one in report.findings:
        number = seen[one.fingerprint]
        seen[one.fingerprint] += 1
        own = sha256(f"{one.fingerprint} {number}".encode()).hexdigest()[:32] if number else one.fingerprint
        rows.append({
            "description": f"{one.rule} {one.name}: {first_way(one)}",
            "check_name": one.rule,
            "fingerprint": own,
            "severity": _SEVERITIES[one.severity],
            "location": {"path": in_repository(report, one), "lines": {"begin": one.line or 1}},
        })  # fmt: skip
    return as_json(rows, indent=2) + "\n"
