"""An article is in the language of its title, and of what it is made from, without anybody saying so."""

from __future__ import annotations

import shlex
from unicodedata import normalize

import pytest

from kcs.authoring.language import guess_language
from tests.conftest import Base, Run


@pytest.mark.parametrize(
    ("title", "language", "heading"),
    [
        ("ลูกค้าไม่ได้รับ SMS เตือน", "th", "## ปัญหา"), ("Khách không nhận được mã đăng nhập", "vi", "## Vấn đề"),
        ("لا يصلني رمز الدخول", "ar", "## المشكلة"), ("The café's printer is on fire", "", "## Issue"),
        (normalize("NFD", "Mật khẩu email của khách bị lỗi"), "vi", "## Vấn đề"),
        ("VPN drops", "", "## Issue"), ("روی تلفن کار نمی‌کند", "", "## Issue"),
    ],
)  # fmt: skip
def test_a_title_says_its_language(native: Base, quick: Run, title: str, language: str, heading: str) -> None:
    made = quick("new", title, "--force", cwd=native.root)
    text = native.read(made.out.strip())
    assert (f"\nlanguage: {language}\n" in text) if language else ("language:" not in text)
    assert (f"in {language}, as its title is" in made.err) == bool(language)
    assert heading in text
    said = quick("new", title, "--force", "--language", "en", cwd=native.root)
    assert "## Issue" in native.read(said.out.strip()) and "as its title is" not in said.err


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Khach hang khong the huy lich hen tren dien thoai\n\nBam nut Huy khong co gi xay ra", "vi"),
        ("Der Drucker druckt seit heute morgen nicht mehr und blinkt nur noch rot", ""),
        ("VPN drops after ten minutes", "en"), ("My toi is in the khong", "en"),
        ("We cannot get the report for Toi & Khong Ltd.", "en"),
    ],
)  # fmt: skip
def test_plain_letters_are_told_by_small_words(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_nothing_is_written_for_a_type_with_a_slip_in_it(native: Base, quick: Run) -> None:
    before = list(native.root.rglob("*.md"))
    for slip, kind in (
        ("soluton", "solution"), ("how-too", "how-to"), ("known eror", "known-error"), ("known error", "known-error"),
    ):  # fmt: skip
        told = quick("new", *slip.split(), "The printer's on fire", cwd=native.root)
        assert told.code == 2 and not told.out and f"'{slip}' is no type of article\n" in told.err
        as_type, _, as_title = told.err.splitlines()[1].partition("; or, as words of the title: ")
        assert shlex.split(as_type) == ["kcs", "new", kind, "The printer's on fire"]
        assert shlex.split(as_title) == ["kcs", "new", f"{slip} The printer's on fire"]
    told = quick("new", "feature-breakdwn", "Shared", "calendars", cwd=native.root)
    assert told.code == 2 and "kcs new feature-breakdown 'Shared calendars'; or" in told.err
    assert quick("new", "competency-matix", "Lead", cwd=native.root).code == 2
    assert quick("new", "log-in", "fails", "--dry-run", cwd=native.root).code == 0
    assert list(native.root.rglob("*.md")) == before
    assert "kcs new how-to print" in quick("new", "how", "to", "print", "--dry-run", cwd=native.root).err
    for words in (["Printers", "on fire today"], ["soluton", "fire"], ["Solutions for printers"]):
        assert "as the type" not in quick("new", *words, "--dry-run", "--force", cwd=native.root).err


def test_letters_with_their_marks_apart_are_those_letters() -> None:
    words = "Mật khẩu email của khách bị lỗi"
    assert guess_language(words) == guess_language(normalize("NFD", words)) == "vi"
