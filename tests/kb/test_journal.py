"""Several files together, all or none: what a step that fails leaves behind, without a move and with one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kcs.errors import FileProblem
from kcs.kb.files import JOURNAL_NAME, lock, write_atomically
from kcs.kb.journal import Work, Write, do_work, finish

FILES = {"a.md": b"one\r\n", "b.md": b"two", "dir/c.md": b"\xff\0"}


@pytest.fixture
def top(tmp_path: Path) -> Path:
    folder = tmp_path / "top"
    for path, raw in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)
    (tmp_path / "state").mkdir()
    return folder


def held(top: Path) -> dict[str, bytes]:
    return {one.relative_to(top).as_posix(): one.read_bytes() for one in top.rglob("*") if one.is_file()}


def do(top: Path, *writes: Write, move: tuple[str, str] | None = None) -> None:
    with lock(top.parent / "state"):
        do_work(top, top.parent / "state", Work("kcs test", writes, move))


A, NEW = Write("a.md", FILES["a.md"], b"1"), Write("new/n.md", None, b"n")


def test_all_of_it(top: Path) -> None:
    do(top, A, NEW, move=("dir", "else/dir"))
    assert held(top) == {"a.md": b"1", "b.md": b"two", "else/dir/c.md": b"\xff\0", "new/n.md": b"n"}
    assert not (top.parent / "state" / JOURNAL_NAME).exists() and finish(top, top.parent / "state") == []


@pytest.mark.parametrize(
    ("last", "move"),
    [
        (Write("new/n.md", None, b"x"), None),  # there by then
        (Write("new/n.md/x.md", None, b"x"), None),  # its folder is a file by then
        (Write("new/o.md", None, b"o"), ("dir", "new/n.md/dir")),
        (Write("new/o.md", None, b"o"), ("dir/c.md", "new/n.md/c.md")),
    ],
)
def test_a_step_that_fails_undoes_those_before_it(
    top: Path, last: Write, move: tuple[str, str] | None
) -> None:
    with pytest.raises(FileProblem, match="nothing was changed"):
        do(top, A, NEW, last, move=move)
    assert held(top) == FILES
    assert not (top.parent / "state" / JOURNAL_NAME).exists()


def test_a_folder_where_a_file_is_to_be_undoes_it_too(top: Path) -> None:
    with pytest.raises(FileProblem, match="nothing was changed"):
        do(top, A, Write("new/n.md/x.md", None, b"x"), NEW)
    assert held(top) == FILES and not (top.parent / "state" / JOURNAL_NAME).exists()


@pytest.mark.parametrize(
    "edited", [{"b.md": b"theirs"}, {"b.md": b"theirs", "a.md": b"own", "new/n.md": b"n, and more"}]
)
def test_what_somebody_edits_while_it_writes_is_theirs(
    top: Path, monkeypatch: pytest.MonkeyPatch, edited: dict[str, bytes]
) -> None:
    """Not written yet, it stops the rest; written already, it is not undone."""
    there = iter([True])

    def meanwhile(file: Path, raw: bytes, before: Callable[[], None] | None = None) -> None:
        write_atomically(file, raw, before=before)
        if file == top / "new/n.md" and next(there, False):
            for path, text in edited.items():
                (top / path).write_bytes(text)

    monkeypatch.setattr("kcs.kb.journal.write_atomically", meanwhile)
    with pytest.raises(FileProblem, match="changed by somebody else") as told:
        do(top, A, NEW, Write("b.md", FILES["b.md"], b"2"), move=("dir", "else"))
    assert told.value.path == "b.md"
    assert held(top) == {**FILES, **edited}
    assert not (top.parent / "state" / JOURNAL_NAME).exists()


def test_what_is_saved_while_a_copy_goes_to_the_disk_is_not_written_over(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(_: object) -> None:
        if list(top.glob(".b.md.*")):
            (top / "b.md").write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", save)
    with pytest.raises(FileProblem, match="changed by somebody else"):
        do(top, A, Write("b.md", FILES["b.md"], b"2"))
    assert held(top) == {**FILES, "b.md": b"theirs"}
    assert not (top.parent / "state" / JOURNAL_NAME).exists()


@pytest.mark.parametrize(
    "wrong",
    [Write("b.md", b"2", b"new"), Write("b.md", None, b"new"), Write("gone.md", b"2", b"new")],
)
def test_what_is_not_as_it_was_read_stops_it_before_it_begins(top: Path, wrong: Write) -> None:
    with pytest.raises(FileProblem, match="changed by somebody else") as told:
        do(top, A, wrong)
    assert held(top) == FILES and told.value.path == wrong.path


def test_nothing_is_written_through_a_link(top: Path) -> None:
    """moves.tsv of a clone could lead to what the user's shell runs."""
    own = top.parent / "bashrc"
    own.write_bytes(b"own")
    (top / "link.tsv").symlink_to(own)
    for old in (b"own", None):
        with pytest.raises(FileProblem, match="a symbolic link") as told:
            do(top, A, Write("link.tsv", old, b"own, and more"))
        assert told.value.path == "link.tsv" and own.read_bytes() == b"own"
    (top / "link.tsv").unlink()
    assert held(top) == FILES


def test_a_place_that_is_taken_stops_it_before_it_begins(top: Path) -> None:
    with pytest.raises(FileProblem, match="exists; nothing was changed"):
        do(top, A, move=("dir/c.md", "b.md"))
    (top / "d.md").hardlink_to(top / "b.md")
    with pytest.raises(FileProblem, match="exists; nothing was changed"):
        do(top, A, move=("b.md", "d.md"))  # the very same file, under another name
    assert held(top) == {**FILES, "d.md": FILES["b.md"]}


def test_what_is_no_error_of_a_file_undoes_it_too_and_goes_on_as_it_is(top: Path) -> None:
    with pytest.raises(ValueError, match="null"):
        do(top, A, NEW, move=("dir/c.md", "b\0.md"))
    assert held(top) == FILES
    assert not (top.parent / "state" / JOURNAL_NAME).exists()
