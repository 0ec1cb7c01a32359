"""The query language: whatever is typed or pasted is taken apart, and what is no part of the language is words."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.errors import UsageProblem
from kcs.search.filters import days
from kcs.search.language import FIELDS, MOST_SIGNS, Condition, Query, parse, spelt


def test_every_form_of_it() -> None:
    query = parse(
        ['"exact phrase" not:term', "product:rackspace-email", "tag:imap", "changed:>2020-01-01", "lang:th"]
    )
    assert query.words == "exact phrase"
    assert query.phrases == ("exact phrase",)
    assert query.without == ("term",)
    assert query.conditions == (
        Condition("product", "rackspace-email"),
        Condition("tag", "imap"),
        Condition("changed", ">2020-01-01"),
        Condition("lang", "th"),
    )
    assert parse('not:"two words" not:tag:imap').without == ("two words",)
    assert parse("not:tag:imap").conditions == (Condition("tag", "imap", no=True),)
    assert parse('product:"Rackspace Email" x').conditions == (Condition("product", "Rackspace Email"),)
    assert parse("language:th").conditions == (Condition("lang", "th"),)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["dat lai mat khau"], "dat lai mat khau"),  # an argument with blanks is plain words
        (["outlook", "password"], "outlook password"),
        ("tar -xzf --force", "tar -xzf --force"),  # pasted command lines take nothing away
        ('5" disk is too small', "5 disk is too small"),
        ("http://example.com/a?b=1", "http://example.com/a?b=1"),
        ("ERR_CONN_RESET: -101", "ERR_CONN_RESET: -101"),
        ("not: x", "not: x"),
        ("not:", "not:"),
        ('"never closed', "never closed"),
        ('""', ""),
        ("a\x00b\x1bc\ud800d", "a b c d"),
        ("", ""),
    ],
)
def test_everything_else_is_words(typed: str | list[str], words: str) -> None:
    query = parse(typed)
    assert query.words == words and not (query.phrases or query.without or query.conditions)


@pytest.mark.parametrize("quoted", ['"unknown user"', "“unknown user”", "„unknown user“", "«unknown user»"])
def test_quotes_of_every_keyboard(quoted: str) -> None:
    assert parse(f"it says {quoted} twice").phrases == ("unknown user",)


def test_a_quote_closes_at_its_first_end_and_what_touches_it_is_words() -> None:
    assert parse("„unknown user“ and “no such host”").phrases == ("unknown user", "no such host")
    query = parse('"unknown user"twice')
    assert (query.words, query.phrases) == ("unknown user twice", ("unknown user",))


def test_a_word_of_the_title_also_ranks() -> None:
    assert parse("title:imap send").words == "imap send"
    assert parse("not:title:imap send").words == "send"


def test_a_misspelt_field_is_words_and_can_be_named() -> None:
    query = parse("produkt:email slow http://x https://y error:5")
    assert query.words.startswith("produkt:email") and query.unknown == ("produkt",)
    for plain in (
        "produkt: email",
        "pro-dukt:email",
        "produkt2:email",
        "prodükt:email",
        "Produkt:email",
        "ab:5",
        "x",
    ):
        assert parse(plain).unknown == (), plain
    assert parse("tga:5").unknown == ("tga",)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_without_a_value_says_what_a_value_is(field: str) -> None:
    for typed in (f"{field}:", f"{field}: x", f'{field}:""'):
        with pytest.raises(UsageProblem) as problem:
            parse(typed)
        assert field in problem.value.message and problem.value.hint
    # A shell has taken `>2020-01-01` for itself.
    with pytest.raises(UsageProblem) as problem:
        parse("changed:")
    assert "'changed:>2026-01-31'" in problem.value.hint


def test_what_a_form_calls_product_and_type_is_words() -> None:
    pasted = "Product: Outlook 2016 TYPE: problem Title:"
    query = parse(pasted)
    assert query.words == pasted and not query.conditions
    assert parse("Product:email").conditions == parse("product:email").conditions


_PIECES = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "«",
        "not:",
        "tag:",
        "title:",
        "changed:",
        " ",
        ":",
        "-",
        "a",
        "ก",
        "ا",
        "\u202e",
        "\x00",
        "\ud83d",
    ]
)


@given(st.lists(_PIECES, max_size=60).map("".join) | st.text(max_size=200))
def test_it_never_fails_but_for_a_missing_value(text: str) -> None:
    try:
        query = parse(text)
    except UsageProblem as problem:
        assert "has no value" in problem.message
        return
    assert not any(sign < " " or "\ud800" <= sign <= "\udfff" for sign in query.text)
    assert all(one.strip() == one for one in (*query.phrases, *query.without))
    again = parse(query.text)
    assert again == query or query.pasted, "what is kept of a query is that query"


@pytest.mark.parametrize(
    "typed",
    [
        ["word " * 3000, "trusted:yes", 'product:"A B"'],
        ["word " * 3000 + 'trusted:yes product:"A B"'],
        ["word " * 1999 + "yes. " + 'trusted:yes product:"A B"'],
        [*["word"] * 3000, "trusted:yes", 'product:"A B"'],
        ['it says "stop', "trusted:yes", 'product:"A B"'],
    ],
)
def test_what_a_program_passes_on_does_not_swallow_its_conditions(typed: list[str]) -> None:
    """A long question, or one with a lone quote, was asked of all articles: nobody's trust was asked for."""
    conditions = {Condition("trusted", "yes"), Condition("product", "A B")}
    assert set(parse(typed).conditions) == conditions == set(parse([*typed[-2:], *typed[:-2]]).conditions)


