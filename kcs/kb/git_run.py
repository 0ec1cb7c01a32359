"""Running the git program: one environment, one set of switches, one way for it to fail.

Pipes rather than GitPython: importing that costs seven interpreter starts, and every command reads Git.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kcs.errors import RepositoryProblem

if TYPE_CHECKING:
    import subprocess
    from types import TracebackType

# What points at a user's own configuration or installation; every other GIT_* points at a repository
# (hooks set GIT_DIR and GIT_INDEX_FILE), at a trace, or at a behaviour that two machines would not share.
KEPT = ("GIT_CONFIG", "GIT_EXEC_PATH")
PERSON = ("GIT_AUTHOR_", "GIT_COMMITTER_")

# What somebody's configuration could otherwise change in the output, or use to start a program.
SWITCHES = (
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.quotePath=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.showRoot=true"),
    *("-c", "log.mailmap=true"),
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
    # A partial clone fetches what it lacks in silence; nothing here may use the network. Git before 2.44
    # does not know the first name, and no protocol is called "none".
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
# Requests that fit the smallest pipe (4 KiB) can be written whole while the answers wait unread.
WINDOW = 60
# From so many reads on, a process of their own that writes to a file is cheaper than the pipe.
MANY = 300


def environment(*, person: bool = False) -> dict[str, str]:
    """The process environment without what points Git at another repository; `person` keeps GIT_AUTHOR_*."""
    kept = KEPT + PERSON if person else KEPT
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k.startswith(kept)}
    return clean | FIXED


def program() -> str:
    """The full path of the git program. Raises RepositoryProblem where there is none."""
    found = _on_path() if os.name == "posix" else _which()
    # A relative answer is a file of the current folder (Windows looks there first): not to be run.
    if found is None or not Path(found).is_absolute():
        raise RepositoryProblem(
            "the program `git` was not found", hint="install Git, or add its folder to PATH, and try again"
        )
    return found


def _on_path() -> str | None:
    # What shutil.which does here, without the three compressors that it loads.
    for folder in os.get_exec_path():
        found = os.path.join(folder, "git")  # noqa: PTH118 - hot
        if os.access(found, os.X_OK) and not os.path.isdir(found):  # noqa: PTH112 - hot
            return found
    return None


def _which() -> str | None:
    import shutil

    return shutil.which("git")


def _scratch() -> IO[bytes]:
    """A nameless file, in memory where the system offers that."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("kcs"), "w+b")
    from tempfile import TemporaryFile

    return TemporaryFile()


def execute(
    arguments: Iterable[str], *, cwd: Path, env: dict[str, str], data: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run git with these arguments, whatever its exit code."""
    import subprocess

    try:
        return subprocess.run(
            [program(), *SWITCHES, *arguments], cwd=cwd, env=env, input=data, capture_output=True, check=False
        )
    except OSError as error:
        raise RepositoryProblem(
            f"`git` could not be started in {cwd}: {error.strerror}",
            hint="check that the folder is there and that `git --version` works",
        ) from error


@contextmanager
def execute_large(
    arguments: Iterable[str], *, cwd: Path, env: dict[str, str], data: bytes
) -> Iterator[tuple[int, IO[bytes], bytes]]:
    """Exit code, what git printed, and its complaints. Through files: for megabytes a tenth of what a pipe's small pieces cost."""
    import subprocess

    with _scratch() as given, _scratch() as printed:
        given.write(data)
        given.seek(0)
        done = subprocess.run(
            [program(), *SWITCHES, *arguments],
            cwd=cwd,
            env=env,
            stdin=given,
            stdout=printed,
            stderr=subprocess.PIPE,
            check=False,
        )
        printed.seek(0)
        yield done.returncode, printed, done.stderr


def problem(words: bytes, root: Path) -> RepositoryProblem:
    """What git printed on its error output, as a sentence with the way out."""
    text = words.decode("utf-8", "replace").strip()
    lines = [line for line in text.splitlines() if line.startswith(("fatal: ", "error: "))]
    said = lines[0].partition(": ")[2] if lines else text or "no reason was given"
    if "dubious ownership" in text:
        return RepositoryProblem(
            f"{root} belongs to another user, so Git does not read it",
            hint=f"if you trust it: git config --global --add safe.directory '{root.as_posix()}'",
        )
    if any(sign in text for sign in ("promisor", "transport", "unable to read", "missing", "bad object")):
        return missing(said)
    return RepositoryProblem(
        f"Git refused: {said}", hint=f"run `git -C '{root.as_posix()}' status` and mend what it names"
    )


def missing(what: str) -> RepositoryProblem:
    """Content that the history names and this clone does not hold."""
    return RepositoryProblem(
        f"part of the history is not in this clone: {what}",
        hint="a shallow or partial clone lacks it: `git fetch --unshallow`, or `git fetch --refetch "
        "--no-filter`, or clone again without --depth and --filter; `git fsck` tells damage from absence",
    )


class CatFile:
    """One running `git cat-file --batch`: many reads, one process. Use as a context manager."""

    def __init__(self, cwd: Path, env: dict[str, str]) -> None:
        import subprocess

        self._cwd, self._env = cwd, env
        self._process = subprocess.Popen(
            [program(), *SWITCHES, "cat-file", "--batch"],
            cwd=cwd,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> CatFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def read(self, oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """(oid, content) in the order asked. Raises RepositoryProblem for an object that is not there."""
        wanted = list(oids)
        if len(wanted) >= MANY:
            yield from self._from_file(wanted)
            return
        for start in range(0, len(wanted), WINDOW):
            # Gathered before the first is handed out: a reader that stops midway must leave no answer behind.
            yield from self._window(wanted[start : start + WINDOW])

    def _from_file(self, oids: list[str]) -> Iterator[tuple[str, bytes]]:
        import subprocess

        with _scratch() as given, _scratch() as answers:
            given.write(_requests(oids))
            given.seek(0)
            subprocess.run(
                [program(), *SWITCHES, "cat-file", "--batch", "--buffer"],
                cwd=self._cwd,
                env=self._env,
                stdin=given,
                stdout=answers,
                stderr=subprocess.DEVNULL,
                check=False,  # an answer that is not there tells more than the exit code
            )
            answers.seek(0)
            for oid in oids:
                yield oid, _answer(answers, oid)

    def _window(self, oids: list[str]) -> list[tuple[str, bytes]]:
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None and answers is not None
        try:
            requests.write(_requests(oids))
            requests.flush()
        except OSError as error:
            raise missing("`git cat-file` ended early") from error
        return [(oid, _answer(answers, oid)) for oid in oids]


def _requests(oids: list[str]) -> bytes:
    return "".join(f"{oid}\n" for oid in oids).encode("ascii")


def _answer(answers: IO[bytes], oid: str) -> bytes:
    header = answers.readline().split()
    if len(header) != 3:
        raise missing(f"object {oid}")
    raw = answers.read(int(header[2]))
    answers.read(1)
    return raw
