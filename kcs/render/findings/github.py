"""Annotations of GitHub Actions: `::error file=...,line=...,title=...::message`, escaped as its runner unescapes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.render.findings.places import first_way, in_repository
from kcs.render.terminal import safe

if TYPE_CHECKING:
    from kcs.audit.finding import Finding
    from kcs.audit.report import Report

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report) -> str:
    """One workflow command a finding."""
    return "".join(_line(report, one) for one in report.findings)


def _line(report: Report, finding: Finding) -> str:
    properties = {
        "file": in_repository(report, finding),
        "line": str(finding.line or 1),
        **({"col": str(finding.column)} if finding.column else {}),
        "title": f"{finding.rule} {finding.name}",
    }
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {told}::{_data(first_way(finding))}\n"


def _data(text: str) -> str:
    return safe(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
