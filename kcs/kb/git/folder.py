"""Where a repository is, and what its files say without a process: HEAD, where history ends, the last fetch."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kcs.errors import RepositoryProblem
from kcs.kb.git.run import Done, environment, execute, problem

if TYPE_CHECKING:
    from datetime import datetime

_HEX = "0123456789abcdef"


def is_oid(text: str) -> bool:
    """Whether it is the full id of an object."""
    return len(text) in (40, 64) and not text.strip(_HEX)


class GitFolder:
    """A work tree and its `.git`. `git_dir` and `common_dir` differ in a linked worktree."""

    __slots__ = ("common_dir", "git_dir", "index_file", "root")

    def __init__(self, root: Path, git_dir: Path, common_dir: Path, index_file: Path | None = None) -> None:
        self.root = root
        self.git_dir = git_dir
        self.common_dir = common_dir
        self.index_file = index_file

    @classmethod
    def find(cls, folder: Path) -> Self | None:
        """The repository that holds `folder`; None outside Git. Raises RepositoryProblem if it is unusable."""
        folder = folder.resolve()
        for top in (folder, *folder.parents):
            dot = top / ".git"
            if dot.exists() or dot.is_symlink():
                found = cls._open(top, dot)
                if found.root not in (folder, *folder.parents):
                    raise RepositoryProblem(
                        f"{folder} is outside the work tree of {dot}: its core.worktree names {found.root}",
                        hint=f"work there, or make it the folder of .git: git -C '{top.as_posix()}' config --unset core.worktree",
                    )
                return found
            if (top / "HEAD").is_file() and (top / "objects").is_dir() and (top / "refs").is_dir():
                raise RepositoryProblem(
                    f"{top} is a bare repository: it holds no files to work on",
                    hint=f"work in a clone of it: git clone '{top.as_posix()}'",
                )
        return None

    @classmethod
    def _open(cls, top: Path, dot: Path) -> Self:
        git_dir = dot if dot.is_dir() else _pointed(dot)
        if not (git_dir / "HEAD").is_file() and not (git_dir / "HEAD").is_symlink():
            raise RepositoryProblem(
                f"{dot} is not a Git repository: {git_dir} holds no HEAD",
                hint="clone the repository again, or remove that entry if no repository is meant to be there",
            )
        common = git_dir / "commondir"
        own = git_dir.resolve()
        shared = (
            inside(git_dir, os.fsdecode(common.read_bytes()).strip()).resolve() if common.is_file() else own
        )
        repository = cls(_work_tree(top, own) if own == shared else top, own, shared)
        repository._trusted(dot)
        return repository

    def _trusted(self, dot: Path) -> None:
        """Git's own check of the files' owner, which setting GIT_DIR later would switch off."""
        if hasattr(os, "geteuid"):
            owners = {path.stat().st_uid for path in (self.root, dot, self.git_dir)}
            if owners == {os.geteuid()}:
                return
        done = execute(["rev-parse", "--git-dir"], cwd=self.root, env=environment())
        if done.returncode:
            raise problem(done.stderr, self.root)

    def head(self) -> str | None:
        """The full id of HEAD's commit; None before the first commit.

        RepositoryProblem if unknown: treating a damaged history as none would make every date look new.
        """
        text = self._head_text()
        for _ in range(5):  # a branch may be an alias of another
            if is_oid(text):
                return text
            name = text.removeprefix("ref: ")
            if not name.startswith("refs/") or ".." in name or name.endswith("/.invalid"):
                break
            if (found := self._reference(name)) is None:
                return self._asked_head()
            text = found
        found = self._asked_head()
        if found is not None or self._head_text().endswith("/.invalid"):  # a reftable's placeholder
            return found
        raise problem(b"fatal: what HEAD names is no commit", self.root)

    def _asked_head(self) -> str | None:
        """What Git says: it knows branches in places that we do not look at. None if HEAD names no commit."""
        done = self._run("rev-parse", "--verify", "--quiet", "HEAD")
        found = done.stdout.decode("ascii", "replace").strip()
        if is_oid(found):
            return found
        if done.returncode == 1:
            return None
        raise problem(done.stderr or b"fatal: what HEAD names is no commit", self.root)

    def _head_text(self) -> str:
        # A branch's name may be in any encoding: read otherwise, none would be found, as before the first commit.
        return (self.git_dir / "HEAD").read_bytes().decode("utf-8", "surrogateescape").strip()

    def _reference(self, name: str) -> str | None:
        """The commit a branch names; None if there is no such branch, an impossible id if it is unreadable."""
        loose = self.common_dir / name
        try:
            return loose.read_bytes().decode("utf-8", "replace").strip()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            pass
        except OSError:
            return ""
        try:
            packed = (self.common_dir / "packed-refs").read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            return ""
        wanted = re.escape(name.encode("utf-8", "surrogateescape"))
        found = re.search(rb"^([0-9a-f]{40,64}) " + wanted + rb"$", packed, re.M)
        return found[1].decode("ascii") if found else None

    def branch(self) -> str | None:
        """The name of the branch HEAD is on; None when detached."""
        text = self._head_text()
        if text.endswith("/.invalid"):  # a reftable's placeholder
            text = "ref: " + self._ask("symbolic-ref", "--quiet", "HEAD")
        return text.removeprefix("ref: refs/heads/") if text.startswith("ref: refs/heads/") else None

    def detached(self) -> bool:
        """Whether HEAD names a commit, not a branch."""
        return self.branch() is None

    def shallow_commits(self) -> frozenset[str]:
        """The commits at which this clone's history was cut off."""
        try:
            return frozenset((self.common_dir / "shallow").read_bytes().decode("ascii", "replace").split())
        except FileNotFoundError:
            return frozenset()

    def shallow(self) -> bool:
        """Whether history is cut off anywhere."""
        return bool(self.shallow_commits())

    def last_fetch(self) -> datetime | None:
        """When anything was last fetched; None if never (a fresh clone counts as never)."""
        from datetime import UTC, datetime

        times = [
            path.stat().st_mtime
            for path in {self.git_dir / "FETCH_HEAD", self.common_dir / "FETCH_HEAD"}
            if path.is_file()
        ]
        return datetime.fromtimestamp(max(times), UTC) if times else None

    @property
    def object_format(self) -> str:
        """`sha1` or `sha256`."""
        try:
            config = (self.common_dir / "config").read_bytes()
        except OSError:
            return "sha1"
        named = b"sha256" in config.lower()
        return (
            "sha256"
            if named and re.search(rb"^\s*objectformat\s*=\s*sha256\s*$", config, re.M | re.I)
            else "sha1"
        )

    def _ask(self, *arguments: str) -> str:
        return self._run(*arguments).stdout.decode("utf-8", "replace").strip()

    def _run(self, *arguments: str) -> Done:
        return execute(arguments, cwd=self.root, env=environment() | {"GIT_DIR": str(self.git_dir)})


