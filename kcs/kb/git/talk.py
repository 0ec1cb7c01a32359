"""Running Git when it talks to a remote, and what its messages mean. Nothing here ever asks for a password."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, TYPE_CHECKING

from kcs.errors import KcsError, RepositoryProblem
from kcs.kb.git.run import KEPT, environment, execute, program

if TYPE_CHECKING:
    from kcs.kb.git.remote import Upstream
    from kcs.kb.git.repository import Repository

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


def talk(repo: Repository, command: list[str], progress: Progress | None = None) -> tuple[int, bytes, str]:
    """(exit code, output, error output); `progress` gets the error output as it comes."""
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
    """The user's environment, without anything that points elsewhere or could prompt."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k.startswith(_OWN)}
    quiet = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "GCM_INTERACTIVE": "never"}
    return clean | quiet | {"GIT_SSH_COMMAND": _ssh(repo)}


# The user decides how to reach the remote.
_OWN = (*KEPT, "GIT_SSL_", "GIT_PROXY", "GIT_HTTP_", "GIT_SSH_VARIANT", "GIT_AUTHOR_", "GIT_COMMITTER_")


def _ssh(repo: Repository) -> str:
    """The user's own ssh command; OpenSSH is told not to prompt."""
    done = execute(["config", "--get", "core.sshCommand"], cwd=repo.root, env=environment())
    configured = done.stdout.decode("utf-8", "replace").strip() if not done.returncode else ""
    own = os.environ.get("GIT_SSH_COMMAND") or configured
    if not own and (named := os.environ.get("GIT_SSH")):
        own = f'"{named}"'
    own = own or "ssh"
    name = PurePath(own.split()[0].strip("\"'")).stem.casefold()
    return f"{own} -oBatchMode=yes" if name == "ssh" else own


def first_line(words: str) -> str:
    """What Git gives as the reason, on one line."""
    lines = [one.strip() for one in re.split(r"[\r\n]+", words) if one.strip()]
    known = [one for one in lines if any(sign in one.casefold() for sign in _LOCKED_OUT + _OFFLINE)]
    reasons = known or [one for one in lines if one.startswith(("fatal: ", "error: ", "ssh: "))] or lines
    # Of two lines, the first says why, the last only that it failed.
    return reasons[0].removeprefix("fatal: ").removeprefix("error: ") if reasons else "Git gave no reason"


def _masked(words: str) -> str:
    """The text without the user and password that an address may carry."""
    return re.sub(r"://[^/@\s']+@", "://", words)


def problem_with(target: Upstream, words: str) -> KcsError:
    """Why Git could not reach the remote, and what to do, from its output."""
    folded = words.casefold()
    said = first_line(words)
    if any(sign in folded for sign in _LOCKED_OUT):
        return RepositoryProblem(f"{target.remote} requires signing in: {said}", hint=_NEVER_ASKS)
    if any(sign in folded for sign in _OFFLINE):
        return RepositoryProblem(
            f"{target.remote} cannot be reached: {said}",
            hint="nothing was changed; try again when you are online",
        )
    if "couldn't find remote ref" in folded:
        return RepositoryProblem(
            f"{target.name} is gone",
            hint=f"git branch --set-upstream-to={target.remote}/OTHER names another, git remote -v the address",
        )
    return RepositoryProblem(f"{target.remote} sent nothing: {said}", hint="git remote -v shows its address")
