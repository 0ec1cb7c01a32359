"""Titles and the names of files: every script, every system, never too long, never taken."""

from __future__ import annotations

import re
from unicodedata import category, normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kcs.authoring.naming import MAX_BYTES, clean_title, file_name, slug
from kcs.errors import UsageProblem

ID = "kb-7f3q9xk2"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Outlook 2013 keeps asking!", "outlook-2013-keeps-asking"),
        ("Don't  panic / retry", "dont-panic-retry"),
        ("อีเมลส่งไม่ออก (Outlook)", "อีเมลส่งไม่ออก-outlook"),
        ("Không gửi được thư", "không-gửi-được-thư"),
        ("لا أستطيع تسجيل الدخول", "لا-أستطيع-تسجيل-الدخول"),
        ("مُحَمَّد", "مُحَمَّد"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-article"),
        ("LPT1", "lpt1-article"),
        ("a\u200db \U0001f44d\U0001f3fd", "ab"),
        ("🎉🎉", ""),
        ("C:\\x <y> | z?*", "c-x-y-z"),
    ],
)
def test_slugs(title: str, name: str) -> None:
    assert slug(title) == name


def test_a_name_is_cut_between_words_else_between_letters() -> None:
    words = slug("password " * 40)
    assert len(words.encode()) <= MAX_BYTES and words.endswith("password")
    thai = slug("ที่" * 60, 100)  # three characters that are one to a reader: 9 bytes
    assert thai == "ที่" * 11
    assert slug("กำ" * 40, 50) == "กำ" * 8  # SARA AM belongs to the letter before it
    assert slug("क्ष" * 40, 50) == "क्ष" * 5  # a virama joins what follows


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=5))
@example("ﬁ" * 200, [])
@example("\u0345" * 300, [])
def test_every_name_is_safe_everywhere(title: str, taken: list[str]) -> None:
    name = file_name(title, ID, "solution", taken)
    assert len(name.encode()) <= MAX_BYTES and name == normalize("NFC", name)
    assert re.search(r'[\x00-\x20\x7f<>:"/\\|?*]', name) is None
    assert not name.startswith((".", "-")) and name.endswith("-9xk2.md")
    assert category(name[0])[0] in "LMN"
    assert file_name(title, ID, "solution", [name]) != name


def test_case_and_composition_make_no_second_name() -> None:
    first = file_name("Café", ID, "x", [])
    for there in (first.upper(), normalize("NFD", first)):
        assert file_name("Café", ID, "x", [there]) == "café-9xk2-2.md"
    assert file_name("🎉", ID, "solution", []) == "solution-9xk2.md"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("", "needs words"),
        (" \n ", "needs words"),
        ("...", "needs words"),
        ("a\x07b", "U+0007"),
        ("a\x1b[31m", "U+001B"),
        ("abc\u202edef", "U+202E"),
        ("a\udc80", "U+DC80"),
        ("a\uf04a", "U+F04A"),
        ("a\ufdd0b\uffff", "U+FDD0"),
        ("x" * 501, "501 characters"),
    ],
)
def test_what_is_no_title(title: str, words: str) -> None:
    with pytest.raises(UsageProblem, match=re.escape(words)):
        clean_title(title)


def test_blanks_and_line_ends_become_one_blank() -> None:
    assert clean_title("  a\n b\t c ") == "a b c"
    assert clean_title("a \U0002fe00 b") == "a \U0002fe00 b", "an emoji that this Python does not know yet"
    assert clean_title("x" * 300) == "x" * 300 and clean_title("🎉 party") == "🎉 party"