def _work_tree(top: Path, git_dir: Path) -> Path:
    """The folder that Git's paths begin at: that of `.git`, unless core.worktree names another one.
    A submodule's names its own.
    """
    for name in ("config", "config.worktree"):
        try:
            config = (git_dir / name).read_bytes()
        except OSError:
            continue
        if b"worktree" not in config.lower():
            continue  # without the pattern, which each command would wait for
        named = re.search(rb"^[ \t]*worktree[ \t]*=[ \t]*(.*?)\r?$", config, re.M | re.I)
        if named and inside(git_dir, os.fsdecode(named[1])) != top:
            done = execute(["rev-parse", "--show-toplevel"], cwd=top, env=environment())
            if done.returncode:
                raise problem(done.stderr, top)
            return Path(os.fsdecode(done.stdout.removesuffix(b"\n"))).resolve()
    return top


def inside(folder: Path, name: str) -> Path:
    """`name` as a path, relative to `folder` unless it is absolute."""
    return Path(os.path.normpath(folder / name))


def _pointed(dot: Path) -> Path:
    """The folder that a `.git` file (of a worktree or a submodule) names."""
    try:
        text = dot.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise RepositoryProblem(f"{dot} cannot be read: {error.strerror}", hint="clone again") from error
    if not text.startswith("gitdir: "):
        raise RepositoryProblem(
            f"{dot} is not a Git repository: it does not begin with 'gitdir: '",
            hint="clone the repository again, or remove that file if no repository is meant to be there",
        )
    return inside(dot.parent, text.removeprefix("gitdir: ").rstrip("\r\n"))