@pytest.mark.parametrize("pattern", ['"', 'a "', "“", "not:", "x", "tag:a ", 'not:"a" ', "a*~2 ", "ก"])
def test_a_megabyte_is_cut_and_taken_apart_at_once(pattern: str) -> None:
    begun = time.process_time()
    query = parse(pattern * (1_000_000 // len(pattern)))
    assert query.cut and MOST_SIGNS - 10 < len(query.text) <= MOST_SIGNS
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026-01-31", date(2026, 1, 31), date(2026, 1, 31)),
        ("2026-01-15", date(2026, 1, 15), date(2026, 1, 15)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        (">2026-01-31", date(2026, 2, 1), date.max),
        (">=2026-01-31", date(2026, 1, 31), date.max),
        (">2026", date(2027, 1, 1), date.max),
        ("<2026-02", date.min, date(2026, 1, 31)),
        ("<=2026-02", date.min, date(2026, 2, 28)),
        ("2025..2026-03", date(2025, 1, 1), date(2026, 3, 31)),
        ("2026-03..", date(2026, 3, 1), date.max),
        ("..2026-03", date.min, date(2026, 3, 31)),
        ("=2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("9999-12", date(9999, 12, 1), date.max),
        ("9999", date(9999, 1, 1), date.max),
        ("..0001", date.min, date(1, 12, 31)),
    ],
)
def test_days(value: str, first: date, last: date) -> None:
    assert days(value) == (first, last)


NO_DAY = ("names no day", "is not a date", "is not written as days are here", "may be two days")


@pytest.mark.parametrize(
    "value",
    [
        ">2026..2027",
        "<=2026-01..",
        "..",
        "=",
        "2026-13",
        "2026-02-30",
        "26-01-01",
        "9999999",
        "2026-01-311",
        "0000",
        ">9999-12-31",
        ">9999",
        "<0001-01-01",
        "<0001",
    ],
)
def test_what_could_be_meant_in_two_ways_or_in_none_is_no_day(value: str) -> None:
    with pytest.raises(UsageProblem, match="|".join(NO_DAY)):
        days(value)


@given(st.text("0123456789-<>=.", max_size=14))
def test_whatever_stands_for_a_day_is_two_days_or_a_sentence(value: str) -> None:
    try:
        first, last = days(value)
    except UsageProblem as problem:
        assert any(words in problem.message for words in NO_DAY)
    else:
        assert isinstance(first, date) and isinstance(last, date)


def test_a_query_is_plain_data() -> None:
    assert parse("a") == Query("a", "a")


@pytest.mark.parametrize(
    "typed", ["tag:imap", "not:tag:imap", 'product:"Rackspace Email"', 'not:owner:"J. Doe"', "lang:th"]
)
def test_what_was_understood_is_said_as_it_would_be_typed(typed: str) -> None:
    (condition,) = parse(typed).conditions
    assert spelt(condition) == typed
    assert parse(spelt(condition)).conditions == (condition,)
