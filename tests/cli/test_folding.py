"""Messages on a narrow terminal: broken between words, never in what somebody copies; in a pipe, one line each."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.render.folding import folded
from kcs.search.borders import cells
from tests.conftest import Base, Run, Terminal

LONG = "no knowledge base here: no kcs.toml in this folder or one above it"


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        (
            f"kcs: {LONG}",
            60,
            ["kcs: no knowledge base here: no kcs.toml in this folder or", "     one above it"],
        ),
        (f"  {LONG}", 40, ["  no knowledge base here: no kcs.toml in", "  this folder or one above it"]),
        ("short\n\n  lines", 40, ["short", "", "  lines"]),
        (
            "     did you mean: kcs search 'outlook password of a mailbox'",
            40,
            ["     did you mean:", "     kcs search 'outlook password of a mailbox'"],
        ),
        (
            "     next: kcs edit kb-12345678, then kcs verify kb-12345678 --validate",
            60,
            ["     next: kcs edit kb-12345678, then", "     kcs verify kb-12345678 --validate"],
        ),
        (
            "3 found · kcs show N · kcs show N --copy · kcs link N TICKET",
            40,
            ["3 found · kcs show N ·", "kcs show N --copy · kcs link N TICKET"],
        ),
        (
            "kcs: articles/a-very-long-name/of-a-file.md:3: unknown key",
            30,
            ["kcs: articles/a-very-long-name/of-a-file.md:3:", "     unknown key"],
        ),
        ("say kcs new --language en of it", 16, ["say", "kcs new --language en", "of it"]),
        ("kcs: 漢字漢字漢字漢字漢字漢字 x", 21, ["kcs: 漢字漢字漢字漢字", "     漢字漢字 x"]),
    ],
)
def test_lines_break_where_a_reader_would_break_them(text: str, columns: int, lines: list[str]) -> None:
    assert folded(text, columns).split("\n") == lines


@given(st.text(st.sampled_from("kcs git:-'\"·,;/ab\u0e01\u0e34\u6f22 \n"), max_size=80), st.integers(1, 40))
def test_nothing_but_blanks_is_lost_and_no_line_is_longer_than_it_must_be(text: str, columns: int) -> None:
    told = folded(text, columns)
    assert re.sub(r"\s", "", told) == re.sub(r"\s", "", text)
    for line in told.split("\n"):
        bare = line.removeprefix("kcs: ").strip()
        assert cells(line) <= max(columns, 17) or " " not in bare or "kcs" in bare or "git" in bare


def test_a_message_is_folded_where_somebody_looks_and_is_one_line_in_a_pipe(
    native: Base, run: Run, terminal: Terminal
) -> None:
    narrow = {"COLUMNS": "60"}
    words = ("init", "--language", "en")
    piped = run(*words, cwd=native.root, env=narrow).err
    assert piped.count("\n") == 2 and max(map(len, piped.splitlines())) > 60
    told = terminal(*words, cwd=native.root, env=narrow).out
    assert told.split() == piped.split() and max(map(len, told.splitlines())) <= 60


def test_the_last_line_of_a_search_is_folded(native: Base, terminal: Terminal) -> None:
    told = terminal("search", "outlook password", cwd=native.root, env={"COLUMNS": "60", "NO_COLOR": "1"}).out
    last = told[told.index("1 found") :].splitlines() if "1 found" in told else told.splitlines()[-3:]
    assert max(map(len, told.splitlines())) <= 60 and any(line.endswith("kcs link N TICKET") for line in last)
