"""The Git repository of a knowledge base, read through pipes (run.py)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from kcs.errors import NoSuchCommit, RepositoryProblem
from kcs.kb.git.folder import GitFolder, inside, is_oid
from kcs.kb.git.run import cut_off, environment, execute, execute_large, missing, problem, read_blobs

if TYPE_CHECKING:
    from datetime import datetime

_FEW = 50
# How Git says that a name, an entry of the reflog or an upstream is not there.
_NO_SUCH = (
    b"fatal: Needed a single revision", b"fatal: log for '", b"fatal: no upstream ", b"fatal: no such branch", b"fatal: HEAD does not point",
)  # fmt: skip
REGULAR, LINK = (b"100644", b"100755"), b"120000"
LAST_SECOND = 253402300799 - 2 * 86400  # of year 9999, whatever the offset


def path_text(raw: bytes) -> str:
    """A path as Git gives it; bytes that are not UTF-8 survive as surrogates."""
    return raw.decode("utf-8", "surrogateescape")


def path_bytes(path: str) -> bytes:
    """The inverse of `path_text`."""
    return path.encode("utf-8", "surrogateescape")


def below(prefix: str, found: Mapping[str, str]) -> dict[str, str]:
    """What lies below a folder (with a final `/`; empty for the top), by its path from there."""
    if not prefix:
        return dict(found)
    return {path[len(prefix) :]: oid for path, oid in found.items() if path.startswith(prefix)}


def moment(raw: str) -> datetime:
    """Git's raw date, `1605044400 -0600`, as an aware datetime; nonsense is clamped to the years 1970 to 9999."""
    from datetime import UTC, datetime, timedelta, timezone

    found = re.match(r"(\d+) ([+-])(\d\d)(\d\d)", raw)
    if not found:
        return datetime.fromtimestamp(0, UTC)
    minutes = min(int(found[3]) * 60 + int(found[4]), 1439) * (-1 if found[2] == "-" else 1)
    return datetime.fromtimestamp(
        min(int(found[1]), LAST_SECOND), timezone(timedelta(minutes=minutes)) if minutes else UTC
    )


