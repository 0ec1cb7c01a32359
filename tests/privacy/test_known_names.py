"""A name that the ticket's fields give goes however the text writes it, and takes no other word with it."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.privacy import Known, find, redact


def left(text: str, *names: str) -> str:
    return redact(text, find(text, known=Known(names=names)))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        # Help desks keep names as people typed them: in capitals, or in small letters.
        ("JANE DOE", "Regards, Jane", "Regards, [name]"),
        ("jane doe", "Regards, Jane", "Regards, [name]"),
        ("mary-ann o'brien", "Mary-Ann and O'Brien", "[name] and [name]"),
        ("WILL SMITH", "it will break, says Will", "it will break, says [name]"),
        # What is small between them is a word.
        ("Ahmed bin Salman", "the recycle bin, says Salman", "the recycle bin, says [name]"),
        ("Ludwig van Berg", "a van of Mr van Berg", "a van of Mr [name] [name]"),
        # A phone turns the apostrophe.
        ("Sean O'Brien", "O’Brien wrote, Sean O‘Brien", "[name] wrote, [name]"),
        ("Sean O’Brien", "O'Brien wrote", "[name] wrote"),
        # Accents are left out in a hurry, or the field has none.
        ("José García", "jose garcia wrote, then Garcia", "[name] wrote, then [name]"),
        ("Jose Garcia", "José García wrote", "[name] wrote"),
        ("Łukasz Żak", "Lukasz Zak wrote", "[name] wrote"),
        ("Nguyễn Văn Thành", "Toi la Nguyen Van Thanh, anh Thanh", "Toi la [name], anh [name]"),
        ("Nguyễn Văn Thành", "NGUYEN VAN THANH đã gọi", "[name] đã gọi"),
        # Where a text has accents, a word without them is another.
        ("Nguyễn Văn Thành", "Thanh toán cho Thành", "Thanh toán cho [name]"),
        # Arabic is written without hamzas and vowel signs; the last letter varies.
        ("أحمد علي", "كتب احمد علي", "كتب [name]"),
        ("أحمد علي", "كتب احمد", "كتب [name]"),
        ("احمد سالم", "كتب أحمد", "كتب [name]"),
        ("محمد سالم", "قال مُحمَّد ومُحمَّد", "قال [name] [name]"),
        ("مصطفى علي", "كتب مصطفي على", "كتب [name]"),
        ("فاطمة سالم", "كتبت فاطمه سالم", "كتبت [name]"),
        # The name Ali and the word "on" are apart by two dots.
        ("أحمد علي", "المشكلة على الجهاز", "المشكلة على الجهاز"),
        # Abdullah is one word or two, and half of it stands in "God willing".
        ("عبد الله سالم", "كتب عبدالله سالم، إن شاء الله", "كتب [name]، إن شاء الله"),
        ("سالم عبدالله", "كتب سالم عبد الله ثم عبد الله", "كتب [name] ثم [name]"),
        ("عبدو سالم", "كتب عبد و سالم", "كتب عبد و [name]"),
        # Mail programs put quotes and a department around a name, and the last name first.
        ("'Jane Doe'", "jane doe wrote, says Jane", "[name] wrote, says [name]"),
        ("Doe, Jane (Finance)", "JANE DOE of (Finance), or doe, jane", "[name] of (Finance), or [name]"),
        # Markdown emphasises with signs that are parts of words elsewhere.
        (
            "Jane Doe",
            "_Jane_, __Jane Doe__ and **Doe**, not my_Jane_x",
            "_[name]_, __[name]__ and **[name]**, not my_Jane_x",
        ),
        # Thai tones are no accents.
        ("น้องนิด ใจดี", "ถามน้องนิด แล้วน่องนิด", "ถาม[name] แล้วน่องนิด"),
    ],
)
def test_a_name_however_it_is_written(name: str, text: str, expected: str) -> None:
    for given_name in (name, normalize("NFD", name)):
        for written in (text, normalize("NFD", text)):
            assert normalize("NFC", left(written, given_name)) == normalize("NFC", expected)


@pytest.mark.parametrize(
    ("mail", "text", "expected"),
    [
        ("jane.doe@corp.com", r"CORP\Jane.Doe, C:\Users\jane.doe.", r"CORP\[name], C:\Users\[name]."),
        ("jane.doe@corp.com", "jane.doe@corp.com and jane.doe@home.net", "[email] and [email]"),
        ("jane.doe@corp.com", "jane.doe.local, my.jane.doe", "jane.doe.local, my.jane.doe"),
        ("j.doe@corp.com", "CORP\\j.doe", "CORP\\[name]"),
        ("printer@corp.com", "the printer hums", "the printer hums"),
    ],
)
def test_the_name_of_a_user_is_the_name_in_the_address(mail: str, text: str, expected: str) -> None:
    assert redact(text, find(text, known=Known(mails=(mail,)))) == expected


@given(st.text(max_size=12), st.text(max_size=30))
def test_no_name_is_too_odd(name: str, text: str) -> None:
    found = left(f"{text} {name} {text}", name, f"{name} {name}")
    assert isinstance(found, str)
