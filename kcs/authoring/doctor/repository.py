"""The repository: whether there is one, how complete it is, and what is half done in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from shlex import quote
from typing import IO

from kcs.authoring.doctor.model import Check, Patient, info, ok, problem
from kcs.counting import counted
from kcs.errors import RepositoryProblem
from kcs.kb.files import interrupted as waits
from kcs.kb.files import read_ours
from kcs.kb.git import merge as git_merge
from kcs.kb.git.index import absent
from kcs.kb.git.merge import stages
from kcs.kb.git.repository import Repository
from kcs.kb.journal import finish
from kcs.kb.place import from_home
from kcs.kb.state import prefix_of, private_folder_of

PRE_COMMIT = ".pre-commit-config.yaml"
# Which hooks of Git run what it names of ours.
_HOOKS = {
    rb"(?m)^[^#\n]*\bkcs[- ](?:check|verified)\b": ("pre-commit", "pre-merge-commit"),
    rb"(?m)^[^#\n]*\bkcs[- ]audit\b": ("pre-push",),
}


def repository(patient: Patient) -> Iterator[Check]:
    """Whether Git keeps these files."""
    repo = patient.load_repo()
    if repo is None:
        words = "in no Git repository: nobody can tell who verified what, and when"
        yield problem("repository", words, f"git init {quote(str(patient.root))}, then commit the articles")
    elif repo.head() is None:
        yield info("repository", f"{repo.root} has no commit yet", "git add . && git commit")
    else:
        yield ok("repository", str(repo.root))


def interrupted(patient: Patient) -> Iterator[Check]:
    """Whether a killed command left several files half changed;
    as by any command that opens the base, that is finished.
    """
    folder = private_folder_of(patient.root, patient.repo)
    if waits(folder):
        for said in finish(patient.repo.root if patient.repo else patient.root, folder):
            yield info("interrupted", said)


def history(patient: Patient) -> Iterator[Check]:
    """Whether the history is complete here."""
    repo = patient.repo
    if repo is None or repo.head() is None:
        return
    repo.run("rev-list", "--count", "HEAD")  # raises if what it borrows from another repository is gone
    if repo.shallow():
        words = "this clone is shallow: what its history would show is untrusted (unknown-history)"
        yield problem("history", words, "git fetch --unshallow (in CI: fetch-depth: 0)")
    elif not (lacking := lacked_objects(repo)):
        yield ok("history", "complete")
    elif pictures := lacked_pictures(repo, lacking):
        words = (
            f"this clone is partial: {counted(len(pictures), 'old picture')} or the like, as {min(pictures)}, "
            f"{'is' if len(pictures) == 1 else 'are'} not in it; only where images = true may a command ask for one"
        )
        yield info("history", words)
    else:
        words = (
            "this clone is partial: old versions are not in it, so kcs log cannot run, nor, where a text changed or files moved,"
            " what judges or verifies articles: kcs list, trust and audit"
        )
        yield problem("history", words, "git fetch --refetch --no-filter (in CI: no filter)")


def lacked_objects(repo: Repository) -> frozenset[bytes]:
    """Objects that a filtered clone left out and still lacks. Nothing is fetched."""
    if not any((repo.common_dir / "objects/pack").glob("*.promisor")):
        return frozenset()
    listed = repo.run("rev-list", "--objects", "--missing=print", "HEAD")
    return frozenset(line[1:] for line in listed.splitlines() if line.startswith(b"?"))


def lacked_pictures(repo: Repository, lacking: frozenset[bytes]) -> set[str]:
    """The paths of all missing files, if these are only pictures and the like; else nothing."""
    from kcs.kb.git.diff_tree import RAW, is_never_article

    found: dict[bytes, str] = {}
    try:
        switches = ("--format=", "--diff-merges=separate", "--no-renames")
        with repo.stream_apart("log", *RAW, *switches, "HEAD") as told:
            for change, path in _pairs(told):
                for oid in lacking.intersection(change.split()[2:4]):
                    name = path.decode("utf-8", "replace")
                    if not is_never_article(name):
                        return set()
                    found[oid] = name
    except RepositoryProblem:  # trees are not here either
        return set()
    return set(found.values()) if found.keys() == lacking else set()


def _pairs(told: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each change and its path, a piece at a time: of a long history Git tells hundreds of megabytes."""
    rest = b""
    while piece := told.read(1 << 20):
        parts = (rest + piece).split(b"\0")
        whole = (len(parts) - 1) // 2 * 2
        yield from zip(parts[:whole:2], parts[1:whole:2], strict=True)
        rest = b"\0".join(parts[whole:])


