"""What Git does with the other side: fetching, fast-forwarding, pushing. Nothing here ever asks for a password."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from kcs.errors import KcsError, Refused, RepositoryProblem
from kcs.kb.git import Repository, path_text
from kcs.kb.git_run import KEPT, environment, execute, program

Progress = Callable[[str], None]

_OFFLINE = (
    "could not resolve host",
    "connection timed out",
    "connection refused",
    "connection reset",
    "network is unreachable",
    "no route to host",
    "failed to connect",
    "couldn't connect",
    "operation timed out",
    "temporary failure in name resolution",
)
_LOCKED_OUT = (
    "could not read username",
    "could not read password",
    "terminal prompts disabled",
    "authentication failed",
    "permission denied (",
    "host key verification failed",
    "no supported authentication methods",
    "error: 403",
)
_NEVER_ASKS = (
    "kcs sync never asks for a password: run `git fetch` once by hand and let Git keep what you type"
    " (git config --global credential.helper ...), or start ssh-agent"
)


@dataclass(frozen=True, slots=True)
class Upstream:
    """The branch on the other side: `ref` as it is called there, `tracking` as it is called here."""

    remote: str
    ref: str
    tracking: str

    @property
    def name(self) -> str:
        """As people write it: `origin/main`."""
        return f"{self.remote}/{self.ref.removeprefix('refs/heads/')}"


def upstream(repo: Repository) -> Upstream:
    """What the current branch follows. RepositoryProblem with the way out where it follows nothing."""
    branch = repo.branch()
    if branch is None:
        raise RepositoryProblem("HEAD is detached: no branch to bring up to date", hint="git switch BRANCH")
    if repo.head() is None:
        raise RepositoryProblem(f"branch {branch} has no commit yet", hint="commit first; or git pull")
    form = "--format=%(refname)%00%(upstream:remotename)%00%(upstream:remoteref)%00%(upstream)"
    lines = repo.run("for-each-ref", form, f"refs/heads/{branch}").decode("utf-8", "replace").splitlines()
    fields = next((one.split("\0") for one in lines if one.startswith(f"refs/heads/{branch}\0")), [])
    if len(fields) == 4 and all(fields):
        return Upstream(*fields[1:])
    remotes = repo.run("remote").decode("utf-8", "replace").split()
    if not remotes:
        raise RepositoryProblem(
            "this repository has no remote: there is nobody to exchange work with",
            hint="git remote add origin ADDRESS, then git push -u origin " + branch,
        )
    raise RepositoryProblem(
        f"branch {branch} follows no branch of a remote",
        hint=f"git branch --set-upstream-to={remotes[0]}/{branch}, or once: git push -u {remotes[0]} {branch}",
    )


def fetch(repo: Repository, target: Upstream, progress: Progress | None = None) -> str:
    """Fetch that branch and nothing else; the id of its commit now. RepositoryProblem where it cannot be had."""
    show = ["--progress"] if progress else []
    command = ["fetch", *show, "--no-recurse-submodules", "--no-auto-maintenance", target.remote, target.ref]
    code, _, words = _talk(repo, command, progress)
    if code:
        raise _problem(target, words)
    return repo.resolve(target.tracking)


def counts(repo: Repository, ours: str, theirs: str) -> tuple[int, int]:
    """How many commits `ours` has that `theirs` has not, and the other way round."""
    out = repo.run("rev-list", "--left-right", "--count", f"{ours}...{theirs}", "--")
    ahead, behind = out.split()
    return int(ahead), int(behind)


def own_since_rewritten(repo: Repository, target: Upstream, ours: str, theirs: str) -> int | None:
    """How many commits of `ours` were never on that branch, where it was rewritten (force push); None where it was not."""
    code, out, _ = _talk(repo, ["merge-base", "--fork-point", target.tracking, ours])
    fork = out.decode("ascii", "replace").strip()
    if code or not fork or counts(repo, fork, theirs)[0] == 0:
        return None
    return counts(repo, ours, fork)[0]


def changed_between(repo: Repository, old: str, new: str) -> set[str]:
    """The paths that differ between two commits; a rename is both its names."""
    out = repo.run("diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new, "--")
    return {path_text(path) for path in out.split(b"\0")[:-1]}


def authors_between(repo: Repository, old: str, new: str) -> dict[str, list[str]]:
    """Path to the names of those who changed it in `old..new`, the last one first; merges apart."""
    options = ("-z", "--format=%x01%aN", "--name-only", "--no-renames", "--no-merges", "--no-ext-diff")
    found: dict[str, list[str]] = {}
    name = ""
    for token in repo.run("log", *options, f"{old}..{new}", "--").split(b"\0"):
        if token.startswith(b"\x01"):
            name = token[1:].decode("utf-8", "replace")
        elif token and name not in (names := found.setdefault(path_text(token.removeprefix(b"\n")), [])):
            names.append(name)
    return found


def fast_forward(repo: Repository, commit: str) -> None:
    """Move branch and files to `commit`, a descendant of HEAD. Refused, and nothing moved, where a file is in the way."""
    command = ["merge", "--ff-only", "--no-autostash", "--no-overwrite-ignore", "--quiet", commit]
    code, _, words = _talk(repo, command)
    if code:
        raise Refused(f"Git moved nothing: {_first_line(words)}", hint="mend what Git names, then kcs sync")


def push(repo: Repository, target: Upstream, commit: str, progress: Progress | None = None) -> None:
    """Push `commit` to the branch. Refused where the other side does not take it."""
    show = ["--progress"] if progress else []
    command = [
        "push",
        "--porcelain",
        *show,
        "--no-recurse-submodules",
        target.remote,
        f"{commit}:{target.ref}",
    ]
    code, printed, words = _talk(repo, command, progress)
    if not code:
        return
    lines = printed.decode("utf-8", "replace").splitlines()
    said = next((one.split("\t")[-1] for one in lines if one.startswith("!")), "")
    if "non-fast-forward" in said or "fetch first" in said:
        raise Refused(
            f"{target.name} has got new commits meanwhile; nothing was pushed", hint="kcs sync --push again"
        )
    if said:
        why = " ".join(one[8:].strip() for one in words.splitlines() if one.startswith("remote: "))
        raise Refused(
            f"{target.name} did not take the commits: {said}{f' ({why})' if why else ''}",
            hint="they stay here; where that branch is protected, push another one: git push "
            f"{target.remote} HEAD:my-changes",
        )
    raise _problem(target, words)


def _talk(repo: Repository, command: list[str], progress: Progress | None = None) -> tuple[int, bytes, str]:
    """(exit code, output, error output); `progress` is told the error output as it comes."""
    import subprocess
    from tempfile import TemporaryFile

    with TemporaryFile() as printed:
        process = subprocess.Popen(
            [program(), "--no-pager", "-c", "core.askPass=", *command],
            cwd=repo.root,
            env=_environment(repo),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.PIPE,
        )
        assert process.stderr is not None
        with process:
            words = _heard(process.stderr, progress)
        printed.seek(0)
        return process.returncode, printed.read(), words


def _heard(stream: IO[bytes], progress: Progress | None) -> str:
    words = b""
    while chunk := os.read(stream.fileno(), 4096):
        words += chunk
        if progress:
            progress(_masked(chunk.decode("utf-8", "replace")))
    return _masked(words.decode("utf-8", "replace"))


def _environment(repo: Repository) -> dict[str, str]:
    """The user's own, without what points elsewhere and without anything that could ask a question."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k.startswith(_OWN)}
    quiet = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "GCM_INTERACTIVE": "never"}
    return clean | quiet | {"GIT_SSH_COMMAND": _ssh(repo)}


