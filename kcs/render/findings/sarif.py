"""SARIF 2.1.0: what code scanning services read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kcs import __version__
from kcs.render.findings.places import as_uri, first_way, in_repository
from kcs.render.terminal import as_json

if TYPE_CHECKING:
    from kcs.audit.finding import Finding
    from kcs.audit.report import Report
    from kcs.audit.rules import Entry

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report) -> str:
    """One log with one run; every rule that has a finding is described in it."""
    from kcs.audit.rules import RULES

    found = {one.rule: one for one in report.findings}
    entries = [entry for entry in RULES if entry.code in found]
    places = {entry.code: place for place, entry in enumerate(entries)}
    run = _invocation(report) if report.unmet else {}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "kcs", "semanticVersion": __version__, "rules": [_rule(one) for one in entries]}
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
                **run,
                "results": [_result(report, one, places) for one in report.findings],
            }
        ],
    }  # fmt: skip
    return as_json(log, indent=2) + "\n"


def _invocation(report: Report) -> dict[str, Any]:
    """The gates that are not met: they are about no file, and hosts refuse a result without a place."""
    told = [{"level": "error", "message": {"text": sentence}} for sentence in report.unmet]
    return {"invocations": [{"executionSuccessful": True, "exitCode": 1, "toolExecutionNotifications": told}]}


def _rule(entry: Entry) -> dict[str, Any]:
    text = entry.documentation()
    first = " ".join(text.partition("\n\n")[0].split())
    return {
        "id": entry.code,
        "name": "".join(word.capitalize() for word in entry.name.split("-")),
        "shortDescription": {"text": first},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": _default(entry.load().severity),
    }


def _result(report: Report, finding: Finding, places: dict[str, int]) -> dict[str, Any]:
    region: dict[str, int] = {"startLine": finding.line or 1}
    if finding.column:
        region["startColumn"] = finding.column
    place = {
        "artifactLocation": {"uri": as_uri(in_repository(report, finding)), "uriBaseId": "%SRCROOT%"},
        "region": region,
    }
    return {
        "ruleId": finding.rule,
        **({"ruleIndex": places[finding.rule]} if finding.rule in places else {}),
        "level": _LEVELS[finding.severity],
        "message": {"text": first_way(finding)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"kcs/v1": finding.fingerprint},
    }


def _default(severity: str) -> dict[str, Any]:
    return {"level": _LEVELS[severity]} if severity in _LEVELS else {"enabled": False}
