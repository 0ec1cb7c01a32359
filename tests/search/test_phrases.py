"""Exact phrases: what an article's words say of them before it is read is never less than the truth."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from kcs.search.analysis import analyse
from kcs.search.phrases import comparable, folded, holds
from kcs.search.text import Parts

_WORDS = ("Wi-Fi", "don't", "snake_case", "_x_", "Đặt", "lại", "ลืมรหัสผ่าน", "كلمة", "المرور", "パスワード", "e\u0301t",
          "5.3", "--flag", "a\u200bb", "it", "\u201cthe", "end\u201d,", "x" * 70, "\u00a0", "(see", "below)", "ต่อWi-Fiได้", "الـWi-Fi", "Wi-Fi를", "مُحَرِّر", "المـــرور", "hòa", "HOÀ", "thu\u0309y")  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12).map(" ".join)


@given(title=_TEXTS, text=_TEXTS, data=st.data())
def test_who_holds_a_phrase_has_its_words_in_order(title: str, text: str, data: st.DataObject) -> None:
    parts = Parts(title, (), "", "", [(0, text)])
    whole = comparable(parts.text)
    assume(whole)  # blanks alone leave nothing to look for
    start = data.draw(st.integers(0, len(whole) - 1))
    phrase = whole[start : data.draw(st.integers(start + 1, len(whole)))].strip()
    if phrase and "\n" not in phrase and holds(whole, phrase):
        said = analyse(parts).record.split("\n")[1]
        assert folded(phrase) in said


def test_what_is_not_said_in_order_need_not_be_read() -> None:
    said = analyse(Parts("", (), "", "", [(0, "asks for the password")])).record.split("\n")[1]
    assert folded("for the") in said and folded("Asks, for") in said
    assert folded("for password") not in said and folded("sks for") not in said


def test_arabic_is_the_same_with_vowel_signs_and_stretched() -> None:
    for text in ("كلمة المـــرور", "كَلِمَة المُرور"):
        assert holds(comparable(text), "كلمة المرور") and holds(comparable("كلمة المرور"), text)
    assert not holds(comparable("كلمه المرور"), "كلمة المرور"), "letter for letter"


def test_vietnamese_tones_may_be_on_either_vowel() -> None:
    pairs = ("hòa hoà", "thủy thuỷ", "khỏe khoẻ", "Qũy Quỹ", "HÓA HOÁ", "tọa toạ")
    for one, other in (pair.split() for pair in pairs):
        assert holds(comparable(f"Khi {one} mạng"), f"{other} mạng") and holds(comparable(other), one)
    assert not holds(comparable("hoa mạng"), "hoà mạng") and not holds(comparable("họa mạng"), "hoà mạng")


def test_a_word_ends_where_a_script_without_blanks_begins() -> None:
    for phrase in ("wi-fi", "WI-FI", "ต่อWi-Fi", "Wi-Fiได้"):
        assert holds(comparable("ผู้ใช้เชื่อมต่อWi-Fiได้"), phrase)
    assert holds(comparable("使用Wi-Fi连接"), "wi-fi") and holds(comparable("ใช้ 5.3ได้"), "5.3")
    # Arabic writes its article onto a Latin word, and Korean its particles.
    for text in ("عبر الـWi-Fi", "لWi-Fi", "Wi-Fi를", "Wi-Fiも"):
        assert holds(comparable(text), "wi-fi"), text
    for text in ("xWi-Fi", "Wi-Fis", "Wi-Fi_x", "ต่อWi-Fis", "đWi-Fi"):
        assert not holds(comparable(text), "wi-fi")
    assert holds("كلمة المرور", "كلمة") and not holds("كلمات المرور", "كلما") and not holds("المرور", "مرور")
