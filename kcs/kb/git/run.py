"""Running the git program: one environment, one set of switches, one way for it to fail.

Pipes rather than GitPython: importing that costs seven interpreter starts, and every command reads Git.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from kcs.errors import RepositoryProblem
from kcs.tuples import NamedTuple

# These point at a user's own configuration or installation; every other GIT_* points at a repository
# (hooks set GIT_DIR and GIT_INDEX_FILE), at a trace, or at behaviour that differs between machines.
KEPT = ("GIT_CONFIG", "GIT_EXEC_PATH")
PERSON = ("GIT_AUTHOR_", "GIT_COMMITTER_")

# Settings with which a user's configuration could change the output or start a program.
SWITCHES = (
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.quotePath=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.showRoot=true"),
    *("-c", "log.mailmap=true"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
    *("-c", "mailmap.file="),
    *("-c", "diff.orderFile=/dev/null"),
    *("-c", "diff.relative=false"),
)
FIXED = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": "/dev/null",
    # A partial clone silently fetches what it lacks; nothing here may use the network. Git before 2.44
    # does not know the first variable, and no protocol is called "none".
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
_BUFFER = 1 << 16
_IN_MEMORY = hasattr(os, "memfd_create") and hasattr(os, "posix_spawn")


def environment(*, person: bool = False) -> dict[str, str]:
    """The environment without anything that points Git at another repository; `person` keeps GIT_AUTHOR_*."""
    kept = KEPT + PERSON if person else KEPT
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k.startswith(kept)}
    return clean | FIXED


def program() -> str:
    """The full path of the git program. Raises RepositoryProblem if there is none."""
    found = _on_path() if os.name == "posix" else _which()
    # A relative path is in the current folder (Windows looks there first): do not run it.
    if found is None or not Path(found).is_absolute():
        raise RepositoryProblem(
            "the program `git` was not found", hint="install Git, or add its folder to PATH, and try again"
        )
    return found


def _on_path() -> str | None:
    # As shutil.which, without the three compression modules it loads.
    for folder in os.get_exec_path():
        found = os.path.join(folder, "git")  # noqa: PTH118 - hot
        if os.access(found, os.X_OK) and not os.path.isdir(found):  # noqa: PTH112 - hot
            return found
    return None


def _which() -> str | None:
    import shutil

    return shutil.which("git")


class Done(NamedTuple):
    """A command's exit code and output."""

    returncode: int
    stdout: bytes
    stderr: bytes


def _scratch() -> IO[bytes]:
    """An unnamed file, in memory if the system offers that."""
    if _IN_MEMORY:
        return os.fdopen(os.memfd_create("kcs"), "w+b", _BUFFER)
    from tempfile import TemporaryFile

    return TemporaryFile()


def execute(arguments: Iterable[str], *, cwd: Path, env: dict[str, str], data: bytes = b"") -> Done:
    """Run git with these arguments, whatever its exit code."""
    with execute_large(arguments, cwd=cwd, env=env, data=data) as (code, printed, complaints):
        return Done(code, printed.read(), complaints)


@contextmanager
def execute_large(
    arguments: Iterable[str], *, cwd: Path, env: dict[str, str], data: bytes
) -> Iterator[tuple[int, IO[bytes], bytes]]:
    """Exit code, output, error output. Through files: a tenth of the cost of piping megabytes in small pieces."""
    with _scratch() as given, _scratch() as printed, _scratch() as complaints:
        given.write(data)
        given.seek(0)
        start = _spawn if _IN_MEMORY else _run
        try:
            code = start(tuple(arguments), cwd, env, (given, printed, complaints))
        except OSError as error:
            raise RepositoryProblem(
                f"`git` could not be started in {cwd}: {error.strerror}",
                hint="check that the folder is there and that `git --version` works",
            ) from error
        printed.seek(0)
        complaints.seek(0)
        yield code, printed, complaints.read()


