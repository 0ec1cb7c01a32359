"""Annotations of GitHub Actions: `::error
file=...,line=...,title=...::message`, escaped as its runner unescapes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

from kcs.render.findings.places import first_way, in_repository
from kcs.render.terminal import safe

if TYPE_CHECKING:
    from kcs.audit.finding import Finding
    from kcs.audit.report import Report

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report) -> str:
    """One workflow command a finding, and one a gate that is not met, which is about no file."""
    gates = (f"::error title=Trust::{_data(safe(sentence))}\n" for sentence in report.unmet)
    return "".join((*(_line(report, one) for one in report.findings), *gates))


def _line(report: Report, finding: Finding) -> str:
    properties = {
        "line": str(finding.line or 1),
        **({"col": str(finding.column)} if finding.column else {}),
        "title": f"{finding.rule} {finding.name}",
    }
    told = ",".join(f"{name}={_property(safe(value))}" for name, value in properties.items())
    file = _property(_path(in_repository(report, finding)))
    return f"::{_LEVELS[finding.severity]} file={file},{told}::{_data(safe(first_way(finding)))}\n"


def _path(path: str) -> str:
    """The file's exact name, or the annotation would match none; but without terminal control codes."""
    return "".join(one if one in "\r\n" or category(one) != "Cc" else "\ufffd" for one in path)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