# How the user reaches the other side is hers to say.
_OWN = (*KEPT, "GIT_SSL_", "GIT_PROXY", "GIT_HTTP_", "GIT_SSH_VARIANT", "GIT_AUTHOR_", "GIT_COMMITTER_")


def _ssh(repo: Repository) -> str:
    """The user's own ssh; OpenSSH is told not to ask."""
    done = execute(["config", "--get", "core.sshCommand"], cwd=repo.root, env=environment())
    configured = done.stdout.decode("utf-8", "replace").strip() if not done.returncode else ""
    own = os.environ.get("GIT_SSH_COMMAND") or configured
    if not own and (named := os.environ.get("GIT_SSH")):
        own = f'"{named}"'
    own = own or "ssh"
    name = PurePath(own.split()[0].strip("\"'")).stem.casefold()
    return f"{own} -oBatchMode=yes" if name == "ssh" else own


def _problem(target: Upstream, words: str) -> KcsError:
    folded = words.casefold()
    said = _first_line(words)
    if any(sign in folded for sign in _LOCKED_OUT):
        return RepositoryProblem(
            f"{target.remote} lets nobody in without a sign-in: {said}", hint=_NEVER_ASKS
        )
    if any(sign in folded for sign in _OFFLINE):
        return RepositoryProblem(
            f"{target.remote} cannot be reached: {said}",
            hint="nothing was changed; try again when you are online",
        )
    if "couldn't find remote ref" in folded:
        return RepositoryProblem(
            f"{target.name} is not there any more",
            hint=f"git branch --set-upstream-to={target.remote}/OTHER names another, git remote -v the address",
        )
    return RepositoryProblem(f"{target.remote} gave nothing: {said}", hint="git remote -v shows its address")


def _first_line(words: str) -> str:
    """What Git gives as the reason, on one line."""
    lines = [one.strip() for one in re.split(r"[\r\n]+", words) if one.strip()]
    known = [one for one in lines if any(sign in one.casefold() for sign in _LOCKED_OUT + _OFFLINE)]
    reasons = known or [one for one in lines if one.startswith(("fatal: ", "error: ", "ssh: "))] or lines
    # Of two, the first says why and the last that it failed.
    return reasons[0].removeprefix("fatal: ").removeprefix("error: ") if reasons else "Git gave no reason"


def _masked(words: str) -> str:
    """Without the user and the password that an address may carry."""
    return re.sub(r"://[^/@\s']+@", "://", words)
