"""What is asked before a search is never wrong: whatever a pattern matches holds what was said to be needed."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kcs.privacy import ids, mails, phones, secrets
from kcs.privacy.fold import plainly

OTHERS = (
    (mails._MAIL, (("@", "at)", "at]"),)),
    (phones._LINKED, (phones._LINKS,)),
)


@pytest.mark.parametrize(("pattern", "signs"), [*secrets._NEEDED, *OTHERS])
def test_a_match_holds_what_is_needed(pattern: re.Pattern[str], signs: tuple[tuple[str, ...], ...]) -> None:
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
    )
    @given(st.from_regex(pattern))
    def holds(text: str) -> None:
        for found in pattern.finditer(text):
            plain = plainly(found.group() + text[found.end() :])
            assert all(any(one in plain for one in some) for some in signs), found.group()

    holds()


@pytest.mark.parametrize("scheme", ids.SCHEMES, ids=lambda one: one.pattern.pattern[:40])
def test_an_id_holds_so_many_digits(scheme: ids.Scheme) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.from_regex(scheme.pattern))
    def holds(text: str) -> None:
        for found in scheme.pattern.finditer(text):
            assert ids.longest_number(found.group()) >= scheme.digits

    holds()


@pytest.mark.parametrize("text", ["PIN", "p\u0130n", "p\u0131n", "Pin"])
def test_every_letter_that_a_pattern_takes_for_another_is_asked_about(text: str) -> None:
    assert re.search("pin", text, re.IGNORECASE)
    assert "pin" in plainly(text)
