"""Snippets: the right piece, marked, cut where every script can be cut, and never wider than asked."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.search.analysis.english import english_stem
from kcs.search.analysis.spans import marks, words
from kcs.search.borders import cells, is_border
from kcs.search.finding import Finder
from kcs.search.snippets import Found, Snippet, cut

ENGLISH = (
    "Outlook asks for the password\nevery few minutes. "
    * 3
    + "Then nothing happens for a while. Finally the server says that the account is locked, and a password loop "
    "begins, which ends after a restart. " + "More text follows here. " * 10
)
THAI = (
    "เมื่อลูกค้าลืมรหัสผ่านของตนเอง ให้เปิดหน้าเข้าสู่ระบบแล้วกดลืมรหัสผ่าน ระบบจะส่งอีเมลพร้อมลิงก์สำหรับตั้งรหัสผ่านใหม่ภายในห้านาที "
    "ถ้าไม่ได้รับอีเมลให้ตรวจสอบกล่องจดหมายขยะ "
) * 3
ARABIC = (
    "عند نسيان كلمة المرور، افتح صفحة تسجيل الدخول ثم اضغط على نسيت كلمة المرور. سيرسل النظام رسالة تحتوي على رابط "
    "إعادة تعيين كلمة المرور خلال خمس دقائق. "
) * 3
JAPANESE = (
    "パスワードを忘れた場合は、ログイン画面で「パスワードを忘れた」を押してください。システムからメールが届きます。"
    * 3
)


def found(text: str, *words: str) -> list[Found]:
    return [
        Found(*m.span(), word) for word in words for m in re.finditer(re.escape(word), text, re.IGNORECASE)
    ]


def test_where_most_of_the_words_stand_together() -> None:
    snippet = cut(ENGLISH, found(ENGLISH, "password", "loop"), 90)
    assert "[password loop] begins" in snippet.marked("[", "]")
    assert "\n" not in snippet.text and snippet.text[0] == snippet.text[-1] == "…"


def test_words_that_stand_far_apart_do_not_count_together() -> None:
    filler = "More text follows here. " * 10
    text = f"First the sync fails. {filler}Then a password loop begins. {filler}Last the server restarts. {filler}"
    snippet = cut(text, found(text, "sync", "password", "loop", "server"), 90)
    assert "[password loop]" in snippet.marked("[", "]")


@pytest.mark.parametrize("width", [20, 40, 60, 100, 180])
@pytest.mark.parametrize(
    ("text", "word"), [(ENGLISH, "loop"), (THAI, "รหัสผ่านใหม่"), (ARABIC, "إعادة"), (JAPANESE, "メール")]
)
def test_cut_in_every_script(text: str, word: str, width: int) -> None:
    snippet = cut(text, found(text, word), width)
    assert word in snippet.text and cells(snippet.text) <= width
    assert all(snippet.text[slice(*one)].casefold() == word.casefold() for one in snippet.marks)
    inner = snippet.text.strip("…")
    whole = " ".join(text.split())
    start = whole.index(inner)
    assert is_border(whole, start) and is_border(whole, start + len(inner))


def test_arabic_stays_in_its_order_and_its_words_whole() -> None:
    snippet = cut(ARABIC, found(ARABIC, "المرور"), 60)
    assert set(snippet.text.strip("…").split()) <= set(ARABIC.split())
    assert snippet.text.strip("…") in " ".join(ARABIC.split())


def test_thai_is_never_cut_between_a_consonant_and_what_is_written_on_it() -> None:
    for width in range(12, 120):
        for place in range(0, len(THAI) // 3, 5):
            inner = cut(THAI, [Found(place, place + 3, "x")], width).text.strip("…")
            assert not unicodedata.combining(inner[0]) and inner[-1] not in "เแโใไ"


def test_signs_of_several_characters_stay_whole() -> None:
    text = "👩‍👩‍👧‍👦" * 40 + "🇹🇭" * 40 + "é" * 0 + "क्षि" * 40
    for width in range(10, 60, 3):
        for place in range(0, len(text), 17):
            inner = cut(text, [Found(place, place + 1, "x")], width).text.strip("…")
            assert inner[:1] not in ("\u200d", "\u093f", "\u094d") and not inner.endswith("\u200d")


def test_without_a_word_found_it_is_the_beginning() -> None:
    assert cut(ENGLISH, [], 40).text.startswith("Outlook asks for the password every")
    assert cut("", []) == Snippet("") and cut("short", []) == Snippet("short")


def test_directions_that_would_be_left_open_go() -> None:
    text = "a \u202eevil\u202c b \u2067x\u2069 \u200f\u061c c"
    assert not set("\u202e\u202c\u2067\u2069") & set(cut(text, []).text)
    assert "\u200f" in cut(text, []).text


@given(st.text(max_size=300), st.integers(8, 60), st.data())
def test_any_text(text: str, width: int, data: st.DataObject) -> None:
    places = st.integers(0, max(len(text) - 1, 0))
    pairs = data.draw(st.lists(st.tuples(places, st.integers(1, 12)), max_size=6)) if text else []
    marks = [Found(start, min(start + size, len(text)), "k") for start, size in pairs]
    snippet = cut(text, marks, width)
    assert cells(snippet.text) <= width + 2
    at = 0
    for start, end in snippet.marks:
        assert at <= start <= end <= len(snippet.text)
        at = end
    assert snippet.marked("", "") == snippet.text
    for line in snippet.lines(20):
        assert cells(line.text) <= 20 or len(line.text) == 1
    assert "".join("".join(line.text for line in snippet.lines(20)).split()) == "".join(snippet.text.split())
    assert sum(end - start for line in snippet.lines(20) for start, end in line.marks) <= len(snippet.text)
    whole, first = snippet.lines(20), snippet.first_lines(20, 2)
    assert first[:1] == whole[:1] and len(first) <= 2 and all(cells(line.text) <= 20 for line in first)
    assert first == whole if len(whole) <= 2 else first[1].text.endswith("\u2026")
    assert all(end <= len(line.text) for line in first for _, end in line.marks)


@given(st.text("abdeinsy AX-_./:'(5)®™“’…é\u0e01\u0e32\n", max_size=60), st.data())
def test_what_may_hold_a_term_is_looked_at_closely(text: str, data: st.DataObject) -> None:
    known = sorted({term for _, _, term in words(text)} | {"na", "ab5", "5.5", "--a"})
    terms = frozenset(data.draw(st.lists(st.sampled_from(known), max_size=4)))
    at, expected = 0, []
    for word in text.split():
        at = text.index(word, at)
        expected += [(at + start, at + end) for start, end in marks(word, terms)]
        at += len(word)
    assert [(one.start, one.end) for one in Finder(terms)(text)] == expected
    assert Finder(terms).stands_in(text) == bool(expected)


def test_a_mark_of_rights_between_two_parts_is_no_part_of_the_term() -> None:
    assert [one.key for one in Finder({"55"})("5\u21225 or 5 5")] == ["5\u21225"]


def test_a_word_that_begins_otherwise_than_its_stem_is_marked() -> None:
    assert [one.key for one in Finder({"die"})("The disk is dying: it dies, then it died.")] == [
        "dying",
        "dies",
        "died",
    ]


@pytest.mark.parametrize(
    ("text", "asked", "there"),
    [
        ("\u0e40\u0e40ล้วกด\u0e40\u0e40ก้ไขรหัสผ่าน\u0e40\u0e40ละ", "แก้ไข", "\u0e40\u0e40ก้ไข"),
        ("เติมน\u0e4d\u0e49\u0e32มันที่หน้าร้าน", "น้ำมัน", "น\u0e4d\u0e49\u0e32มัน"),
        ("เติมน\u0e49\u0e4d\u0e32มันที่หน้าร้าน", "น้ำมัน", "น\u0e49\u0e4d\u0e32มัน"),
        ("xin-ma\u0302\u0323t\u2026", "mật", "ma\u0302\u0323t"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af-wifi", "wifi", "wifi"),
        ("\u039f\u0394\u039f\u03a3-wifi", "wifi", "wifi"),
    ],
)
def test_a_letter_spelt_otherwise_moves_no_mark(text: str, asked: str, there: str) -> None:
    """Thai has no blanks: where one letter was not told from what it was typed as, the whole sentence was one mark."""
    inner = {term for _, _, term in words(asked) if not term.startswith("^") and not term.endswith("$")}
    assert [text[start:end] for start, end in marks(text, inner | {f"^{asked}$"})] == [there]


@given(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12),
    st.sampled_from(["", "s", "ied", "ying", "ation"]),
)
def test_words_begin_as_their_stems_do(start: str, end: str) -> None:
    word = start + end
    stem = english_stem(word)
    assert word.startswith(stem[:3] if len(stem) > 3 else stem[:2]) or (stem[1:], word[1]) == ("ie", "y")
