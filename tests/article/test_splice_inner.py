"""One value inside a mapping: before, after, and what is refused."""

from __future__ import annotations

import pytest

from bench.lossless import what_is_wrong
from kcs.article.front_matter import read
from kcs.article.splice_inner import set_inner
from kcs.errors import CannotEdit
from tests.article.hostile import BLOCKS
from tests.article.test_splice_hostile import lost_comments, wrapped


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{id: a, content: b} # c", "{id: new, content: b} # c"),
        ("{id: 'a', list: [1, {x: y}], none: ~, yes: true}", "{id: new, list: [1, {x: y}], none: ~, yes: true}"),
        ("{content: b, id: a,\n  # c\n }", "{content: b, id: new,\n  # c\n }"),
        ("{id: }", "{id: new }"),
        ("{'id': [a, # c\n  b]} # d\nl: 1", "{'id': new} # d\n# c\nl: 1"),
        ("\n  # c\n  id: a # d\n\n  content: |\n    b\nl: 1", "\n  # c\n  id: new # d\n\n  content: |\n    b\nl: 1"),
        ("\n  id:\n  content: b", "\n  id: new\n  content: b"),
        ("&x\n  id:\n    a # c\nl: *x", "&x\n  id: new\n# c\nl: *x"),
    ],
)  # fmt: skip
def test_one_value_is_set_and_no_other_byte(before: str, after: str) -> None:
    if "*x" in before:  # what says it elsewhere would say it too
        with pytest.raises(CannotEdit, match="`l` would change"):
            set_inner(f"---\nk: {before}\n---\nbody".encode(), "k", "id", "new")
        before, after = before.replace("*x", "1"), after.replace("*x", "1")
    assert (
        set_inner(f"---\nk: {before}\n---\nbody".encode(), "k", "id", "new")
        == f"---\nk: {after}\n---\nbody".encode()
    )


@pytest.mark.parametrize(
    ("block", "line", "reason"),
    [
        ("k: text\n", 2, "no mapping"),
        ("k: [id, a]\n", 2, "no mapping"),
        ("k:\n", 2, "no mapping"),
        ("a: &x {id: b}\nk: *x\n", 3, "no mapping"),
        ("k: {content: b}\n", 2, "not once"),
        ("k:\n  id: a\n  id: b\n", 3, "not once"),
        ("a: &x {id: b}\nk: {<<: *x}\n", 3, "not once"),
        ("k: {id: &x a}\nl: *x\n", 2, "used elsewhere"),
        ("l: 1\n", 1, "not there"),
    ],
)
def test_what_cannot_be_set_safely_is_refused_with_its_line(block: str, line: int, reason: str) -> None:
    with pytest.raises(CannotEdit, match=reason) as caught:
        set_inner(f"---\n{block}---\n".encode(), "k", "id", "new")
    assert caught.value.line == line


def test_hostile_mappings_are_edited_cleanly() -> None:
    edited = 0
    for block in BLOCKS:
        for newline in ("\n", "\r\n"):
            raw = wrapped(block.replace("\r", ""), newline)
            for key, value in read(raw).meta.items():
                for name in value if isinstance(value, dict) else ():
                    try:
                        after = set_inner(raw, key, name, '"n # w"')
                    except CannotEdit as error:
                        assert error.line and error.hint
                        continue
                    edited += 1
                    assert read(after).meta == {**read(raw).meta, key: {**value, name: "n # w"}}
                    assert what_is_wrong(raw, after, key) == lost_comments(raw, after) == ""
    assert edited > 25
