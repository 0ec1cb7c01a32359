"""A question typed with the keyboard in another language is read as the same keys would write it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.search.analysis.keyboards import switched
from tests.conftest import Run

pytestmark = pytest.mark.forked

EXAMPLE = Path(__file__).parents[2] / "examples" / "kb"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("isylzjko", "รหัสผ่าน"),
        ("iug:H9isylzjko", "รีเซ็ตรหัสผ่าน"),
        ("s,kpg]-", "หมายเลข"),
        (";glm hglv,v", "كلمة المرور"),
        ("hgHgi", "الأله"),
        ("hgbv", "اللار"),
        ("ยฟหหไนพก", "password"),
        ("حشسسصخقي", "password"),
        ("لاشؤن", "back"),
    ],
)
def test_the_same_keys_in_the_other_language(typed: str, meant: str) -> None:
    assert meant in list(switched(typed))


@pytest.mark.parametrize("typed", ["", "ab", "2fa", "Mothur", "123 456", "!!!", "ง่", "日本語"])
def test_what_no_other_keyboard_makes_a_word_of(typed: str) -> None:
    assert not any(not one.isascii() and "\u0e01" <= one[0] <= "\u0e5b" for one in switched(typed))


@given(st.text(st.characters(min_codepoint=0, max_codepoint=0xFFFF)))
def test_nothing_ends_in_an_error_or_is_its_own_other(typed: str) -> None:
    assert typed not in list(switched(typed))


@pytest.mark.parametrize(
    ("typed", "meant"), [("iug:H9isylzjko", "รีเซ็ตรหัสผ่าน"), ("พำหำะ ยฟหหไนพก", "reset password")]
)
def test_it_is_suggested_where_it_is_answered(run: Run, typed: str, meant: str) -> None:
    told = run("search", typed, "--format", "json", "--no-log", "--kb", EXAMPLE).json
    assert (told["answered"], told["suggestion"]) == (False, meant)
    assert run("search", meant, "--format", "json", "--no-log", "--kb", EXAMPLE).json["answered"]


def test_conditions_are_kept(run: Run) -> None:
    told = run("search", "isylzjko", "lang:th", "--format", "json", "--no-log", "--kb", EXAMPLE).json
    assert told["suggestion"] == "รหัสผ่าน lang:th"
    none = run("search", "isylzjko", "lang:ar", "--format", "json", "--no-log", "--kb", EXAMPLE).json
    assert none["suggestion"] != "รหัสผ่าน lang:ar"
