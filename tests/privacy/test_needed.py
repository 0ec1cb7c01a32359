"""What is asked before a search is never wrong: whatever a pattern matches holds what was said to be needed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kcs.privacy import cards, context, find, ids, mails, phones, secret_values, secrets
from kcs.privacy.context import BEGIN, END
from kcs.privacy.fold import fold, plainly
from kcs.privacy.look import Look, windows

OTHERS = (
    (mails._MAIL, (("@", "at)", "at]", "%40"),)),
    (context._PHONE, (context._PHONE_WORDS,)),
)


def compiled(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """What Hypothesis takes for one: these may wait for their first use."""
    return re.compile(pattern.pattern, pattern.flags)


@pytest.mark.parametrize(("pattern", "signs"), [*secrets._NEEDED, *OTHERS])
def test_a_match_holds_what_is_needed(pattern: re.Pattern[str], signs: tuple[tuple[str, ...], ...]) -> None:
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
    )
    @given(st.from_regex(compiled(pattern)))
    def holds(text: str) -> None:
        for found in pattern.finditer(text):
            plain = plainly(found.group() + text[found.end() :])
            assert all(any(one in plain for one in some) for some in signs), found.group()

    holds()


@pytest.mark.parametrize("pattern", [one for one, _ in secrets._NEEDED])
def test_a_secret_stands_where_its_words_are_looked_for(pattern: re.Pattern[str]) -> None:
    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(compiled(pattern)))
    def holds(text: str) -> None:
        folded = fold(text)
        for found in pattern.finditer(folded):
            if not secrets._is_secret(pattern, found):
                continue
            stretches = windows(folded, secrets._hints(folded, Look(folded)), secrets._BEFORE, secrets._AFTER)
            start = next(start for start, end in stretches if start <= found.start() and found.end() <= end)
            again = pattern.search(folded, max(start, found.start()))
            assert again is not None and again.span() == found.span()

    holds()


@pytest.mark.parametrize("scheme", ids.SCHEMES, ids=lambda one: one.pattern.pattern[:40])
def test_what_an_id_needs_is_seen(scheme: ids.Scheme) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.from_regex(compiled(scheme.pattern)))
    def holds(text: str) -> None:
        for found in scheme.pattern.finditer(fold(text)):
            look = Look(found.group())
            assert look.digits(scheme.digits)
            assert any(True for _ in look.numbers(scheme.digits))

    holds()


@pytest.mark.parametrize(
    ("pattern", "seen"),
    [
        (cards._IBAN, lambda look: any(True for _ in look.pairs())),
        (
            cards._DIGITS,
            lambda look: look.digits(cards._LEAST) and any(True for _ in look.numbers(cards._LEAST)),
        ),
        (phones._CANDIDATE, lambda look: look.digits(phones._LEAST)),
        (phones._LINKED, lambda look: look.digits(phones._LEAST)),
        (secrets._RANDOM, lambda look: any(True for _ in look.tokens(secrets._RANDOM_LEAST))),
    ],
)
def test_what_a_pattern_needs_is_seen(pattern: re.Pattern[str], seen: Callable[[Look], bool]) -> None:
    @settings(max_examples=100, deadline=None)
    @given(st.from_regex(compiled(pattern)))
    def holds(text: str) -> None:
        found = pattern.search(fold(text))
        if found and (pattern is not secrets._RANDOM or secret_values._random(found.group())):
            assert seen(Look(fold(text)))

    holds()


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (cards._DIGITS, BEGIN + r"\d(?:[ -]?\d){12,18}" + END),
        (
            phones._CANDIDATE,
            r"(?<![A-Za-z0-9#=@$-])(?<![A-Za-z0-9]_)(?<![A-Za-z0-9]__)(?<!\D/)(?<!\d[.,:])(?:\+|\(\+?)?\d"
            rf"(?:{phones._AREA}(?:{phones._BETWEEN}\d){{4,13}}|(?:{phones._BETWEEN}\d){{6,16}})(?!\d)",
        ),
    ],
)
def test_asking_behind_the_first_sign_finds_the_same(now: re.Pattern[str], before: str) -> None:
    plain = re.compile(before)

    @settings(max_examples=600, deadline=None)
    @given(st.text(alphabet=st.sampled_from("0123456789+-.() a_/:,\n"), max_size=60))
    def holds(text: str) -> None:
        assert [one.span() for one in now.finditer(text)] == [one.span() for one in plain.finditer(text)]

    holds()


NUMBERS = st.lists(
    st.sampled_from(
        [
            *"0123456789+-.() /:=,\n",
            "555 123 45",
            "tel:",
            "TEL:+",
            "\u017fms:",
            "za\u200blo.me/",
            "wa.me/",
            "phone=",
            "call",
        ]
    )
)


@settings(max_examples=1500, deadline=None)
@given(NUMBERS.map("".join))
def test_phones_asked_for_at_long_numbers_are_those_of_the_whole_text(text: str) -> None:
    look = Look(text)
    for asked, pattern in ((phones._linked, phones._LINKED), (phones._candidates, phones._CANDIDATE)):
        assert [one.span() for one in asked(text, look)] == [one.span() for one in pattern.finditer(text)]


def test_a_secret_longer_than_what_is_looked_at_is_found_whole() -> None:
    token = "Ab1c" * 200
    for text in (f"Authorization: Bearer {token} and more", f"GET /x?sig={token}&a=1"):
        (found,) = find(text)
        assert found.text == token


@pytest.mark.parametrize("text", ["PIN", "p\u0130n", "p\u0131n", "Pin"])
def test_every_letter_that_a_pattern_takes_for_another_is_asked_about(text: str) -> None:
    assert re.search("pin", text, re.IGNORECASE)
    assert "pin" in plainly(text)