def _spawn(arguments: Sequence[str], cwd: Path, env: dict[str, str], files: Sequence[IO[bytes]]) -> int:
    """As `_run`, without its imports, which cost half an interpreter start."""
    command = [program(), "-C", str(cwd), *SWITCHES, *arguments]
    actions = [(os.POSIX_SPAWN_DUP2, file.fileno(), number) for number, file in enumerate(files)]
    number = os.posix_spawn(command[0], command, env, file_actions=actions)
    try:
        _, status = os.waitpid(number, 0)
    except ChildProcessError:
        _hear_of_children(files)
        return _spawn(arguments, cwd, env, files)
    except BaseException:  # Ctrl-C: nobody else would wait for it
        with suppress(OSError):
            os.kill(number, 9)
            os.waitpid(number, 0)
        raise
    return os.waitstatus_to_exitcode(status)


def _hear_of_children(files: Sequence[IO[bytes]]) -> None:
    """Undo what whoever started us left behind, as some daemons do: nobody is told how a child ended.
    The files are as before.
    """
    import signal

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for nth, file in enumerate(files):
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        if nth:
            os.ftruncate(file.fileno(), 0)


def _run(arguments: Sequence[str], cwd: Path, env: dict[str, str], files: Sequence[IO[bytes]]) -> int:
    import subprocess

    given, printed, complaints = files
    return subprocess.run(
        [program(), *SWITCHES, *arguments],
        cwd=cwd,
        env=env,
        stdin=given,
        stdout=printed,
        stderr=complaints,
        check=False,
    ).returncode


def problem(words: bytes, root: Path) -> RepositoryProblem:
    """Git's error output as a sentence that says what to do."""
    text = words.decode("utf-8", "replace").strip()
    lines = [line for line in text.splitlines() if line.startswith(("fatal: ", "error: "))]
    said = lines[0].partition(": ")[2] if lines else text or "no reason was given"
    if "dubious ownership" in text:
        return RepositoryProblem(
            f"{root} belongs to another user, so Git does not read it",
            hint=f"if you trust it: git config --global --add safe.directory '{root.as_posix()}'",
        )
    absent = (
        "promisor",
        "transport",
        "unable to read",
        "missing",
        "bad object",
        "object directory",
        "alternate object",
    )
    if any(sign in text for sign in absent):
        return missing(said)
    return RepositoryProblem(
        f"Git refused: {said}", hint=f"run `git -C '{root.as_posix()}' status` and mend what it names"
    )


def missing(what: str) -> RepositoryProblem:
    """Content that the history names but this clone lacks."""
    return RepositoryProblem(
        f"part of the history is not in this clone: {what}",
        hint="a shallow or partial clone lacks it: `git fetch --unshallow`, or `git fetch --refetch "
        "--no-filter`, or clone again without --depth and --filter; `git fsck` tells damage from absence",
    )


def cut_off(what: str) -> RepositoryProblem:
    """Git reported success, but its output ends in the middle."""
    return RepositoryProblem(
        f"`git` ended before it had given all of {what}", hint="run it again; `git fsck` tells damage"
    )


def read_blobs(oids: Sequence[str], *, cwd: Path, env: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """(oid, content) in the order asked. Raises RepositoryProblem for an object that is not there."""
    data = "".join(f"{oid}\n" for oid in oids).encode("ascii")
    # A missing answer tells more than the exit code.
    with execute_large(["cat-file", "--batch", "--buffer"], cwd=cwd, env=env, data=data) as (_, answers, _):
        for oid in oids:
            yield oid, _answer(answers, oid)


def _answer(answers: IO[bytes], oid: str) -> bytes:
    header = answers.readline().split()
    if len(header) != 3:
        raise missing(f"object {oid}")
    raw, size = answers.read(int(header[2])), int(header[2])
    # Git was stopped midway: keeping half an object would keep it for good.
    if len(raw) != size or not answers.read(1):
        raise cut_off(f"object {oid}")
    return raw
