"""Safe writing: whatever happens, a file is either old or new, and two processes never lose each other's work."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kcs.errors import FileProblem

JOURNAL_NAME = "kcs-journal.json"


def interrupted(folder: Path) -> bool:
    """Whether an interrupted change of several files waits for kcs.kb.journal to finish it (one look at the disk)."""
    return os.path.exists(f"{folder}/{JOURNAL_NAME}")  # noqa: PTH110 - asked at every start


# Names the lock that our parent holds until we end: a commit hook writes under the lock of the commit.
HELD_FOR_US = "KCS_WRITE_LOCK"
# Of a file's name in that of its copy: characters, and bytes, of which a name may have 255 (a Thai letter takes three).
_MOST_NAME, _MOST_BYTES = 100, 200
# Seconds between two tries for a lock that another process holds.
_TURN = 0.05


def read_file(path: Path | str, shown: str | None = None) -> bytes:
    """The bytes of a named file, or FileProblem with the reason."""
    try:
        return read_bytes(path)
    except OSError as error:
        raise FileProblem(f"cannot be read: {error.strerror}", path=shown or str(path)) from error


def read_bytes(path: Path | str) -> bytes:
    """The bytes of a file, or OSError; in half the time that `Path` takes."""
    with open(path, "rb", 0) as stream:  # noqa: PTH123 - hot
        return stream.read()


def read_kept(path: Path | str) -> bytes:
    """The bytes of a file of our own; OSError also for anything but a regular file: a named pipe may never end."""
    with open(path, "rb", 0, opener=at_once) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "is no file", str(path))
        return stream.read()


def read_ours(path: Path | str, shown: str | None = None) -> bytes:
    """As `read_file`, for files in a base, named by the user or not: FileProblem for anything but a regular file."""
    try:
        return read_kept(path)
    except OSError as error:
        raise FileProblem(f"cannot be read: {error.strerror}", path=shown or str(path)) from error


def decoded(raw: bytes, errors: str = "strict") -> str:
    """UTF-8 without its byte order mark; may raise UnicodeDecodeError.
    Every command would have to load Python's codec.
    """
    return raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors)


def at_once(path: str, flags: int) -> int:
    """For `open`: opens without waiting for a writer or a reader."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)


def copy_begins(name: str) -> str:
    """What the name of a file's temporary copy begins with: a dot,
    and as much of the file's own name as leaves room for the rest.
    """
    begin = name[:_MOST_NAME]
    while len(os.fsencode(begin)) > _MOST_BYTES:
        begin = begin[:-1]
    return f".{begin}"


def write_atomically(
    path: Path, raw: bytes, *, durable: bool = True, before: Callable[[], None] | None = None
) -> None:
    """Put `raw` in place of the file: a temporary file beside it, fsync, rename. OSError leaves the old file.

    A symbolic link stays a link: its target is replaced. `durable=False` skips fsync, for what can be
    rebuilt. `before` is called last, right before the rename, which it prevents by what it raises: fsync may
    take long enough for an editor to save.
    """
    path = Path(os.path.realpath(path))
    temporary = path.with_name(f"{copy_begins(path.name)}.{os.getpid()}.kcs-tmp")
    # A base could bring links by these names, and what they lead to would be written over: O_EXCL follows none.
    temporary.unlink(missing_ok=True)
    try:
        former = path.stat()
        if not os.access(path, os.W_OK):
            raise PermissionError(13, os.strerror(13), str(path))
    except FileNotFoundError:
        former = None
    try:
        descriptor = os.open(
            temporary,
            os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0),
            0o600 if former else 0o666,
        )
        with open(descriptor, "wb") as stream:  # noqa: PTH123 - a descriptor, not a path
            stream.write(raw)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        if former is not None:
            _give_to(temporary, former)
            temporary.chmod(stat.S_IMODE(former.st_mode))
        if before:
            before()
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    if durable:
        _sync_folder(path.parent)


def _give_to(file: Path, former: os.stat_result) -> None:
    """The owner and the group that the file had, as far as we may: others could not write to it any more."""
    now = file.stat()
    if (now.st_uid, now.st_gid) == (former.st_uid, former.st_gid):
        return
    with suppress(OSError):
        os.chown(file, -1, former.st_gid)
    with suppress(OSError):  # with sudo, what belongs to the user stays the user's
        os.chown(file, former.st_uid, -1)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_file(
    path: Path, raw: bytes, shown: str | None = None, *, before: Callable[[], None] | None = None
) -> None:
    """Write a user's file atomically; FileProblem with the reason, and the old file as it was.

    A device or a named pipe (/dev/stdout) is written into, not replaced. `before` as in `write_atomically`.
    """
    try:
        if _is_stream(path):
            with path.open("ab") as stream:
                stream.write(raw)
        else:
            write_atomically(path, raw, before=before)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not path.parent.exists():
            raise FileProblem(
                "cannot be written: its folder does not exist",
                path=shown or str(path),
                hint="make the folder first",
            ) from error
        raise FileProblem(
            f"cannot be written: {error.strerror}; it was left as it was", path=shown or str(path)
        ) from error


