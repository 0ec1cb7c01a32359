"""A heading in any language leads back to its section, and to one only."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kcs.article import headings as room
from kcs.article.headings import LANGUAGES, _folded, has_language, heading, headings, section_key, stands_for

KEYS = sorted(headings())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_every_heading_leads_back_to_its_key(key: str, language: str) -> None:
    words = heading(key, language)
    assert section_key(words) == key
    assert [one for one in KEYS if stands_for(words, one)] == [key]
    for written in (words.upper(), f"  {words}: ", f"2. {words}", normalize("NFD", words), f"**{words}**"):
        assert section_key(written) == key, written


def test_no_word_stands_for_two_sections() -> None:
    claims: dict[str, set[str]] = {}
    for key, names in room._TABLE.items():
        for words in (*names, *room._SYNONYMS.get(key, names[0]).split("|")):
            claims.setdefault(room._folded(words), set()).add(key)
    assert {words: keys for words, keys in claims.items() if len(keys) > 1} == {}
    assert set(room._SYNONYMS) <= set(room._TABLE) and "" not in claims


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Symptoms", "issue"),
        ("Problem", "issue"),
        ("SOLUTION", "resolution"),
        ("Fix", "resolution"),
        ("Root cause", "cause"),
        ("FAQ", "faq"),
        ("อาการ", "issue"),
        ("วิธีแก้ปัญหา", "resolution"),
        ("Nguyen nhan", "cause"),  # typed without its marks
        ("CÁCH KHẮC PHỤC", "resolution"),
        ("Giải pháp", "resolution"),
        ("Triệu chứng", "issue"),
        ("الأعراض", "issue"),
        ("الاسباب", "cause"),  # without its hamza
        ("الحـــل", "resolution"),  # stretched
        ("المشكله", "issue"),
        ("Prerequisites", "before_you_begin"),
        ("Notes on cats", None),
        ("", None),
        ("---", None),
    ],
)
def test_what_people_also_write(words: str, key: str | None) -> None:
    assert section_key(words) == key
    assert [one for one in KEYS if stands_for(words, one)] == ([key] if key else [])


def test_a_language_without_headings_gets_the_english() -> None:
    assert heading("issue", "fr") == "Issue" == heading("issue", "en-GB")
    assert heading("issue", "TH-th") == "ปัญหา" and heading("issue", "ar-EG") == "المشكلة"
    assert has_language("vi-VN") and not has_language("fr") and not has_language("")
    with pytest.raises(KeyError):
        heading("nonsense")


@given(st.text(max_size=40))
def test_any_text_is_a_heading_or_none(words: str) -> None:
    assert section_key(words) in (None, *KEYS)


@given(st.text(st.characters(max_codepoint=127), min_size=1))
def test_ascii_is_folded_as_all_else_is(words: str) -> None:
    assume(any(sign.isalpha() for sign in words))
    assert _folded(words) == _folded(f"{words}ก").removesuffix("ก")
