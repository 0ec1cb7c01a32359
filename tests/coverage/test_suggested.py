"""Synonyms that searches suggest: counted once, usable in every script, and in kcs.toml as they stand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from kcs.coverage.suggested import Synonym, suggested, synonym_lines
from kcs.kb.ledger import Event, new_event

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


def asks(at: float, query: str, *, answered: bool = True, session: str = "s") -> Event:
    """A search so many minutes after NOW."""
    moment = NOW + timedelta(minutes=at)
    return new_event("search", moment, query=query, answered=answered, session=session)


def opens(at: float, after: Event, article: str = "kb-one") -> Event:
    moment = NOW + timedelta(minutes=at)
    return new_event("open", moment, article=article, after=after.id, session=after.session)


def asked_twice(first: str, second: str, article: str = "kb-one") -> list[Event]:
    """The same on two days, in a terminal of its own: nothing found, asked in other words, opened."""
    found = []
    for day in (0, 24 * 60):
        again = asks(day + 1, second, session=second)
        found += [asks(day, first, answered=False, session=second), again, opens(day + 2, again, article)]
    return found


def said(events: Sequence[Event], known: Mapping[str, Sequence[str]] | None = None) -> list[tuple[str, str]]:
    return [(one.asked, one.found) for one in suggested(events, known or {})]


@pytest.mark.parametrize(
    ("first", "second", "pair"),
    [
        ("ลืมพาสเวิร์ด", "ลืมรหัสผ่าน", ("ลืมพาสเวิร์ด", "ลืมรหัสผ่าน")),
        ("รหัส otp ไม่มา", "รหัสเข้าสู่ระบบ ไม่มา", ("รหัส otp", "รหัสเข้าสู่ระบบ")),
        ("mã otp không đến?", "mã đăng nhập không đến", ("otp", "đăng nhập")),
        ("«الرسائل القصيرة» لا تصل؟", "رسائل التذكير لا تصل", ("الرسائل القصيرة", "رسائل التذكير")),
        ("पासवर्ड भूल गया", "कूटशब्द भूल गया", ("पासवर्ड", "कूटशब्द")),
        ("C++ crashes", "cpp crashes", ("c++", "cpp")),
        ("Wi-Fi's down", "network's down", ("wi-fi's", "network's")),
    ],
)
def test_words_are_whole_in_every_script(first: str, second: str, pair: tuple[str, str]) -> None:
    assert said(asked_twice(first, second)) == [pair]


def test_one_person_s_repeating_is_one_time() -> None:
    again = asks(3, "chargeback claim")
    events = [
        asks(0, "reversal claim", answered=False),
        asks(1, "reversal claim", answered=False),
        asks(2, "reversal claim", answered=False),
        again,
        opens(4, again),
        opens(5, again),
    ]
    assert not said(events)
    assert suggested(asked_twice("reversal", "chargeback"), {}) == [
        Synonym("reversal", "chargeback", "kb-one", 2)
    ]


def test_an_article_that_was_linked_from_the_hits_says_as_much_as_one_that_was_opened() -> None:
    events = asked_twice("reversal claim", "chargeback claim")
    linked = [
        one._replace(kind="link", ticket=f"ZD-{n}") if one.kind == "open" else one
        for n, one in enumerate(events)
    ]
    both = [*events, *(one for one in linked if one.kind == "link")]
    assert [said(some) for some in (linked, both)] == [[("reversal", "chargeback")]] * 2
    assert suggested(both, {})[0].times == 2


def test_what_was_asked_before_an_article_was_opened_is_another_question() -> None:
    events = []
    for day in (0, 24 * 60):
        found, other = asks(day + 1, "vpn"), asks(day + 3, "printer")
        events += [asks(day, "tunnel", answered=False), found, opens(day + 2, found)]
        # A second hit of the same search, and then something else within ten minutes.
        events += [opens(day + 2.5, found, "kb-two"), other, opens(day + 4, other, "kb-printer")]
    assert [(one.asked, one.found, one.article) for one in suggested(events, {})] == [
        ("tunnel", "vpn", "kb-one"),
        ("tunnel", "vpn", "kb-two"),
    ]


def test_a_nearest_hit_that_did_not_help_is_no_answer() -> None:
    events = []
    for day in (0, 24 * 60):
        first, second = asks(day, "tunnel", answered=False), asks(day + 2, "vpn")
        events += [first, opens(day + 1, first, "kb-far"), second, opens(day + 3, second)]
    assert said(events) == [("tunnel", "vpn")]


def test_lines_are_valid_in_kcs_toml_and_keep_what_it_says() -> None:
    known = {"Reversal": ["refund"], "otp": ["sign-in code"]}
    events = [
        *asked_twice("reversal", "chargeback"),
        *asked_twice("REVERSAL", "dispute", "kb-two"),
        *asked_twice("otp", "Sign-in Code"),
        *asked_twice('the "tunnel"', 'a \\ "vpn"'),
        *asked_twice("tick\x7fet", "wick\x7fet"),
    ]
    found = suggested(events, known)
    text = "\n".join(line for line, _ in synonym_lines(found, known))
    assert tomllib.loads(text) == {
        "Reversal": ["refund", "chargeback", "dispute"],
        "the tunnel": ["a vpn"],
        "tick\x7fet": ["wick\x7fet"],
    }