def refuse_link(path: Path, shown: str | None = None) -> None:
    """FileProblem for a symbolic link: one that a base brings could lead to what the user's shell runs."""
    if path.is_symlink():
        raise FileProblem(
            "is a symbolic link, and kcs does not write through links",
            path=shown or str(path),
            hint="put the file itself in its place",
        )


def replace_if_unchanged(path: Path, old: bytes, new: bytes, shown: str | None = None) -> None:
    """Write `new` if the file still holds `old`: an edit made in the meantime wins, and nothing is lost."""

    def check() -> None:
        if read_file(path, shown) != old:
            raise FileProblem(
                "was changed by somebody else in the meantime; nothing was written",
                path=shown or str(path),
                hint="run it again",
            )

    check()
    if new != old:
        write_file(path, new, shown, before=check)


def _is_stream(path: Path) -> bool:
    # If /dev/stdout is a file that the shell appends to, never replace or truncate it.
    # Only these: below /dev lies also /dev/shm, a folder of usual files in memory.
    if str(path.parent) in ("/dev", "/dev/fd") or (path.is_absolute() and path.parts[1:2] == ("proc",)):
        return True
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


@contextmanager
def lock(folder: Path, name: str = "write", waiting: Callable[[int], None] | None = None) -> Iterator[None]:
    """Hold the base's write lock. Another process waits; the lock dies with its holder.

    A process that the holder waits for (a commit hook) goes ahead at once. `waiting` gets the seconds waited so far,
    again and again. FileProblem if the folder takes no lock.
    """
    path = lock_file(folder, name)
    try:
        stream = open(path, "ab", opener=at_once)  # noqa: SIM115 - closed below
    except OSError as error:
        raise _unlockable(path, error) from error
    with stream:
        if not _is_held_for_us(path, stream.fileno()):
            _hold(path, stream.fileno(), waiting)
        yield


def lock_file(folder: Path, name: str = "write") -> Path:
    """The path of the lock."""
    return folder / f"kcs-{name}.lock"


def _unlockable(path: Path, error: OSError) -> FileProblem:
    return FileProblem(f"cannot be locked for writing: {error.strerror}", path=str(path))


def _is_held_for_us(path: Path, descriptor: int) -> bool:
    held = os.environ.get(HELD_FOR_US)
    if not held or os.path.realpath(held) != os.path.realpath(path):
        return False
    return not _took(path, descriptor)  # else its holder ended and left us behind


def _hold(path: Path, descriptor: int, waiting: Callable[[int], None] | None) -> None:
    turn = 0
    while not _took(path, descriptor, wait=not waiting):
        time.sleep(_TURN)
        turn += 1
        if waiting:
            waiting(int(turn * _TURN))


def _took(path: Path, descriptor: int, *, wait: bool = False) -> bool:
    """Whether the lock is ours now; `wait` waits for it, where the system can for longer than ten seconds."""
    try:
        import fcntl
    except ImportError:
        return _took_on_windows(path, descriptor)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError as error:  # a share whose server keeps no locks
        raise _unlockable(path, error) from error
    return True


def _took_on_windows(path: Path, descriptor: int) -> bool:
    import msvcrt

    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError as error:
        if error.errno in (errno.EBADF, errno.EINVAL):
            raise _unlockable(path, error) from error
        return False
    return True


def create_file(path: Path, raw: bytes, shown: str | None = None) -> None:
    """Write a file that does not exist yet, whole or not at all; FileProblem if it exists by now."""
    temporary = path.with_name(f".{os.getpid()}.kcs-tmp")
    try:
        temporary.unlink(missing_ok=True)  # of an earlier process, or a link that the base brought
        write_atomically(temporary, raw)
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links: first the name is taken
            path.open("xb").close()
            temporary.replace(path)
        _sync_folder(path.parent)
    except FileExistsError as error:
        raise FileProblem("exists; it was not overwritten", path=shown or str(path)) from error
    except OSError as error:
        raise FileProblem(f"cannot be written: {error.strerror}", path=shown or str(path)) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
