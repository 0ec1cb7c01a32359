"""What the audit passes over in articles takes nothing but houses' numbers and stock examples from the labelled set."""

from __future__ import annotations

from kcs.audit.rules.safety.likely import likely
from kcs.privacy import Known, find
from tests.privacy.labelled import read_labelled

PASSED_OVER = {"1-800-275-2273", "1900 545 454", "abcd1234", "lan123456", "qwerty123"}


def test_of_the_labelled_spans_only_hotlines_and_stock_passwords_are_passed_over() -> None:
    unlikely, seen = set(), 0
    for one in read_labelled():
        findings = find(one.text, known=Known(names=one.names), language=one.language)
        for kind, start, end in one.spans:
            covering = [
                found
                for found in findings
                if found.kind == kind and found.start <= start and found.end >= end
            ]
            seen += bool(covering)
            if covering and not any(likely(one.text, found) for found in covering):
                unlikely.add(one.text[start:end])
    assert seen > 140
    assert unlikely == PASSED_OVER
