"""Git's part in a conflict: its line merge, the sides of a file it keeps, and marking a file resolved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kcs.kb.git.repository import Repository, path_text
from kcs.kb.git.run import environment, execute, problem

# Files that Git keeps in its folder while it waits: the file, the operation, how to go on.
WAITING = (
    ("MERGE_HEAD", "a merge", "git merge --continue, or git merge --abort"),
    ("rebase-merge", "a rebase", "git rebase --continue, or git rebase --abort"),
    ("rebase-apply", "a rebase", "git rebase --continue, or git rebase --abort"),
    ("CHERRY_PICK_HEAD", "a cherry-pick", "git cherry-pick --continue, or git cherry-pick --abort"),
    ("REVERT_HEAD", "a revert", "git revert --continue, or git revert --abort"),
    ("BISECT_LOG", "a bisection", "git bisect reset"),
)
_MOST_CONFLICTS = 127
_LOOKED_AT = 8000  # bytes in which Git looks for a NUL


@dataclass(frozen=True, slots=True)
class Lines:
    """Git's own line merge, in the conflict style configured for `folder`.

    `labels` follow the markers of ours, the base and theirs; `marker_size` None is Git's default.
    """

    folder: Path
    labels: tuple[str, str, str] = ("ours", "base", "theirs")
    marker_size: int | None = None

    def __call__(self, base: bytes, ours: bytes, theirs: bytes) -> tuple[bytes, int]:
        """The merged bytes, with markers, and how many conflicts they hold. RepositoryProblem if Git cannot."""
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="kcs-merge-") as place:
            files = [Path(place) / name for name in ("ours", "base", "theirs")]
            for file, raw in zip(files, (ours, base, theirs), strict=True):
                file.write_bytes(raw)
            size = [f"--marker-size={self.marker_size}"] if self.marker_size else []
            labels = [word for label in self.labels for word in ("-L", label)]
            command = ["merge-file", "--stdout", "--quiet", *size, *labels, *map(str, files)]
            done = execute(command, cwd=self.folder, env=environment())
        if any(b"\0" in raw[:_LOOKED_AT] for raw in (base, ours, theirs)):
            return (
                ours,
                1,
            )  # as Git does for binary files: ours stays, in conflict, without markers
        if not 0 <= done.returncode <= _MOST_CONFLICTS:
            raise problem(done.stderr, self.folder)
        return done.stdout, done.returncode


def stages(repo: Repository) -> dict[str, dict[int, str]]:
    """Path to the blob ids of the sides of every file in conflict: 1 the base, 2 ours, 3 theirs."""
    found: dict[str, dict[int, str]] = {}
    for line in repo.run("ls-files", "--unmerged", "-z").split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        _, oid, stage = facts.split(b" ")
        found.setdefault(path_text(path), {})[int(stage)] = oid.decode("ascii")
    return found


def mark_resolved(repo: Repository, path: str) -> None:
    """Stage the file as it is, which ends its conflict."""
    repo.run("add", "--", path)


def unfinished(repo: Repository) -> tuple[tuple[str, str], ...]:
    """(what it is, how to go on) for every operation that Git waits to finish."""
    return tuple((what, fix) for name, what, fix in WAITING if (repo.git_dir / name).exists())
