"""Writing a user's file: whole or not at all, never over what somebody else put there, and links and modes stay."""

from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kcs.errors import FileProblem
from kcs.kb.files import create_file, read_file, read_ours, replace_if_unchanged, write_atomically, write_file


def only(folder: Path) -> list[str]:
    """What lies there: no temporary file is left behind."""
    return sorted(one.name for one in folder.iterdir())


def test_whoever_edited_it_meanwhile_wins(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"theirs")
    with pytest.raises(FileProblem, match="changed by somebody else in the meantime") as told:
        replace_if_unchanged(file, b"old", b"new", "articles/a.md")
    assert file.read_bytes() == b"theirs" and told.value.path == "articles/a.md"
    with pytest.raises(FileProblem) as told:
        replace_if_unchanged(file, b"", b"new")
    assert told.value.path == str(file)
    replace_if_unchanged(file, b"theirs", b"new")
    assert file.read_bytes() == b"new" and only(tmp_path) == ["a.md"]
    file.unlink()
    with pytest.raises(FileProblem, match="cannot be read"):
        replace_if_unchanged(file, b"new", b"newer")
    assert only(tmp_path) == []


def test_what_is_saved_while_the_copy_goes_to_the_disk_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a slow disk an editor has time to save while fsync lasts, after the file was compared."""
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", lambda _: file.write_bytes(b"saved"))
    with pytest.raises(FileProblem, match="changed by somebody else in the meantime"):
        replace_if_unchanged(file, b"old", b"new", "a.md")
    assert file.read_bytes() == b"saved" and only(tmp_path) == ["a.md"]


@pytest.mark.parametrize("linked", [True, False], ids=["hard links", "none"])
def test_a_new_file_is_never_written_over_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, linked: bool
) -> None:
    if not linked:  # as on FAT, which cannot be mounted everywhere

        def link(*_: object) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "link", link)
    file = tmp_path / "a.md"
    create_file(file, b"first")
    with pytest.raises(FileProblem, match="exists; it was not overwritten") as told:
        create_file(file, b"second", "a.md")
    assert (file.read_bytes(), told.value.path, only(tmp_path)) == (b"first", "a.md", ["a.md"])
    with pytest.raises(FileProblem, match="cannot be written") as told:
        create_file(tmp_path / "away" / "b.md", b"third")
    assert told.value.path == str(tmp_path / "away" / "b.md")


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
def test_its_mode_and_the_link_to_it_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "a.md", tmp_path / "link.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    write_atomically(link, b"new", durable=False)
    assert (file.read_bytes(), link.is_symlink(), only(tmp_path)) == (b"new", True, ["a.md", "link.md"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_whose_it_was_it_stays(tmp_path: Path) -> None:
    """Else `sudo kcs verify` would lock its user out, and a member of a group all the others."""
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    os.chown(file, 1234, 4321)
    file.chmod(0o660)
    replace_if_unchanged(file, b"old", b"new")
    now = file.stat()
    assert (now.st_uid, now.st_gid, stat.S_IMODE(now.st_mode)) == (1234, 4321, 0o660)


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_links_that_a_base_brings_by_the_names_of_our_copies_are_not_followed(tmp_path: Path) -> None:
    """A clone may hold one for each number that a process can have: what they lead to was written over."""
    own, file, new = tmp_path / "bashrc", tmp_path / "a.md", tmp_path / "new.md"
    own.write_bytes(b"own")
    file.write_bytes(b"old")
    for name in (f".a.md.{os.getpid()}.kcs-tmp", f".{os.getpid()}.kcs-tmp"):
        (tmp_path / name).symlink_to(own)
    replace_if_unchanged(file, b"old", b"new")
    create_file(new, b"made")
    assert (own.read_bytes(), file.read_bytes(), new.read_bytes()) == (b"own", b"new", b"made")
    assert not (file.is_symlink() or new.is_symlink()) and only(tmp_path) == ["a.md", "bashrc", "new.md"]


@pytest.mark.parametrize("letter", ["a", "ố", "ก", "\U0001f600", b"\xff".decode("utf-8", "surrogateescape")])
def test_a_name_as_long_as_the_system_allows_is_no_obstacle(tmp_path: Path, letter: str) -> None:
    file = tmp_path / (letter * ((255 - 3) // len(os.fsencode(letter))) + ".md")
    create_file(file, b"old")
    replace_if_unchanged(file, b"old", b"new")
    assert file.read_bytes() == b"new" and only(tmp_path) == [file.name]


def test_what_cannot_be_put_in_place_leaves_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "a.md"
    (folder / "inside").mkdir(parents=True)
    for shown, path in ((None, str(folder)), ("articles/a.md", "articles/a.md")):
        with pytest.raises(FileProblem, match="it was left as it was") as told:
            write_file(folder, b"new", shown)
        assert told.value.path == path
    with pytest.raises(OSError):
        write_atomically(folder, b"new")
    assert only(tmp_path) == ["a.md"] and (folder / "inside").is_dir()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="its folder does not exist") as told:
        write_file(tmp_path / "no" / "report.html", b"new", "no/report.html")
    assert told.value.path == "no/report.html" and "left as it was" not in str(told.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_written_into_and_never_waited_for_where_nobody_named_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FileProblem, match="is no file") as told:
        read_ours(pipe)
    assert told.value.path == str(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(read_file(pipe)), daemon=True)
    reader.start()
    write_file(pipe, b"told")
    reader.join(timeout=30)
    assert read == [b"told"] and pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/fd").is_dir() or sys.platform == "win32", reason="no /dev/fd here")
def test_what_a_full_disk_takes_half_of_is_not_called_written(tmp_path: Path) -> None:
    """`--output /dev/stdout`, where the shell sends that to a file."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with (tmp_path / "out").open("wb") as out:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
        try:
            with pytest.raises(FileProblem, match="cannot be written"):
                write_file(Path(f"/dev/fd/{out.fileno()}"), b"x" * 1000)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="no files in memory on this system")
def test_a_file_in_memory_is_replaced_as_any_other() -> None:
    with TemporaryDirectory(dir="/dev/shm") as folder:
        file = Path(folder) / "article.md"
        file.write_bytes(b"old")
        replace_if_unchanged(file, b"old", b"new")
        assert file.read_bytes() == b"new"
        write_file(file, b"newest")
        assert file.read_bytes() == b"newest"
