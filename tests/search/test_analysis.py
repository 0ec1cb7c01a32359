"""Text to terms: every script, every fold, every kind of identifier."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.article.letters import normal
from kcs.search.analysis import analyse_text, folds
from kcs.search.analysis.scripts import runs
from kcs.search.analysis.spans import marks, words
from kcs.search.analysis.words import LONGEST_WORD, PIECES, taken_apart

# A sample of every 16 characters of Unicode, so that every block is there, and what is hard about each script.
EVERYTHING = st.one_of(
    st.text(),
    st.text(st.characters(min_codepoint=0x80, codec="utf-8")),
    st.text(
        st.sampled_from("aZ_09.-/'\\@: \nđảอ่ำํเแ\u0e4d\u0e32\u200b\u00adالةىـ日かㄅ한ลาວກမ्हिﷺﬁ²½\x00\u202e")
    ),
)


def terms(text: str) -> set[str]:
    found = analyse_text("", text)
    return {*found.words, *found.clusters}


@pytest.mark.parametrize(
    ("article", "question"),
    [
        ("resetting the passwords", "password reset"),
        ("đặt lại mật khẩu", "dat lai mat khau"),
        ("đặt lại mật khẩu", "ĐẶT LẠI MẬT KHẨU"),
        ("dat lai mat khau", "dat lại mat khẩu"),
        ("Straße in İstanbul, Łódź", "strasse lodz"),
        ("إعادة تعيين كلمة المرور", "اعاده تعيين كلمه مرور"),
        ("الْمُرُور وَالشَّبَكَة", "مرور شبكه"),
        ("کلمه گذرواژه", "كلمة كذرواژه"),
        ("ตั้งค่ารหัสผ่านใหม่", "ตั้งค่ารหัสผ่านใหม่"),
        ("น้ำ", "น\u0e49\u0e4d\u0e32"),
        ("แก้", "เเก้"),
        ("日本語の設定", "設定"),
        ("비밀번호 재설정", "비밀번호"),
        ("ລະຫັດຜ່ານ", "ລະຫັດ"),
        ("पासवर्ड रीसेट करें", "पासवर्ड"),
        ("сброс пароля", "пароля"),
        ("επαναφορά κωδικού", "ΚΩΔΙΚΟΎ"),
        ("port ٥٨٧ and ๕๘๗", "587"),
        ("ｐａｓｓｗｏｒｄ ﬁle", "password file"),
        ("pass\u00adword \u200bwi\u200bndow", "password window"),
        ("Zimbra™, Outlook® and Acme℠", "zimbra outlook acme"),
        ("wi-\u200bfi, my.\u200bcnf, ＷＩ－ＦＩ", "wifi mycnf"),
    ],
)
def test_the_same_in_other_spelling(article: str, question: str) -> None:
    wanted = [PIECES[word] for word in question.split()]
    have = terms(article)
    for word in wanted:
        assert {*word.words, *word.clusters} & have, (word, have)


@given(
    st.text(st.sampled_from("aZ_09.-/'\"\\@:+#*(<|{~,é่"), max_size=12)
    | st.from_regex(r"[!-/:-@\[-`{-~]{0,3}[A-Za-z]{1,70}[!-/:-@\[-`{-~]{0,3}", fullmatch=True)
)
def test_what_is_around_a_word_says_nothing_of_it(text: str) -> None:
    assert PIECES[text] == taken_apart(text)


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("ERR_CONN_RESET", "err_conn_reset", {"err", "conn", "reset"}),
        ("0x80070005", "0x80070005", {"80070005"}),
        ("v4.3.1", "v431", {"v4", "4", "3", "1", "431", "4.3."}),
        ("Office365", "office365", {"offic", "365"}),
        ("parseJSONBody", "parsejsonbodi", {"pars", "json", "bodi"}),
        ("my.cnf", "mycnf", {"cnf"}),
        ("--force", "--force", {"forc"}),
        ("PHP-5.3 5.6", "5.6", {"php53", "5", "6"}),
        ("--no-cache", "--no-cache", {"nocache", "cach"}),
        ("wi-fi", "wifi", {"wi", "fi"}),
        ("tenantId", "tenantid", {"tenant", "id"}),
        ("/etc/my.cnf", "etcmycnf", {"etc", "cnf"}),
        ("192.168.1.1", "19216811", {"192", "168", "1"}),
        ("max_allowed_packet", "max_allowed_packet", {"max", "allow", "packet"}),
        ("jd@acme.example", "jdacmeexample", {"jd", "acm", "exampl"}),
    ],
)
def test_identifiers_whole_and_in_parts(text: str, whole: str, parts: set[str]) -> None:
    assert {whole, *parts} <= terms(f"See ({text}), please.")


def test_no_word_where_an_apostrophe_is_one() -> None:
    assert "dont" not in terms("Don't")


def test_emphasis_never_glues() -> None:
    assert terms("_note_ and __init__") == {"note", "init"}


def test_hindi_words_stay_whole() -> None:
    assert [run.text for run in runs(normal("पासवर्ड रीसेट"))] == ["पासवर्ड", "रीसेट"]


def test_arabic_and_thai_punctuation_is_outside() -> None:
    assert [run.text for run in runs(normal("كيف؟ نعم، لا؛ ฿ราคาฯ"))] == ["كيف", "نعم", "لا", "ราคา"]


def test_a_title_counts_and_comes_first_in_the_record() -> None:
    found = analyse_text("Reset a Password", "The password of a phone. A phone, a phone!")
    lines = found.record.split("\n")
    assert lines[0] == " reset a password "
    assert lines[1] == " reset a password the password of a phone a phone a phone "
    assert [set(line.split()) for line in lines[2:]] == [{"reset"}, {"password"}, {"phone"}, set()]


def test_no_record_line_without_its_blanks() -> None:
    assert analyse_text("", "").record == "  \n  \n  \n  \n  \n  "


@given(EVERYTHING)
def test_any_text_has_terms_that_engines_take(text: str) -> None:
    found = analyse_text(text[:20], text)
    for term in (*found.words, *found.clusters):
        assert term and not any(sign.isspace() for sign in term)
        assert len(term) <= 4 * LONGEST_WORD
    assert all(count > 0 for count in (*found.words.values(), *found.clusters.values()))
    assert found.record.count("\n") == 5


@given(EVERYTHING)
def test_normal_is_stable(text: str) -> None:
    once = normal(text)
    assert [run.text for run in runs(normal(once))] == [run.text for run in runs(once)]


@given(EVERYTHING)
def test_clusters_lose_nothing(text: str) -> None:
    assert "".join(folds.clusters(text)) == text


@given(EVERYTHING)
def test_spans_tell_all_terms_and_lie_inside(text: str) -> None:
    found = list(words(text))
    assert {term for _, _, term in found} == terms(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in found)
    wanted = {term for _, _, term in found}
    spans = marks(text, wanted)
    assert all(end < start for (_, end), (start, _) in pairwise(spans))


def test_marks_name_the_words_as_they_are_spelt() -> None:
    text = "Đặt lại MẬT KHẨU ﬁle, Passwords. ฉันรีเซ็ตรหัสผ่านไม่ได้"
    wanted = terms("mat khau file password") | {*folds.cluster_pairs("รหัสผ่าน")}
    assert [text[start:end] for start, end in marks(text, wanted)] == [
        "MẬT",
        "KHẨU",
        "ﬁle",
        "Passwords",
        "รหัสผ่าน",
    ]
