"""The vocabulary: the same numbers after any changes, and all that lies at one edit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcs.search.analysis import analyse_text
from kcs.search.analysis.vocabulary import DamagedVocabulary, Vocabulary, is_one_edit
from kcs.search.model import Terms
from tests.search.vocabularies import vocabulary_of

TEXTS = (
    "reset the password of a phone",
    "đặt lại mật khẩu",
    "ตั้งรหัสผ่าน",
    "كلمة المرور",
    "a phone and a password",
)
WORDS = st.dictionaries(st.text("abcé0", min_size=1, max_size=4), st.integers(1, 3), max_size=8)


def entry(words: dict[str, int]) -> Terms:
    return Terms(words, {}, " \n abc \n  \n  \n ")


def test_counts_articles_not_occurrences() -> None:
    made = vocabulary_of(analyse_text("", text) for text in TEXTS)
    assert (made.known("password"), made.known("phone"), made.known("reset"), made.known("nothing")) == (
        2,
        2,
        1,
        0,
    )
    assert made.known("หัส") == made.known("รหั") == 1
    assert made.total == len(TEXTS)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6), st.data())
def test_changes_end_where_a_new_start_does(
    old: list[dict[str, int]], new: list[dict[str, int]], data: st.DataObject
) -> None:
    made = Vocabulary.from_bytes(vocabulary_of(map(entry, old)).to_bytes())
    gone = data.draw(st.sets(st.sampled_from(range(len(old))))) if old else set()
    for number in gone:
        made.remove(entry(old[number]))
    for words in new:
        made.add(entry(words))
    left = [words for number, words in enumerate(old) if number not in gone] + new
    assert {word: made.known(word) for words in left for word in words} == {
        word: sum(word in one for one in left) for words in left for word in words
    }
    assert made.to_bytes() == vocabulary_of(map(entry, left)).to_bytes()
    assert Vocabulary.from_bytes(made.to_bytes()).average == made.average


@given(
    st.sets(st.text("abcdé", min_size=3, max_size=6), max_size=30), st.text("abcdé", min_size=3, max_size=6)
)
def test_near_finds_all_at_one_edit(known: set[str], word: str) -> None:
    made = vocabulary_of([entry(dict.fromkeys(known, 1))])
    assert set(made.near(word, most=100)) == {one for one in known if is_one_edit(word, one)}
    written = Vocabulary.from_bytes(made.to_bytes())
    assert written.near(word, most=100) == made.near(word, most=100)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("pasword", "password", True), ("passwrod", "password", True), ("passwort", "password", True),
        ("password", "password", False), ("pasowrd", "password", False), ("ab", "ba", True), ("", "a", True),
    ],
)  # fmt: skip
def test_one_edit(one: str, other: str, near: bool) -> None:
    assert is_one_edit(one, other) is is_one_edit(other, one) is near


def test_near_in_every_script_that_has_words() -> None:
    made = vocabulary_of(
        analyse_text("", text) for text in ("password", "mật khẩu", "المرور", "пароль", "รหัส")
    )
    assert made.near("passwrd") == ["password"]
    assert made.near("khao") == ["khau"]
    assert made.near("مروور") == ["مرور"]
    assert made.near("порoль".replace("o", "о")) == ["пароль"]
    assert made.near("รหัพ") == []


def test_near_is_what_is_known_by_now() -> None:
    made = vocabulary_of([analyse_text("", "password")])
    assert made.near("passwort") == ["password"]
    made.add(analyse_text("", "passport"))
    assert made.near("passwort") == ["passport", "password"]
    made.remove(analyse_text("", "password"))
    assert made.near("passwort") == ["passport"]


def test_split() -> None:
    made = vocabulary_of(analyse_text("", "passwords reset") for _ in range(2))
    assert made.split("passwordreset") == ("password", "reset")
    assert made.split("passwordsreset") == ("passwords", "reset")
    assert made.split("password") == ()


@pytest.mark.parametrize("raw", [b"", b"kcv2", b"kcv1" + bytes(40), b"kcv2" + bytes(17), bytes(100)])
def test_damage_is_told(raw: bytes) -> None:
    with pytest.raises(DamagedVocabulary):
        Vocabulary.from_bytes(raw)


def test_cut_off_is_damage() -> None:
    raw = vocabulary_of(analyse_text("", text) for text in TEXTS).to_bytes()
    for size in range(len(raw)):
        with pytest.raises(DamagedVocabulary):
            Vocabulary.from_bytes(raw[:size])


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 9_999), max_size=3_000), st.sets(st.integers(0, 9_999), max_size=3_000))
def test_a_table_of_many_chunks_changes_as_a_dictionary_does(old: set[int], new: set[int]) -> None:
    first = {f"word{number * 7919 % 9973:05} it".replace(" ", "-"): 1 for number in old}
    second = {f"word{number * 7919 % 9973:05} it".replace(" ", "-"): 1 for number in new}
    made = vocabulary_of([entry(first), entry({"early": 1})])
    written = Vocabulary.from_bytes(made.to_bytes())
    written.add(entry(second))
    written.remove(entry(first))
    kept = Vocabulary.from_bytes(written.to_bytes())
    words = first | second
    assert {word: kept.known(word) for word in words} == {word: int(word in second) for word in words}
    assert kept.starting("word", 9_999) == sorted(second)
    assert kept.starting("word012", 9_999) == [word for word in sorted(second) if word.startswith("word012")]
    assert sorted(kept._ending("7-it")) == [word for word in sorted(second) if word.endswith("7-it")]