def sparse(patient: Patient) -> Iterator[Check]:
    """Whether the folder holds every file that the commit has."""
    repo = patient.repo
    if repo is None or patient.setting("core.sparseCheckout") != "true":
        return
    prefix = prefix_of(patient.root, repo)
    gone = sum(one.startswith(prefix) for one in absent(repo))
    if gone:
        words = (
            f"a sparse checkout: {counted(gone, 'file of the base is', 'files of the base are')} not in this folder, so no command sees what"
            " is not here, links there count as broken, and verifying what links there holds only here"
        )
        yield problem("sparse", words, "git sparse-checkout disable, or add their folders")


def place(patient: Patient) -> Iterator[Check]:
    """Whether it is a repository of its own."""
    repo = patient.repo
    if repo is None:
        return
    if repo.git_dir != repo.common_dir:
        yield info("place", f"a linked worktree of {repo.common_dir.parent}")
    elif (repo.root / ".git").is_file():
        yield info("place", "a submodule: its commits are not those of the repository around it")


def head(patient: Patient) -> Iterator[Check]:
    """Whether a commit made now would be on a branch."""
    repo = patient.repo
    if repo is not None and repo.detached():
        yield info("head", "HEAD is detached: a commit made now is on no branch", "git switch -c NAME")


def unfinished(patient: Patient) -> Iterator[Check]:
    """Whether Git waits for somebody to finish something."""
    for what, fix in git_merge.unfinished(patient.repo) if patient.repo else ():
        yield info("unfinished", f"{what} is not finished", fix)


def conflicts(patient: Patient) -> Iterator[Check]:
    """Whether files wait for a decision."""
    repo = patient.repo
    waiting = sorted(stages(repo)) if repo else []
    if waiting:
        more = f" and {len(waiting) - 3} more" if len(waiting) > 3 else ""
        yield problem("conflicts", f"in conflict: {', '.join(waiting[:3])}{more}", "kcs resolve")


def hooks(patient: Patient) -> Iterator[Check]:
    """Whether the hooks are where Git looks for them."""
    repo = patient.repo
    named = patient.setting("core.hooksPath") if repo else None
    if repo is None:
        return
    if named is None:
        yield from _installed(repo)
        return
    folder = repo.root / from_home(named)
    if folder.is_dir():
        yield info("hooks", f"core.hooksPath is {named}: hooks of .git/hooks do not run")
    else:
        words = f"core.hooksPath is {named}, which is not a folder: no hook runs"
        where = patient.scope("core.hooksPath")
        option = f"--{where} " if where in ("global", "system", "worktree") else ""
        yield problem("hooks", words, f"git config {option}--unset core.hooksPath")


def _installed(repo: Repository) -> Iterator[Check]:
    """Whether what pre-commit is told to run of ours is run: its settings alone run nothing, in no new clone."""
    settings = repo.root / PRE_COMMIT
    said = read_ours(settings, PRE_COMMIT) if settings.is_file() else b""
    wanted = [hook for pattern, hooks in _HOOKS.items() if re.search(pattern, said) for hook in hooks]
    missing = [hook for hook in wanted if not (repo.common_dir / "hooks" / hook).is_file()]
    if missing:
        words = f"{PRE_COMMIT} is not installed in this clone: nothing is checked before a commit or push"
        if len(missing) < len(wanted):
            words = f"of {PRE_COMMIT} {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed in this clone"
        yield info(
            "hooks", words, f"pre-commit install {' '.join(f'--hook-type {hook}' for hook in missing)}"
        )
    elif wanted:
        yield ok("hooks", f"{PRE_COMMIT} is installed")


def fetched(patient: Patient) -> Iterator[Check]:
    """Whether the last fetch is too long ago."""
    last = patient.repo.last_fetch() if patient.repo else None
    days = (datetime.now(UTC) - last).days if last else 0
    if days >= 1:
        yield info("fetch", f"last fetched {counted(days, 'day')} ago", "kcs sync")
