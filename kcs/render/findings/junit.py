"""JUnit XML: a test suite for each article with findings, a failed test
for each that fails the run; and one for the gates that are not met.

There is no one schema: what is written here satisfies Ant's, which knows no attribute of <testsuites>
and nothing but failures in a test, and that of Jenkins, which GitLab and others read too.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kcs.audit.finding import SEVERITIES
from kcs.counting import counted
from kcs.render.findings.places import first_way
from kcs.render.terminal import REPAINTS
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kcs.audit.finding import Finding
    from kcs.audit.report import Report

# Characters that XML 1.0 cannot hold, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """The document. Without a finding one test says how many articles were audited."""
    failing = SEVERITIES[: SEVERITIES.index(report.fail_on) + 1]
    ordered = sorted(report.findings, key=lambda one: (one.path, one.order))
    grouped = [(path, list(group)) for path, group in groupby(ordered, lambda one: one.path)]
    suites = [
        _suite(number, path, [_case(one, failing) for one in group], day=report.as_of)
        for number, (path, group) in enumerate(grouped)
    ]
    if report.unmet:
        unmet = [_gate(sentence) for sentence in report.unmet]
        suites.append(_suite(len(suites), "kcs audit", unmet, day=report.as_of))
    if not suites:
        name = f"{report.audited:,} of {counted(report.total, 'article')} audited"
        suites = [_suite(0, "kcs audit", [_Case(name, "kcs audit")], day=report.as_of)]
    # Ant's schema allows no attributes here, so that readers add the numbers up.
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>", ""])


class _Case(NamedTuple):
    """One test: what failed, or another message."""

    name: str
    path: str
    failure: str = ""
    said: str = ""


def _suite(number: int, path: str, cases: Sequence[_Case], *, day: date) -> str:
    """Every part that Ant's schema asks for, in its order, and nothing that Jenkins' does not know."""
    head = {
        "package": "kcs",
        "id": str(number),
        "name": path,
        # The day that was judged by: two runs on one commit write the same.
        "timestamp": f"{day}T00:00:00",
        "hostname": "localhost",
        "tests": str(len(cases)),
        "failures": str(sum(bool(one.failure) for one in cases)),
        "errors": "0",
        "time": "0",
    }
    said = "\n".join(f"{one.name}: {one.said}" for one in cases if one.said)
    lines = [
        f"  <testsuite {' '.join(f'{key}={_attribute(value)}' for key, value in head.items())}>",
        "    <properties/>",
        *map(_testcase, cases),
        f"    <system-out>{_text(said)}</system-out>",
        "    <system-err/>",
        "  </testsuite>",
    ]
    return "\n".join(lines)


def _case(finding: Finding, failing: Sequence[str]) -> _Case:
    name = f"{finding.rule} {finding.name}" + (f", line {finding.line}" if finding.line else "")
    way = first_way(finding)
    if finding.severity not in failing:
        return _Case(name, finding.path, said=f"{finding.severity}: {way}")
    head = f"<failure message={_attribute(finding.message)} type={_attribute(finding.severity)}>"
    return _Case(name, finding.path, f"{head}{_text(way)}</failure>")


def _gate(sentence: str) -> _Case:
    failure = f'<failure message={_attribute(sentence)} type="error">{_text(sentence)}</failure>'
    return _Case("Trust", "kcs audit", failure)


def _testcase(case: _Case) -> str:
    head = f'    <testcase name={_attribute(case.name)} classname={_attribute(case.path)} time="0"'
    return f"{head}>{case.failure}</testcase>" if case.failure else f"{head}/>"


def _text(text: str) -> str:
    return _shown(escape(_clean(text)))


def _attribute(text: str) -> str:
    return _shown(quoteattr(_clean(text)))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _shown(written: str) -> str:
    """As it can be shown in a terminal: references for what would repaint it."""
    return REPAINTS.sub(lambda found: f"&#{ord(found.group())};", written)
