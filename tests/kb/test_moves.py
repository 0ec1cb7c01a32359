"""moves.tsv: whatever names hold, what is written is read again, and no line of it is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kcs.kb.base import KnowledgeBase
from kcs.kb.moves import Move, Moves, move_line, parse_moves, with_moves
from tests.conftest import Base

NAMES = st.text(st.sampled_from("ab/\\\t\n\r é") | st.characters(codec="utf-8"), min_size=1, max_size=8)


@given(NAMES, NAMES, st.just("") | NAMES)
@example("a\\tb", "\\", "\\\t\r\n")
@example("\r", "a\r", "b\r")
def test_a_line_says_what_was_moved(name: str, key: str, former: str) -> None:
    line = move_line(name, key, former)
    assert line.endswith("\n") and line.count("\n") == 1 and "\r" not in line
    assert parse_moves(line) == parse_moves(line[:-1] + "\r\n") == Moves({name: key}, {former or key: key})
    assert line.count("\t") == (1 if former in ("", key) else 2)


@pytest.mark.parametrize(
    "line", ["", "a", "a\t", "\tk", "a\tk\t", "a\tk\tf\tx", "<<<<<<< ours", "=======", "\t\t"]
)
def test_a_line_of_another_shape_is_passed_over_and_stays(line: str) -> None:
    text = f"a\tk\n{line}\nb\tk2\told\n"
    assert parse_moves(text) == Moves({"a": "k", "b": "k2"}, {"k": "k", "old": "k2"})
    assert with_moves(text, [Move("c", "k3")], {}) == text + "c\tk3\n"


def test_of_two_lines_for_one_name_the_last_counts() -> None:
    assert parse_moves("a\tk\na\tk2\tf\n") == Moves({"a": "k2"}, {"k": "k", "f": "k2"})


def test_a_move_that_says_nothing_is_not_written_and_one_that_stands_there_not_again() -> None:
    assert with_moves("", [Move("a", "a"), Move("a", "a", "a")], {}) == ""
    assert with_moves("a\tk", [Move("b", "k2")], {}) == "a\tk\nb\tk2\n", (
        "a last line without its end keeps its own"
    )
    assert with_moves("a\tk\n", [Move("a", "k"), Move("a", "a", "f")], {}) == "a\tk\na\ta\tf\n"
    assert with_moves("a\tk", [Move("a", "k")], {"b": "c"}) == "a\tk", "where nothing is added, no byte is"


def test_what_a_path_was_left_with_goes_on_under_the_new_one() -> None:
    text = "# ours\na\tk\nb\tk2\na\tk3\tf\n"
    assert with_moves(text, [], {"a": "z"}) == "# ours\nz\tk\nb\tk2\nz\tk3\tf\n"
    assert with_moves("a\tk\n", [Move("b", "b", "a")], {"a": "k"}) == "b\tb\ta\n", (
        "back where it was: nothing to say"
    )
    assert with_moves("a\tk\nb\tk2\n", [], {"a": "k"}) == "b\tk2\n", "and the lines below it stay"


@given(st.lists(st.builds(Move, NAMES, NAMES, st.just("") | NAMES), max_size=5), st.booleans(), NAMES)
def test_all_that_was_said_is_said_afterwards(moves: list[Move], ends: bool, new: str) -> None:
    before = "".join(move_line(*one) for one in moves)
    before = before if ends else before.removesuffix("\n")
    after = parse_moves(with_moves(before, [Move(new, "kb-1", "was")], {}))
    old = parse_moves(before)
    assert after == Moves({**old.keys, new: "kb-1"}, {**old.former, "was": "kb-1"})


def test_a_byte_order_mark_of_an_editor_belongs_to_no_name(
    make_base: Callable[..., Base], in_kcs_env: None
) -> None:
    base = make_base({"articles/b.md": "Text.\n", "moves.tsv": "\ufeffarticles/b.md\tarticles/a.md\n"})
    kb = KnowledgeBase.open(base.root)
    assert kb.key(kb.articles[0]) == "articles/a.md"
