"""`kcs.audit/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kcs.render.terminal import as_json

if TYPE_CHECKING:
    from kcs.audit.report import Report


def render(report: Report) -> str:
    """One JSON document."""
    return as_json(_document(report), indent=2) + "\n"


def render_line(report: Report, base: str) -> str:
    """The same on one line, for several bases one after the other; `base`: which one it is."""
    return as_json({**_document(report), "base": base}) + "\n"


def _document(report: Report) -> dict[str, Any]:
    from kcs.insight.score import score

    whole = score(report.kb.articles, report.kb.verdicts)
    return {
        "schema": "kcs.audit/1",
        "as_of": report.as_of.isoformat(),
        "articles": {"total": report.total, "audited": report.audited, "unreadable": report.unreadable},
        "trust": {"trusted": whole.trusted, "total": whole.total, "percent": whole.percent},
        "findings": [one._asdict() for one in report.findings],
        "summary": {**report.counts(), "baselined": len(report.known)},
        "unmet": list(report.unmet),
    }
