"""Each edit as a user sees it: before, after, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kcs.article import splice
from kcs.article.editor import Editor
from kcs.article.front_matter import read
from kcs.errors import CannotEdit

NEW = "{by: x}"


def file(block: str) -> bytes:
    return f"---\n{block}---\nbody".encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("k: a\n", "k: new\n"),
        ("k: 'a' # c\n", "k: new # c\n"),
        ("k:\n", "k: new\n"),
        ("k:   # c\n", "k: new   # c\n"),
        ("k:\n  # c\n  a\nl: 1\n", "k: new\n# c\nl: 1\n"),
        ("k: |  # c\n  a\n\n\nl: 1\n", "k: new\n# c\n\n\nl: 1\n"),
        ("k: |+\n  a\n\n\nl: 1\n", "k: new\nl: 1\n"),
        ("k:\n  - a # 1\n  # 2\n  - b\nl: 1\n", "k: new\n# 1\n# 2\nl: 1\n"),
        ("k: [a, # 1\n  b] # 2\nl: 1\n", "k: new # 2\n# 1\nl: 1\n"),
        ("k: 'a\n\n  b' # c\n", "k: new # c\n"),
        ("a: 1\n\n# tail\n", "a: 1\nk: new\n\n# tail\n"),
        ("a: |+\n  x\n\n\n", "a: |+\n  x\n\n\nk: new\n"),
        ("  a: 1\n", "  a: 1\n  k: new\n"),
        ("# c\n", "# c\nk: new\n"),
        ("", "k: new\n"),
        ("a: &x 1\nk: *x\n", "a: &x 1\nk: new\n"),
        ("k: [&x a, *x]\nl: 1\n", "k: new\nl: 1\n"),
        ("a: &y 1\nk: &x b\nl: *y\n", "a: &y 1\nk: new\nl: *y\n"),
    ],
)
def test_set_value(before: str, after: str) -> None:
    assert splice.set_value(file(before), "k", "new") == file(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("k: a\n", ""),
        ("a: 1\nk: b # c\nl: 2\n", "a: 1\n# c\nl: 2\n"),
        ("k:\n  - a # 1\n\n  # 2\n  - b\n# 3\nl: 1\n", "# 1\n# 2\n# 3\nl: 1\n"),
        ("a: |\n  x\nk:\n    # deep\n    - y\n", "a: |\n  x\n# deep\n"),
        ("a: |+\n  x\nk: 1\n\n  \nl: 2\n", "a: |+\n  x\nl: 2\n"),
        ("a: |+\n  x\nk: 1\n\n\n", "a: |+\n  x\n"),
        ("a: |+\n  x\nb: 1\nk: 2\n\nl: 3\n", "a: |+\n  x\nb: 1\n\nl: 3\n"),
        ("a: 1\n", "a: 1\n"),
    ],
)
def test_remove_key(before: str, after: str) -> None:
    assert splice.remove_key(file(before), "k") == file(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", "a: 1\nk:\n  - {by: x}\n"),
        ("k:\nl: 1\n", "k:\n  - {by: x}\nl: 1\n"),
        ("k: ~ # c\nl: 1\n", "k: # c\n  - {by: x}\nl: 1\n"),
        ("k:\n  - a # c\n  # d\nl: 1\n", "k:\n  - a # c\n  - {by: x}\n  # d\nl: 1\n"),
        ("k:\n- a\nl: 1\n", "k:\n- a\n- {by: x}\nl: 1\n"),
        ("k:\n    -  by: a\n       at: b\nl: 1\n", "k:\n    -  by: a\n       at: b\n    - {by: x}\nl: 1\n"),
        ("k: []\n", "k: [{by: x}]\n"),
        ("k: [a] # c\n", "k: [a, {by: x}] # c\n"),
        ("k: [a, ] # c\n", "k: [a, {by: x} ] # c\n"),
        ("k: [\n  a, # c\n  b # d\n]\n", "k: [\n  a, # c\n  b, {by: x} # d\n]\n"),
        ("k: {by: a} # c\n", "k:\n  - {by: a} # c\n  - {by: x}\n"),
        ("k: &x {by: a}\n", "k:\n  - &x {by: a}\n  - {by: x}\n"),
        ("k: &x # c\n  by: a\nl: 1\n", "k:\n  - &x # c\n    by: a\n  - {by: x}\nl: 1\n"),
        ("k:\n  &x\n  by: a\n", "k:\n  - &x\n    by: a\n  - {by: x}\n"),
        ("k: {by: a, # c\n at: b} # d\n", "k:\n  - {by: a, # c\n at: b} # d\n  - {by: x}\n"),
        (
            "k: # c\n  by: a\n  note: |\n    t\n\n    u\n# d\n",
            "k: # c\n  - by: a\n    note: |\n      t\n\n      u\n  - {by: x}\n# d\n",
        ),
    ],
)
def test_append_an_entry(before: str, after: str) -> None:
    assert splice.set_entry(file(before), "k", None, NEW) == file(after)


@pytest.mark.parametrize(
    ("before", "index", "after"),
    [
        ("k:\n  - a # c\n  - b\n", 0, "k:\n  - {by: x} # c\n  - b\n"),
        ("k:\n  - a\n  -\n  - c\n", 1, "k:\n  - a\n  - {by: x}\n  - c\n"),
        ("k:\n  - by: a # 1\n    # 2\n    at: b\n  - c\n", 0, "k:\n  - {by: x}\n  # 1\n  # 2\n  - c\n"),
        ("k:\n  -\n    by: a # 1\n  - c\n", 0, "k:\n  - {by: x}\n  # 1\n  - c\n"),
        ("k:\n  - - a\n    - b\n  - c\n", 0, "k:\n  - {by: x}\n  - c\n"),
        ("k: [a, b, c]\n", 1, "k: [a, {by: x}, c]\n"),
        ("k: {by: a} # c\n", 0, "k: {by: x} # c\n"),
        ("k:\n  by: a\n  at: b\n", 0, "k: {by: x}\n"),
    ],
)
def test_replace_an_entry(before: str, index: int, after: str) -> None:
    assert splice.set_entry(file(before), "k", index, NEW) == file(after)


@pytest.mark.parametrize(
    ("before", "index", "after"),
    [
        ("k:\n  - a # 1\n  - b # 2\n", 0, "k:\n  # 1\n  - b # 2\n"),
        ("k:\n  - a\n  - by: b\n    at: c\nl: 1\n", 1, "k:\n  - a\nl: 1\n"),
        ("k:\n  - a\nl: 1\n", 0, "l: 1\n"),
        ("k: {by: a}\nl: 1\n", 0, "l: 1\n"),
        ("k: [a, b, c]\n", 0, "k: [b, c]\n"),
        ("k: [a, b, c]\n", 1, "k: [a, c]\n"),
        ("k: [a, b, c, ]\n", 2, "k: [a, b, ]\n"),
        ("k: [a, # 1\n b] # 2\n", 1, "k: [a] # 2\n# 1\n"),
    ],
)
def test_remove_an_entry(before: str, index: int, after: str) -> None:
    assert splice.remove_entry(file(before), "k", index) == file(after)


@pytest.mark.parametrize(
    ("block", "line", "reason"),
    [
        ("a: 1\nk: 1\nk: 2\n", 4, "more than once"),
        ("a: 1\nk: &x [a]\nl: *x\n", 3, "&x is used elsewhere"),
        ("a: 1\nk: &x b\nl: *x\n", 3, "&x is used elsewhere"),
        ("a: 1\n&x k: b\nl: *x\n", 3, "&x is used elsewhere"),
        ("b: &b {k: 1}\n<<: *b\n", 2, "merge"),
        ("a: 1\n? k\n: 2\n", 3, "explicit"),
        ("a: 1\nk: !!str 2\n", 3, "tag"),
        ("{k: 1}\n", 2, "braces"),
        ("a: 1\nk: [\n", 4, "did not find"),
        ("k: 1\n<<<<<<< a\n", 3, "conflict"),
    ],
)
def test_what_cannot_be_edited_safely_is_refused_with_its_line(block: str, line: int, reason: str) -> None:
    edits: list[Callable[[bytes], bytes]] = [
        lambda raw: splice.set_value(raw, "k", "new"),
        lambda raw: splice.remove_key(raw, "k"),
    ]
    for edit in edits:
        with pytest.raises(CannotEdit, match=reason) as caught:
            edit(file(block))
        assert (caught.value.line, bool(caught.value.hint)) == (line, True)


@pytest.mark.parametrize(
    ("taken", "put", "reason"),
    [
        ("b: 2\n", "", "other keys"),
        ("b: 2\n", "b: 2\nc: 3\n", "other keys"),
        ("b: 2\n", "b: 2\n---\n", "other keys or the text"),
        ("b: 2", "b: 3", "`b` would change"),
        ("b: 2", "b: [", "could not be read afterwards"),
        ("k: old", "k: other", "would not read back"),
        ("k: old", "k: new\n", "a comment would be lost"),
    ],
)
def test_an_edit_that_went_wrong_is_never_written(taken: str, put: str, reason: str) -> None:
    """What no edit does is refused all the same, were one to do it."""
    block = "k: old # why\nb: 2\n"
    editor = Editor(file(block), "k")
    right = (block.index("old"), block.index(" #"), "new")
    assert editor.checked([right], "new") == file("k: new # why\nb: 2\n")
    at = block.index(taken)
    wrong = (at, at + len(taken) + (len(" # why") if "comment" in reason else 0), put)
    with pytest.raises(CannotEdit, match=reason):
        editor.checked([wrong] if taken.startswith("k") else [right, wrong], "new")


@pytest.mark.parametrize(
    ("block", "line", "reason"),
    [
        ("a: 1\nk: &x\n  - a\nl: *x\n", 3, "&x is used elsewhere"),
        ("a: 1\nk:\n  - b\n  - &x {by: a}\nl: *x\n", 5, "&x is used elsewhere"),
        ("a: 1\nk: [b, {by: &x a}]\nl: *x\n", 3, "&x is used elsewhere"),
        ("a: &x [b, c]\nk: *x\n", 3, "alias"),
        ("a: 1\nk: text\n", 3, "a single value"),
    ],
)
def test_an_entry_that_is_said_elsewhere_too_is_refused_with_its_line(
    block: str, line: int, reason: str
) -> None:
    edits: list[Callable[[bytes], bytes]] = [
        lambda raw: splice.set_entry(raw, "k", 1, NEW),
        lambda raw: splice.remove_entry(raw, "k", 1),
    ]
    if "k: &x" in block:
        edits = [
            lambda raw: splice.set_entry(raw, "k", None, NEW),
            lambda raw: splice.set_entry(raw, "k", 0, NEW),
        ]
    for edit in edits:
        with pytest.raises(CannotEdit, match=reason) as caught:
            edit(file(block))
        assert caught.value.line == line


@pytest.mark.parametrize("value", ["a: b", "[a", "a\nb", "a # c", "'", "*x", " a", "!custom x", "a\u2028b"])
def test_a_value_that_is_not_one_line_of_yaml_is_refused(value: str) -> None:
    with pytest.raises(CannotEdit):
        splice.set_value(file("k: 1\n"), "k", value)


@pytest.mark.parametrize("entry", ["a, b", "", "]", "a]", "[a", "{", "a # c"])
def test_an_entry_that_is_not_one_entry_is_refused(entry: str) -> None:
    with pytest.raises(CannotEdit):
        splice.set_entry(file("k: [1]\n"), "k", None, entry)


@pytest.mark.parametrize(
    ("block", "index"), [("k: [a]\n", 1), ("k: [a]\n", -1), ("k:\n", 0), ("", 0), ("k: text\n", 0)]
)
def test_an_entry_that_is_not_there_is_refused(block: str, index: int) -> None:
    with pytest.raises(CannotEdit):
        splice.remove_entry(file(block), "k", index)
    with pytest.raises(CannotEdit):
        splice.set_entry(file(block), "k", index, NEW)


@pytest.mark.parametrize(
    "raw", [b"# text\n", b"", b"\xef\xbb\xbf# text\r\nmore\r\n", b"\n\ntext\n---\nmore\n"]
)
def test_a_file_without_front_matter_gets_a_block_of_its_own(raw: bytes) -> None:
    for edited in (splice.set_value(raw, "k", "new"), splice.set_entry(raw, "k", None, "new")):
        assert edited.endswith(raw.removeprefix(b"\xef\xbb\xbf"))
        assert read(edited).meta["k"] in ("new", ["new"])
        assert read(edited).body == read(raw).body
        assert (b"\r\n" in edited) == (b"\r\n" in raw)


def test_a_key_may_be_set_to_nothing() -> None:
    assert splice.set_value(file("a: 1\n"), "k", "") == file("a: 1\nk:\n")
    assert splice.set_value(file("k: a # c\n"), "k", "") == file("k: # c\n")


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        (b"+++\ntitle = 'x'\n+++\ntext\n", "write it as YAML"),
        (b"---\nopen\n", "mend the front matter"),
        (b"\n---\na: b\n---\n", "take away what stands before it"),
    ],
)
def test_what_looks_like_front_matter_is_not_put_another_before(raw: bytes, hint: str) -> None:
    with pytest.raises(CannotEdit) as caught:
        splice.set_value(raw, "k", "new")
    assert hint in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("block", "quote"),
    [
        ("k: 'a'\n", "'"),
        ('k: "a"\n', '"'),
        ("k: a\n", ""),
        ("k: [a]\n", ""),
        ("k:\n", ""),
        ("l: 'a'\n", ""),
        ("k: [\n", ""),
        ("", ""),
        ("k: |\n  'a'\n", ""),
        ("a: &k x\n*k : 'q'\n", ""),
    ],
)
def test_quoting_of(block: str, quote: str) -> None:
    assert splice.quoting_of(file(block), "k") == quote
    assert splice.quoting_of(b"k: 'text'\n", "k") == ""


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"text\n", b"---\ntitle: A\nid: kb-1\n---\ntext\n"),
        (b"", b"---\ntitle: A\nid: kb-1\n---\n"),
        (b"-----\nText\n", b"---\ntitle: A\nid: kb-1\n---\n-----\nText\n"),
        (b"\n--- A ---\n", b"---\ntitle: A\nid: kb-1\n---\n\n--- A ---\n"),
        (b"\xef\xbb\xbfa\r\nb", b"\xef\xbb\xbf---\r\ntitle: A\r\nid: kb-1\r\n---\r\na\r\nb"),
    ],
)
def test_front_matter_is_put_before_a_text(raw: bytes, expected: bytes) -> None:
    edited = splice.add_front_matter(raw, [("title", "A"), ("id", "kb-1")])
    assert edited == expected
    assert read(edited).meta == {"title": "A", "id": "kb-1"}


@pytest.mark.parametrize("raw", [b"---\na: 1\n---\n", b"\n---\na: 1\n---\n", b"---\n", b"\xff", b"a\0"])
def test_a_second_front_matter_is_refused(raw: bytes) -> None:
    with pytest.raises(CannotEdit):
        splice.add_front_matter(raw, [("title", "A")])


def test_why_a_file_that_cannot_be_read_gets_no_front_matter() -> None:
    for raw, reason, line in (
        (b"text\n\xff", "save the file as UTF-8", 2),
        (b"a\n\na\0", "NUL", 3),
        (b"---\n", "never closed", 1),
    ):
        with pytest.raises(CannotEdit, match=reason) as caught:
            splice.add_front_matter(raw, [("title", "A")])
        assert caught.value.line == line


@pytest.mark.parametrize("pairs", [[("a", "[")], [("a", "1\n---")], [("a", "b: c")]])
def test_front_matter_that_would_not_read_back_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(CannotEdit):
        splice.add_front_matter(b"text\n", pairs)
