"""Plain TOML is read as tomllib reads it, and what is not plain is left to it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kcs.kb.toml_plain import read_plain

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LINES = (
    "[a]", "[b]", "[a.b]", "[a.b.c]", "[[p]]", "[[a.b]]", "[p.q]", '["x y"]', '[a."c d"]', '[a."c.d"]', "[]", "[ a ]", "[a . b]", "[a]b = 1", "[[p]", "[a] x",
    "k = 1", 'k = "v"', 'k="v" # c', 'm = [1, "a"]', 'm = [\n 1, # x\n "b",\n]', "m = [1 2]", "m = [,]", "m = [", "m = []", "m = [[1], []]", "d = 2026-11-26",
    "d = 2026-02-30", "d = 2026-11-26T10:00:00", "d = 2026-11-26 10:00:00", "d = 10:00:00", "t = true", "t = falsely", 'i = {x = 1, y = ["a"]}', "i = {}",
    "i = {x=1,}", "i = {x = 1, x = 2}", "i = {x = {y = 1}}", "i = {x = [\n1]}", "i = {\nx = 1}", "[i.j]", "[i]", "b = [{x=1},{x=2}]", '"q r" = 3', '"" = 1', "ключ = 1",
    "e = 1.5", "e = -1", "e = 007", "e = 0", "e = 1_0", "s = 'lit'", 's = """m"""', 's = "a\\n"', 's = "a#b"', 's = "กา\u200b"', 's = "a', 's = "a" "b"', "z.y = 1", "a.b = 1",
    "# c", "  ", "\t", "\r", "\0", "k =", "= 1", "k = 1 2", "k = 1\x7f", "\ufeff",
)  # fmt: skip
TEXTS = st.builds(
    lambda lines, end: end.join(lines),
    st.lists(st.sampled_from(LINES), max_size=7),
    st.sampled_from(("\n", "\r\n")),
)


@settings(max_examples=1500)
@given(TEXTS | st.builds(lambda a, b, c: a + b + c, TEXTS, st.text('[]{}",=#. \n\ra1-', max_size=3), TEXTS))
@example("[" * 5000)
@example("k = " + "[" * 5000)
def test_what_is_read_is_what_tomllib_reads(text: str) -> None:
    found = read_plain(text)
    if found is not None:
        wanted = tomllib.loads(text)
        assert found == wanted and repr(found) == repr(wanted)


@pytest.mark.parametrize("file", [*EXAMPLES.glob("*/kcs.toml"), *EXAMPLES.glob("*/team.toml")], ids=str)
def test_a_usual_file_is_plain(file: Path) -> None:
    text = file.read_text()
    assert read_plain(text) == tomllib.loads(text)
