"""Ids of tickets that went through a table: whole where every digit is there, refused where one is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.authoring.intake import id_of, lost_digits
from tests.conftest import Base, Run


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("12345", "12345"),
        (12345, "12345"),
        ("12345.0", "12345"),
        ("12345,00", "12345"),
        (12345.0, "12345"),
        (123450000000.0, "123450000000"),
        ("1.23456789012E+11", "123456789012"),
        ("1,23456789012E+11", "123456789012"),
        ("1.23450E+4", "12345"),
        ("1.000", "1.000"),  # a thousand, in some countries
        ("12,345", "12,345"),
        ("1E5", "1E5"),
        ("HELP-12", "HELP-12"),
        ("2.5", "2.5"),
        (None, ""),
        (True, ""),
        (float("nan"), ""),
    ],
)
def test_what_is_sure_is_read(value: Any, wanted: str) -> None:
    assert id_of(value) == wanted and lost_digits(wanted) == ""


@pytest.mark.parametrize(
    "value", ["1.2345E+11", "1,2345E+11", "1E+11", "1.2345e11", 1.2345678901234567e17, 2.0**53]
)
def test_what_lost_digits_says_so(value: Any) -> None:
    assert "digits of" in lost_digits(id_of(value)) and "digits of" in lost_digits(f"ZD-{id_of(value)}")


@given(st.integers(0, 10**14), st.integers(0, 13))
def test_a_number_shortened_to_some_digits_is_itself_or_refused(number: int, digits: int) -> None:
    shown = f"{number:.{digits}E}"
    assert (
        id_of(shown) == str(number)
        or (lost_digits(id_of(shown)) and float(shown) != number)
        or digits < len(str(number)) - 1
    )


ROWS = """ticket id,created_at,subject,description,requester
12345.0,2026-11-01,Blank receipts,Receipts of the till are blank,x
1.2345E+11,2026-11-02,Blank receipts,Receipts of the till are blank,x
1.2345E+11,2026-11-02,Late receipts,Receipts of the till are late,x
"""


def test_rows_whose_id_lost_digits_are_refused_with_their_line_and_not_taken_for_one(
    native: Base, quick: Run, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text(ROWS)
    told = quick("gaps", "--tickets", tmp_path / "t.csv", "--format", "json", cwd=native.root)
    assert told.code == 0, told.err
    assert (
        told.json["tickets"]["read"],
        told.json["tickets"]["refused"],
        told.json["tickets"]["repeated"],
    ) == (1, 2, 0)
    lines = [(one["line"], one["message"]) for one in told.json["tickets"]["problems"]]
    reason = (
        "has the id 1.2345E+11, of which a program of tables kept 5 digits of 12: keep that column as text"
    )
    assert lines == [(3, reason), (4, reason)]
    assert told.json["gaps"][0]["topic"]["examples"] == ["ZD-12345"]


def test_a_draft_of_one_ticket_has_its_number_or_is_refused(native: Base, quick: Run, tmp_path: Path) -> None:
    ticket = {"id": 12345.0, "subject": "Blank receipts", "description": "Receipts of the till are blank"}
    (tmp_path / "t.json").write_text(json.dumps(ticket))
    told = quick("new", "--from", tmp_path / "t.json", "--dry-run", cwd=native.root)
    assert told.code == 0 and "ticket:ZD-12345}" in told.out.replace('"', "")
    (tmp_path / "t.json").write_text(json.dumps(ticket | {"id": "1.2345E+11"}))
    told = quick("new", "--from", tmp_path / "t.json", "--dry-run", cwd=native.root)
    assert told.code == 2 and "5 digits of 12" in told.err and "help desk shows it" in told.err
