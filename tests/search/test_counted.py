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
    assert of("the password") == pytest.approx({" pas": 7 / 3, "sswo": 7 / 3, "ord ": 7 / 3})
    assert of("the passwords") == pytest.approx({" pas": 2, "sswo": 2, "ords": 2, "rds ": 2})


def test_a_short_word_is_counted_whole() -> None:
    assert of("the mail") == {" mai": 1, "mail": 1, "ail ": 1}
    assert of("the vpn") == {" vpn": 1, "vpn ": 1}
    assert of("the x") == {" x ": 1}


def test_a_mistyped_word_is_counted_whole_and_by_what_it_may_be() -> None:
    """Any of its grams may be the one without the slip."""
    counted = of("the passwrd", passwrd=("password",))
    assert {gram for gram, weight in counted.items() if weight == 1} == {
        " pas", "pass", "assw", "sswr", "swrd", "wrd ",
    }  # fmt: skip
    assert {gram for gram, weight in counted.items() if weight == MEANT_GRAM} == {"sswo", "swor", "word"}


@pytest.mark.parametrize("text", ["serviceCatalog", "รีเซ็ต password", "كلمة password", "كلمة المرور"])
def test_a_name_alone_or_among_other_scripts_is_counted_whole(text: str) -> None:
    """It is all there is to go by. Of an Arabic word, what is before and after its stem changes."""
    assert set(of(text).values()) == {1.0} and len(of(text)) > 6


@given(st.text("abcdefgh", min_size=1, max_size=40).filter(lambda word: word not in ("a", "be", "had", "he")))
def test_a_words_grams_weigh_as_many_as_it_has(word: str) -> None:
    """The measure of the most that an article can score rests on it. A gram that comes twice counts once."""
    counted = of(f"the {word}")
    padded = f" {word} "
    assert all(gram in padded for gram in counted)
    assert padded[:4] in counted and padded[-4:] in counted
    assert sum(counted.values()) <= max(len(padded) - 3, 1) + 1e-6
    assert min(counted.values(), default=1) >= 1


def test_the_most_an_article_can_score_counts_all_of_a_words_grams() -> None:
    """However few are looked for, how well an article does is measured as before."""
    vocabulary = vocabulary_of([analyse_text("", "password"), analyse_text("", "mailbox")])
    assert ask("password mailbox", vocabulary).possible == pytest.approx(2 * rarity(1, 2) + 7 + 6 + 1)