class Repository(GitFolder):
    """A repository with a work tree, found with `Repository.find`.

    Paths are text relative to `root`, with `/`, invalid UTF-8 as surrogates. Every method that asks Git raises
    RepositoryProblem if Git cannot answer.
    """

    __slots__ = ()

    def with_hook_index(self) -> Repository:
        """The same, with the index of the running hook's commit (`GIT_INDEX_FILE`), if a hook runs."""
        name = os.environ.get("GIT_INDEX_FILE")
        if not name:
            return self
        return Repository(self.root, self.git_dir, self.common_dir, inside(self.root, name))

    # -- running git ---------------------------------------------------------------------------------------

    def environment(self, *, person: bool = False) -> dict[str, str]:
        """The environment that makes Git read this repository and no other; `person` keeps the user's identity."""
        env = environment(person=person)
        env |= {"GIT_DIR": str(self.git_dir), "GIT_WORK_TREE": str(self.root)}
        if self.index_file:
            env["GIT_INDEX_FILE"] = str(self.index_file)
        return env

    def run(self, *arguments: str, data: bytes = b"") -> bytes:
        """What git prints for these arguments. Only for this package: never pass unchecked user input."""
        done = execute(arguments, cwd=self.root, env=self.environment(), data=data)
        if done.returncode:
            raise problem(done.stderr, self.root)
        return done.stdout

    @contextmanager
    def stream_apart(
        self, *arguments: str, data: bytes = b"", patterns: Sequence[str] = ()
    ) -> Iterator[IO[bytes]]:
        """As `run`, for large answers, and apart from the work tree, so its `.mailmap` has no effect.

        `patterns`: Git's pathspecs, with their magic, which is off for all other paths.
        """
        env = self.environment() | {"GIT_WORK_TREE": str(self.git_dir)}
        if patterns:
            env["GIT_LITERAL_PATHSPECS"] = "0"
            arguments = (*arguments, "--", *patterns)
        with execute_large(arguments, cwd=self.git_dir, env=env, data=data) as (code, printed, complaints):
            if code:
                raise problem(complaints, self.root)
            yield printed

    def run_apart(self, *arguments: str, data: bytes = b"", patterns: Sequence[str] = ()) -> bytes:
        """All of `stream_apart`."""
        with self.stream_apart(*arguments, data=data, patterns=patterns) as printed:
            return printed.read()

    # -- commits -------------------------------------------------------------------------------------------

    def resolve(self, rev: str) -> str:
        """The full id of the commit that `rev` names.
        Raises RepositoryProblem if it names none, or may mean several.
        """
        if not is_oid(rev) and (not rev or rev.startswith("-") or not rev.isprintable()):
            raise NoSuchCommit(
                f"{rev!r} cannot name a commit",
                hint="give a branch, a tag, or the first characters of a commit",
            )
        warn = ("-c", "core.warnAmbiguousRefs=true")
        arguments = (*warn, "rev-parse", "--verify", "--end-of-options", f"{rev}^{{commit}}")
        done = execute(arguments, cwd=self.root, env=self.environment())
        found = done.stdout.decode("ascii", "replace").strip()
        unknown = any(one in done.stderr for one in _NO_SUCH)
        if done.returncode and (
            not unknown
            or done.stderr.startswith((b"error: object directory", b"error: unable to normalize alternate"))
        ):
            # Such as a broken configuration, whatever the commit is called.
            raise problem(done.stderr, self.root)
        if done.returncode or not is_oid(found):
            hint = "`git log --oneline` and `git branch --all` list what there is"
            if self.shallow():
                hint = (
                    "this clone is shallow; `git fetch --unshallow` brings the rest (in CI: fetch-depth: 0)"
                )
            elif rev.startswith("refs/remotes/"):
                hint = "this clone does not hold that branch; `git fetch --all` brings it (in CI: fetch-depth: 0)"
            elif _is_day(rev):
                hint = f"a branch, a tag or a commit is wanted, no day: `git log -1 --format=%h --before={rev}T23:59` names one"
            raise NoSuchCommit(f"no commit is called {rev!r} here", hint=hint)
        if (said := re.search(rb"refname '(.*)' is ambiguous", done.stderr)) and not is_oid(rev):
            self._is_one(path_text(said[1]))
        return found

    def _is_one(self, name: str) -> None:
        """RepositoryProblem for a name that a tag, a branch or a commit share: Git would take the tag, and
        whoever may push one chooses. HEAD and whole names are always what they are, whatever else is called
        so.
        """
        if name in ("", "@", "HEAD") or name.startswith("refs/"):
            return
        asked = [f"refs/{kind}{name}" for kind in ("tags/", "heads/", "remotes/")]
        asked.append(f"refs/remotes/{name}/HEAD")
        # By a pattern for each, Git also lists what is below it.
        found = path_text(self.run("for-each-ref", "--format=%(refname)", *asked)).splitlines()
        whole = [one for one in found if one in asked]
        if len(whole) == 1:
            whole.append("or more of the commit's id")
        raise RepositoryProblem(
            f"{name!r} names several things here", hint=f"give the whole name: {', '.join(whole)}"
        )

    def first_parent_before(self, end: datetime, commit: str | None = None) -> str | None:
        """The last commit on the first-parent line of `commit` (else HEAD) that was not made after `end`; None if none.

        `end` is aware; the committer date counts.
        """
        seconds = int(end.timestamp() // 1)
        if seconds < 0 or self.head() is None:
            return None
        out = self.run(
            "rev-list", "--first-parent", "--max-count=1", f"--min-age={seconds}", commit or "HEAD", "--"
        )
        return out.decode("ascii").strip() or None

    def merge_base(self, rev: str) -> str | None:
        """The newest common ancestor of HEAD and `rev`; None if this clone knows none."""
        other = self.resolve(rev)
        if self.head() is None:
            return None
        done = execute(["merge-base", "HEAD", other], cwd=self.root, env=self.environment())
        return done.stdout.decode("ascii", "replace").strip() or None

    def merge_heads(self) -> list[str]:
        """The commits that an unfinished merge brings in."""
        try:
            lines = (self.git_dir / "MERGE_HEAD").read_text("ascii").split()
        except (OSError, ValueError):
            return []
        return [one for one in lines if is_oid(one)]

    def ever_held(self, commit: str, paths: Sequence[str], since: int | None = None) -> bool | None:
        """Whether a commit or its history touched any of these paths (`since`, in seconds since 1970). None
        for names that Git cannot be asked about line by line, and for so many that reading all of it is
        quicker.
        """
        if len(paths) > _FEW or any(one in path for path in paths for one in "\r\n"):
            return None
        asked = b"\n".join([commit.encode("ascii"), b"--", *map(path_bytes, paths), b""])
        if not paths or since is None:
            return bool(paths) and bool(
                self.run("rev-list", "--max-count=1", "--full-history", "--stdin", data=asked)
            )
        # Not --max-age: Git goes no further back than to a commit whose clock was slow.
        told = self.run("rev-list", "--full-history", "--format=%at%n%ct", "--stdin", data=asked).split(b"\n")
        return any(int(line) >= since for line in told if line.isdigit())

    def committer_date(self, rev: str) -> datetime:
        """When the commit was made, with its own offset."""
        out = self.run("log", "-1", "--format=%cd", "--date=raw", self.resolve(rev), "--")
        return moment(out.decode("ascii", "replace"))

    # -- content -------------------------------------------------------------------------------------------

    def tree(self, rev: str) -> dict[str, str]:
        """Path to blob id of every regular file of a commit; links and submodules are left out."""
        return self.tree_and_links(rev)[0]

    def tree_and_links(self, rev: str) -> tuple[dict[str, str], dict[str, str]]:
        """The same, and path to blob id of every symbolic link."""
        commit = rev if is_oid(rev) else self.resolve(rev)
        out = self.run("ls-tree", "-r", "-z", "--full-tree", commit)
        if out and out[-1:] != b"\0":
            raise cut_off("ls-tree")
        found: dict[str, str] = {}
        links: dict[str, str] = {}
        for line in out.split(b"\0")[:-1]:
            facts, _, path = line.partition(b"\t")
            mode, _, oid = facts.split(b" ")
            if mode in REGULAR:
                found[path_text(path)] = oid.decode("ascii")
            elif mode == LINK:
                links[path_text(path)] = oid.decode("ascii")
        return found, links

    def blobs(self, oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """(oid, content) in the order asked, through one process."""
        wanted = list(oids)
        if wanted:
            yield from read_blobs(wanted, cwd=self.root, env=self.environment())

    def show(self, path: str, rev: str | None = None) -> bytes | None:
        """The file as of `rev`, or as staged; None if absent."""
        spec = f"{self.resolve(rev) if rev else ''}:{path}"
        done = execute(["cat-file", "blob", spec], cwd=self.root, env=self.environment())
        if done.returncode and rev and path in self.tree(rev):
            raise missing(spec)
        return None if done.returncode else done.stdout


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
