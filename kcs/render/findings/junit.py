"""JUnit XML: a test suite for each article with findings, a failed test for each that fails the run."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kcs.audit.finding import SEVERITIES
from kcs.render.findings.places import first_way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kcs.audit.finding import Finding
    from kcs.audit.report import Report

# What XML 1.0 cannot hold, however it is escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """The document. Without a finding one test says how many articles were audited."""
    failing = SEVERITIES[: SEVERITIES.index(report.fail_on) + 1]
    ordered = sorted(report.findings, key=lambda one: (one.path, one.order))
    suites = [_suite(path, list(group), failing) for path, group in groupby(ordered, lambda one: one.path)]
    name = f"{report.audited} of {report.total} articles audited"
    if not suites:
        case = f'    <testcase name={_attribute(name)} classname="kcs audit"/>'
        suites = [f'  <testsuite name="kcs audit" tests="1" failures="0" errors="0">\n{case}\n  </testsuite>']
    failed = sum(one.severity in failing for one in ordered)
    head = f'<testsuites name="kcs audit" tests="{max(len(ordered), 1)}" failures="{failed}" errors="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>", ""])


def _suite(path: str, findings: Sequence[Finding], failing: Sequence[str]) -> str:
    failed = sum(one.severity in failing for one in findings)
    cases = "\n".join(_case(one, one.severity in failing) for one in findings)
    head = f'  <testsuite name={_attribute(path)} tests="{len(findings)}" failures="{failed}" errors="0">'
    return f"{head}\n{cases}\n  </testsuite>"


def _case(finding: Finding, fails: bool) -> str:
    name = _attribute(f"{finding.rule} {finding.name}" + (f", line {finding.line}" if finding.line else ""))
    text = _text(first_way(finding))
    if fails:
        inside = f"<failure message={_attribute(finding.message)} type={_attribute(finding.severity)}>{text}</failure>"
    else:
        inside = f"<system-out>{_text(finding.severity)}: {text}</system-out>"
    return f"    <testcase name={name} classname={_attribute(finding.path)}>{inside}</testcase>"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _text(text: str) -> str:
    return escape(_clean(text))


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))
