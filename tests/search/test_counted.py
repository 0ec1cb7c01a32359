"""Which letters of a question's words are counted when ranking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.article.letters import normal
from kcs.search.analysis import analyse_text
from kcs.search.analysis.counted import MEANT_GRAM, grams
from kcs.search.analysis.query import ask
from kcs.search.analysis.scripts import runs
from kcs.search.analysis.wanted import rarity
from tests.search.vocabularies import vocabulary_of


def of(text: str, **near: tuple[str, ...]) -> dict[str, float]:
    return grams(list(runs(normal(text))), near)


def test_a_known_word_is_counted_by_every_third_gram() -> None:
    """They weigh as much as all seven: another word of the question has no more to say for being counted whole."""
    assert of("password") == pytest.approx({" pas": 7 / 3, "sswo": 7 / 3, "ord ": 7 / 3})
    assert of("passwords") == pytest.approx({" pas": 2, "sswo": 2, "ords": 2, "rds ": 2})


def test_a_short_word_is_counted_whole() -> None:
    assert of("mail") == {" mai": 1, "mail": 1, "ail ": 1}
    assert of("vpn") == {" vpn": 1, "vpn ": 1}
    assert of("x") == {" x ": 1}


def test_a_mistyped_word_is_counted_whole_and_by_what_it_may_be() -> None:
    """Any of its grams may be the one without the slip."""
    counted = of("passwrd", passwrd=("password",))
    assert {gram for gram, weight in counted.items() if weight == 1} == {
        " pas", "pass", "assw", "sswr", "swrd", "wrd ",
    }  # fmt: skip
    assert {gram for gram, weight in counted.items() if weight == MEANT_GRAM} == {"sswo", "swor", "word"}


def test_an_arabic_word_is_counted_whole() -> None:
    """What is before and after its stem changes."""
    assert set(of("المرور").values()) == {1.0} and len(of("المرور")) == 5


@given(st.text("abcdefgh", min_size=1, max_size=40).filter(lambda word: word not in ("a", "be", "had", "he")))
def test_a_words_grams_weigh_as_many_as_it_has(word: str) -> None:
    """The measure of the most that an article can score rests on it. A gram that comes twice counts once."""
    counted = of(word)
    padded = f" {word} "
    assert all(gram in padded for gram in counted)
    assert padded[:4] in counted and padded[-4:] in counted
    assert sum(counted.values()) <= max(len(padded) - 3, 1) + 1e-6
    assert min(counted.values(), default=1) >= 1


def test_the_most_an_article_can_score_counts_all_of_a_words_grams() -> None:
    """However few are looked for, how well an article does is measured as before."""
    vocabulary = vocabulary_of([analyse_text("", "password"), analyse_text("", "other")])
    assert ask("password", vocabulary).possible == pytest.approx(rarity(1, 2) + 7)
