"""Changing several files together: all of them or none, even if the program is killed midway.

The plan is first written to one file beside the lock; the next command that opens the base finds it and finishes. If
an error stops the work while the program lives, it undoes what it did.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from glob import escape
from hashlib import sha256
from pathlib import Path

from kcs.errors import FileProblem
from kcs.kb.files import JOURNAL_NAME, copy_begins, interrupted, lock, refuse_link, write_atomically


@dataclass(frozen=True, slots=True)
class Write:
    """One file's bytes before and after; `old` is None for a new file. `path` is that before the move."""

    path: str
    old: bytes | None
    new: bytes


@dataclass(frozen=True, slots=True)
class Work:
    """Writes, then one move of a file or folder. Paths from the top folder, with `/`. `what`: the work in words."""

    what: str
    writes: Sequence[Write]
    move: tuple[str, str] | None = None


def do_work(top: Path, folder: Path, work: Work) -> None:
    """Do all or nothing, under the caller's lock. `folder` holds lock and journal.

    FileProblem, with everything as before, if a file changed since it was read or cannot be written.
    """
    if interrupted(folder):  # since this base was opened: over our own journal nobody would ever finish it
        _finish(top, folder)
    _check(top, work)
    write_atomically(folder / JOURNAL_NAME, _to_bytes(work))
    try:
        for write in work.writes:
            # Many files take a while, and somebody may be at one of them.
            _put(top / write.path, write.new, partial(_check_unchanged, top, write))
        if work.move:
            _move(top, *work.move)
    except BaseException as error:
        _undo(top, work)
        _forget(folder)
        if isinstance(error, OSError):
            raise _problem(error, "nothing was changed") from error
        raise
    _forget(folder)


def finish(top: Path, folder: Path) -> list[str]:
    """Finish interrupted work; returns sentences that say so. FileProblem if that is impossible."""
    if not os.access(folder, os.W_OK):
        return ["a change of several files was interrupted, and cannot be finished from here (read-only)"]
    with lock(folder):
        return _finish(top, folder)


def _finish(top: Path, folder: Path) -> list[str]:
    """The same, under the caller's lock."""
    try:
        work, hashes = _from_bytes((folder / JOURNAL_NAME).read_bytes())
    except FileNotFoundError:  # somebody else has just finished it
        return []
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise FileProblem(
            "this records an interrupted change, and cannot be read",
            path=str(folder / JOURNAL_NAME),
            hint="`git status` shows what is half done; then delete this file",
        ) from error
    try:
        left = [
            write.path for write in work.writes if not _finished(top, write, hashes[write.path], work.move)
        ]
        if work.move:
            _move(top, *work.move)
    except OSError as error:
        raise FileProblem(
            f"{work.what} was interrupted and cannot be finished: {error.strerror}",
            path=str(error.filename) if error.filename else None,
            hint=f"remove the obstacle and run any command again; or see what is half done with `git status`, and delete"
            f" {folder / JOURNAL_NAME}",
        ) from error
    _forget(folder)
    told = [f"{work.what} was interrupted; it is finished now"]
    return told + [f"{path} was edited meanwhile and was left as it is: look at its links" for path in left]


def _check(top: Path, work: Work) -> None:
    for write in work.writes:
        _check_unchanged(top, write)
        if write.old is not None and not os.access(top / write.path, os.W_OK):
            raise FileProblem(
                "may not be written (see its permissions); nothing was changed", path=write.path
            )
    if work.move and _taken(top, *work.move):
        raise FileProblem("exists; nothing was changed", path=work.move[1])


def _check_unchanged(top: Path, write: Write) -> None:
    refuse_link(top / write.path, write.path)
    if _read(top / write.path) != write.old:
        raise FileProblem(
            "was changed by somebody else in the meantime; nothing was changed",
            path=write.path,
            hint="run it again",
        )


def _put(file: Path, raw: bytes, before: Callable[[], None] | None = None) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, raw, before=before)


def is_respelt(top: Path, old: str, new: str) -> bool:
    """Whether what is found at `new` is `old` itself: where case does not count, a name may change its case.

    The listing of its folder tells, as inodes do not everywhere.
    """
    if old == new or old.casefold() != new.casefold() or not os.path.lexists(top / new):
        return False
    folder, _, name = new.rpartition("/")
    return name not in os.listdir(top / folder)  # noqa: PTH208 - the names alone


def _taken(top: Path, old: str, new: str) -> bool:
    """Whether something else is at `new`."""
    return os.path.lexists(top / new) and not is_respelt(top, old, new)


def _move(top: Path, old: str, new: str) -> None:
    if not os.path.lexists(top / old):
        return  # done already
    if _taken(top, old, new):
        raise FileExistsError(17, "something else lies there by now", new)
    (top / new).parent.mkdir(parents=True, exist_ok=True)
    (top / old).rename(top / new)


def _finished(top: Path, write: Write, old: str | None, move: tuple[str, str] | None) -> bool:
    """Whether the file has its new content, written now if need be; False if somebody else edited it."""
    file = top / write.path
    if move and not os.path.lexists(top / move[0]):
        file = top / moved(write.path, *move)
    for torn in file.parent.glob(f"{escape(copy_begins(file.name))}.*.kcs-tmp"):
        torn.unlink(missing_ok=True)
    raw = _read(file)
    if raw == write.new:
        return True
    if (sha256(raw).hexdigest() if raw is not None else None) != old:
        return False
    _put(file, write.new)
    return True


def _undo(top: Path, work: Work) -> None:
    """Restore all that was written; an error here leaves the journal for the next command to finish."""
    if work.move and not os.path.lexists(top / work.move[0]) and os.path.lexists(top / work.move[1]):
        (top / work.move[1]).rename(top / work.move[0])
    for write in work.writes:
        file = top / write.path
        if _read(file) != write.new:
            continue  # not written yet, or edited by somebody since
        if write.old is None:
            file.unlink()
        else:
            write_atomically(file, write.old)


def moved(path: str, old: str, new: str) -> str:
    """The path after `old`, a file or folder, has become `new`."""
    if path == old:
        return new
    return new + path[len(old) :] if path.startswith(old + "/") else path


def _read(file: Path) -> bytes | None:
    """The file's bytes; None if no file is there."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _forget(folder: Path) -> None:
    (folder / JOURNAL_NAME).unlink(missing_ok=True)


def _problem(error: OSError, words: str) -> FileProblem:
    return FileProblem(f"{words}: {error.strerror}", path=str(error.filename) if error.filename else None)


def _to_bytes(work: Work) -> bytes:
    import json
    from base64 import b64encode

    writes = [
        [one.path, None if one.old is None else sha256(one.old).hexdigest(), b64encode(one.new).decode()]
        for one in work.writes
    ]
    return json.dumps({"what": work.what, "writes": writes, "move": work.move}).encode()


def _from_bytes(raw: bytes) -> tuple[Work, dict[str, str | None]]:
    import json
    from base64 import b64decode

    found = json.loads(raw)
    writes = [Write(path, None, b64decode(new)) for path, _, new in found["writes"]]
    move = (str(found["move"][0]), str(found["move"][1])) if found["move"] else None
    return Work(str(found["what"]), writes, move), {path: old for path, old, _ in found["writes"]}
