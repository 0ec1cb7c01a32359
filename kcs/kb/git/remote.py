"""Git and the remote: fetching, fast-forwarding, pushing. Nothing here ever asks for a password."""

from __future__ import annotations

from dataclasses import dataclass

from kcs.errors import Refused, RepositoryProblem
from kcs.kb.git.repository import Repository, path_text
from kcs.kb.git.talk import Progress, first_line, problem_with, talk


@dataclass(frozen=True, slots=True)
class Upstream:
    """The branch on the remote: `ref` is its name there, `tracking` its name here.
    `pushed`: the remote that Git pushes this branch to.
    """

    remote: str
    ref: str
    tracking: str
    pushed: str

    @property
    def name(self) -> str:
        """As people write it: `origin/main`."""
        return f"{self.remote}/{self.ref.removeprefix('refs/heads/')}"


def upstream(repo: Repository) -> Upstream:
    """What the current branch tracks. RepositoryProblem, with what to do, if it tracks nothing."""
    branch = repo.branch()
    if branch is None:
        raise RepositoryProblem("HEAD is detached: no branch to bring up to date", hint="git switch BRANCH")
    if repo.head() is None:
        raise RepositoryProblem(f"branch {branch} has no commit yet", hint="commit first; or git pull")
    asked = ("refname", "upstream:remotename", "upstream:remoteref", "upstream", "push:remotename")
    form = f"--format={'%00'.join(f'%({one})' for one in asked)}"
    lines = path_text(repo.run("for-each-ref", form, f"refs/heads/{branch}")).splitlines()
    fields = next((one.split("\0") for one in lines if one.startswith(f"refs/heads/{branch}\0")), [])
    if len(fields) == len(asked) and all(fields[:4]):
        return Upstream(*fields[1:])
    remotes = repo.run("remote").decode("utf-8", "replace").split()
    if not remotes:
        raise RepositoryProblem(
            "this repository has no remote: there is nobody to exchange work with",
            hint="git remote add origin ADDRESS, then git push -u origin " + branch,
        )
    raise RepositoryProblem(
        f"branch {branch} does not track a remote branch",
        hint=f"git branch --set-upstream-to={remotes[0]}/{branch}, or once: git push -u {remotes[0]} {branch}",
    )


def fetch(repo: Repository, target: Upstream, progress: Progress | None = None) -> str:
    """Fetch that branch and nothing else; returns the id of its commit. RepositoryProblem if that fails."""
    show = ["--progress"] if progress else []
    command = ["fetch", *show, "--no-recurse-submodules", "--no-auto-maintenance", target.remote, target.ref]
    code, _, words = talk(repo, command, progress)
    if code:
        raise problem_with(target, words)
    return repo.resolve(target.tracking)


def counts(repo: Repository, ours: str, theirs: str) -> tuple[int, int]:
    """How many commits `ours` has that `theirs` lacks, and vice versa."""
    out = repo.run("rev-list", "--left-right", "--count", f"{ours}...{theirs}", "--")
    ahead, behind = out.split()
    return int(ahead), int(behind)


def own_since_rewritten(repo: Repository, target: Upstream, ours: str, theirs: str) -> int | None:
    """How many commits of `ours` were never on that branch, if it was rewritten (force push); None if it was not."""
    code, out, _ = talk(repo, ["merge-base", "--fork-point", target.tracking, ours])
    fork = out.decode("ascii", "replace").strip()
    if code or not fork or counts(repo, fork, theirs)[0] == 0:
        return None
    return counts(repo, ours, fork)[0]


def changed_between(repo: Repository, old: str, new: str) -> set[str]:
    """The paths that differ between two commits; a rename gives both names."""
    out = repo.run("diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new, "--")
    return {path_text(path) for path in out.split(b"\0")[:-1]}


def authors_between(repo: Repository, old: str, new: str) -> dict[str, list[str]]:
    """Path to the names of those who changed it in `old..new`, latest first; merges left out."""
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
    """Move branch and files to `commit`, a descendant of HEAD. Refused, with nothing moved, if a file is in the way."""
    command = ["merge", "--ff-only", "--no-autostash", "--no-overwrite-ignore", "--quiet", commit]
    code, _, words = talk(repo, command)
    if code:
        raise Refused(f"Git moved nothing: {first_line(words)}", hint="fix what Git names, then kcs sync")


# Somebody else pushed: Git's words where this side sees it, and where the other side does, in the middle of our push.
_OVERTAKEN = ("non-fast-forward", "fetch first")
_OVERTAKEN_THERE = ("but expected", "incorrect old value")


def push(repo: Repository, target: Upstream, commit: str, progress: Progress | None = None) -> None:
    """Push `commit` to the branch.
    Fails if the remote rejects it; Refused where Git is set to push to another remote, such as a fork.
    """
    if target.pushed not in ("", target.remote):
        raise Refused(
            f"nothing was pushed: kcs sync pushes to {target.name}, and Git is set to push this branch to {target.pushed}",
            hint="git push does that; kcs sync alone brings in what is new",
        )
    show = ["--progress"] if progress else []
    command = [
        "push",
        "--porcelain",
        *show,
        "--no-recurse-submodules",
        target.remote,
        f"{commit}:{target.ref}",
    ]
    code, printed, words = talk(repo, command, progress)
    if not code:
        return
    lines = printed.decode("utf-8", "replace").splitlines()
    said = next((one.split("\t")[-1] for one in lines if one.startswith("!")), "")
    if any(one in said for one in _OVERTAKEN) or any(one in f"{said}\n{words}" for one in _OVERTAKEN_THERE):
        raise Refused(
            f"{target.name} got new commits in the meantime; nothing was pushed", hint="kcs sync --push again"
        )
    if said:
        why = " ".join(one[8:].strip() for one in words.splitlines() if one.startswith("remote: "))
        raise Refused(
            f"{target.name} did not take the commits: {said}{f' ({why})' if why else ''}",
            hint="they stay here; where that branch is protected, push another one: git push "
            f"{target.remote} HEAD:my-changes",
        )
    if first_line(words).startswith("failed to push some refs") and "fatal: " not in words:
        # Git gives no other sign that a hook of this clone said no.
        # What it printed says why; of two streams, a terminal saw one.
        heard = [*lines, *([] if progress else words.splitlines())]
        hook = [one for one in heard if one.strip() and not one.startswith("error: failed to push")]
        raise Refused(
            "the pre-push hook of this clone stopped it; nothing was pushed",
            hint="\n     ".join([*hook, "fix what it names, then kcs sync --push"]),
        )
    raise problem_with(target, words)
