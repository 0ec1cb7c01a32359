"""Our stemmer against Snowball's own: the same stem for every word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcs.search.analysis.english import english_stem, singular

PROJECT = Path(__file__).parents[2]
# What its rules look for, and letters between.
RULES = (
    "arsen commun emerg gener inter later organ past univers ' 's s' ied ies sses ss us s succ proc exc even cann inn "
    "earr herr out y yy eed ed ing edly eedly ingly bb tt ll at bl iz anci enci ogi li bli abli alli fulli lessli ousli "
    "entli aliti biliti iviti tional ational alism ation ization izer ator iveness fulness ousness ogist icate ative "
    "alize iciti ical ful ness ic ance able ion ement ment ent e l a o b x w th sk é я 7 _"
)


def theirs(word: str) -> str:
    from snowballstemmer.english_stemmer import EnglishStemmer

    stem: str = EnglishStemmer().stemWord(word)
    return stem


@settings(max_examples=1500)
@given(st.lists(st.sampled_from(RULES.split()), max_size=5).map("".join))
def test_words_of_what_its_rules_look_for(word: str) -> None:
    assert english_stem(word) == theirs(word)


@settings(max_examples=500)
@given(st.text("aeiouysbdlntg'", max_size=8))
def test_words_of_any_letters(word: str) -> None:
    assert english_stem(word) == theirs(word)


@pytest.mark.parametrize("page", ["docs", "templates", "README.md"])
def test_words_as_people_write_them(page: str) -> None:
    top = PROJECT / page
    files = [top] if top.is_file() else [*top.rglob("*.md")]
    words = {word for file in files for word in re.findall(r"[\w']+", file.read_text("utf-8").lower())}
    assert {word: english_stem(word) for word in words} == {word: theirs(word) for word in words}


@pytest.mark.parametrize(
    "words", ["skis skies dying idly gently news howe inning outing cannings exceed proceeded"]
)
def test_words_that_are_like_no_other(words: str) -> None:
    for word in words.split():
        assert english_stem(word) == theirs(word)


@pytest.mark.parametrize(
    ("word", "one"),
    [("vms", "vm"), ("vpns", "vpn"), ("pcs", "pc"), ("https", "https"), ("css", "css"), ("ts", "ts"), ("v4s", "v4s"), ("apis", "apis"), ("мs", "мs")],
)  # fmt: skip
def test_several_of_what_has_no_vowel(word: str, one: str) -> None:
    assert singular(word) == one
