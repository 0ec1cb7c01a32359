"""Mends conflicts left by a merge without the driver: front matter by its meaning, the text if Git can."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from shlex import quote

from kcs.article.front_matter import read
from kcs.authoring.markers import Sides, has_markers, split
from kcs.authoring.merge import MappedDate, Merged, merge
from kcs.errors import FileProblem, RepositoryProblem, UsageProblem
from kcs.kb.articles import MAPPED_DATE
from kcs.kb.base import KnowledgeBase
from kcs.kb.files import read_file, replace_if_unchanged, write_file
from kcs.kb.git.merge import Lines, mark_resolved, stages
from kcs.kb.git.repository import Repository
from kcs.kb.globs import chooser

_UNSURE = "a line of its text looks like one of the conflict's markers, so its sides cannot be told apart: mend it by hand"


class Status(StrEnum):
    """The outcome for a file."""

    MENDED = "mended"
    PARTLY = "partly"
    LEFT = "left"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file, and what was done or is left to do. `path` is from the repository's root."""

    path: str
    status: Status
    message: str

    @property
    def done(self) -> bool:
        """Whether nothing is left to decide."""
        return self.status in (Status.MENDED, Status.FINE)


def resolve(kb: KnowledgeBase, files: Sequence[Path] = ()) -> list[Outcome]:
    """Mend these files, or every file in conflict. Files that are in no conflict are never touched."""
    repo = kb.repo
    if repo is None:
        raise UsageProblem("only a Git repository has conflicts, and this folder is not in one")
    unmerged = stages(repo)
    if files:
        paths = [_inside(repo, _found(kb, file)) for file in files]
        for path in paths:  # before the first is mended: what was done to it would not be told
            _check_there(repo, path, unmerged)
        return [_one(kb, repo, path, unmerged.get(path)) for path in paths]
    is_article = _article_test(kb)
    return [
        _one(kb, repo, path, sides) if is_article(path) else _no_article(path)
        for path, sides in sorted(unmerged.items())
    ]


def _found(kb: KnowledgeBase, file: Path) -> Path:
    """As named from the folder the user is in, else from the base's root, as other commands name it."""
    below = kb.root / file
    return below if os.path.lexists(below) and not os.path.lexists(file) else file


def _inside(repo: Repository, file: Path) -> str:
    place = Path(os.path.abspath(file))  # noqa: PTH100 - resolve() would follow a link that is the file
    place = Path(os.path.realpath(place.parent)) / place.name
    try:
        return place.relative_to(repo.root).as_posix()
    except ValueError:
        raise UsageProblem(f"{file} is not in the repository {repo.root}") from None


def _article_test(kb: KnowledgeBase) -> Callable[[str], bool]:
    chosen = chooser(kb.config.include, kb.config.exclude)
    prefix = kb.prefix

    def is_article(path: str) -> bool:
        name = path.removeprefix(prefix)
        return path.startswith(prefix) and chosen(name)

    return is_article


def _no_article(path: str) -> Outcome:
    return Outcome(path, Status.LEFT, f"is not an article: fix it by hand, then `git add {quote(path)}`")


def _check_there(repo: Repository, path: str, unmerged: Mapping[str, object]) -> None:
    if path not in unmerged and not os.path.lexists(repo.root / path):
        raise UsageProblem(
            f"there is no file {path}",
            hint="kcs resolve alone takes every file in conflict; git status lists them",
        )


def _one(kb: KnowledgeBase, repo: Repository, path: str, sides: dict[int, str] | None) -> Outcome:
    file = repo.root / path
    if sides is not None and not {2, 3} <= sides.keys():
        return Outcome(path, Status.LEFT, _on_one_side(sides, path))
    if file.is_symlink():
        return Outcome(path, Status.LEFT, _linked(path))
    if sides is None:
        return _committed(kb, repo, path, read_file(file, path))
    blobs = dict(repo.blobs(dict.fromkeys(sides.values())))
    base, ours, theirs = (blobs[sides[stage]] if stage in sides else b"" for stage in (1, 2, 3))
    raw = read_file(file, path) if file.exists() else None
    found = split(raw) if raw is not None else None
    if raw is None or found is None:
        merged = _merge(kb, repo, base, ours, theirs)
        if raw is None or _same_text(raw, ours):
            return _put(repo, path, raw, merged, stage=True)
        if not (merged.clean and _same_text(raw, merged.raw)):
            return Outcome(path, Status.LEFT, _why_not(raw, path))
        return _put(repo, path, raw, Merged(raw), stage=True)  # mended already, and only not staged
    if not found.sure:
        return _unsure(kb, repo, path, raw, found, (base, ours, theirs))
    # The work file, not Git's copy of our side: what somebody has mended already outside the markers stays.
    merged = _merge(kb, repo, base, found.ours, found.theirs, found)
    if merged.whole and _as_git_left_it(repo, raw, found, (base, ours, theirs)):
        # Git put a key of one side beside the markers and the other's
        # between them, so that a side read from there has it twice.
        merged = _merge(kb, repo, base, ours, theirs, found)
    if merged.whole:
        return Outcome(path, Status.LEFT, _unreadable(base, found))
    return _put(repo, path, raw, merged, stage=True)


def _unsure(
    kb: KnowledgeBase,
    repo: Repository,
    path: str,
    raw: bytes,
    found: Sides,
    sides: tuple[bytes, bytes, bytes],
) -> Outcome:
    """A file whose sides nobody can read from it: Git's copies
    are taken, unless somebody has mended some of it already.
    """
    merged = _merge(kb, repo, *sides, found)
    if merged.whole or not (_same_text(raw, merged.raw) or _as_git_left_it(repo, raw, found, sides)):
        return Outcome(path, Status.LEFT, _UNSURE)
    return _put(repo, path, raw, merged, stage=True)


def _as_git_left_it(repo: Repository, raw: bytes, found: Sides, sides: tuple[bytes, bytes, bytes]) -> bool:
    """Whether nobody has touched the file since Git merged it: it is what these sides make as lines."""
    return _same_text(raw, Lines(repo.root, found.labels, found.size)(*sides)[0])


def _linked(path: str) -> str:
    # What it leads to may lie anywhere, and is in no conflict.
    return (
        "is a symbolic link, and kcs does not write through links:"
        f" `git checkout --ours {quote(path)}` or `--theirs`, then `git add {quote(path)}`"
    )


def _on_one_side(sides: dict[int, str], path: str) -> str:
    if sides.keys() == {1}:
        return f"was moved on both sides, to two places: `git rm {quote(path)}`"
    if 1 in sides:
        return "was removed on one side and changed on the other: decide with `git rm` or `git add`"
    return f"is here on one side only: `git add {quote(path)}`, or `git rm {quote(path)}` to keep the other side's place"


def _committed(kb: KnowledgeBase, repo: Repository, path: str, raw: bytes) -> Outcome:
    """A file that Git does not hold in conflict, though it may show one: markers that were committed."""
    if not has_markers(raw):
        return Outcome(path, Status.FINE, "is in no conflict: nothing was changed")
    found = split(raw)
    if found is None:
        return Outcome(path, Status.LEFT, _why_not(raw, path))
    if not found.sure:
        return Outcome(path, Status.LEFT, _UNSURE)
    merged = _merge(kb, repo, found.base or b"", found.ours, found.theirs, found)
    if merged.whole:
        return Outcome(path, Status.LEFT, _unreadable(found.base or b"", found))
    return _put(repo, path, raw, merged, stage=False)


def _merge(
    kb: KnowledgeBase, repo: Repository, base: bytes, ours: bytes, theirs: bytes, found: Sides | None = None
) -> Merged:
    lines = Lines(repo.root, found.labels, found.size) if found else Lines(repo.root)
    return merge(
        base,
        ours,
        theirs,
        lines,
        lambda: MappedDate(kb.config.fields.get(MAPPED_DATE, ""), kb.config.date_order),
    )


def _put(repo: Repository, path: str, old: bytes | None, merged: Merged, *, stage: bool) -> Outcome:
    file = repo.root / path
    if old is None:
        write_file(file, merged.raw, path)
    elif merged.raw != old:
        replace_if_unchanged(file, old, merged.raw, path)
    if not merged.clean:
        return Outcome(path, Status.PARTLY, _left(merged, path))
    if not stage:
        return Outcome(path, Status.MENDED, "mended; look at it, then commit it")
    try:
        mark_resolved(repo, path)
    except RepositoryProblem as error:
        raise FileProblem(
            f"mended, but `git add` failed: {error.message}", path=path, hint=error.hint
        ) from error
    return Outcome(path, Status.MENDED, "mended and staged (git add)")


def _left(merged: Merged, path: str) -> str:
    if not has_markers(merged.raw):
        return f"is not text that can be merged: `git checkout --ours {quote(path)}` or `--theirs`, then `git add {quote(path)}`"
    parts = [f"`{key}`" for key in merged.keys] + (["the text"] if merged.body else [])
    mended = "" if merged.whole else "the rest is mended; "
    return (
        f"{mended}still in conflict: {', '.join(parts)}; mend the marked lines, then `git add {quote(path)}`"
    )


def _same_text(raw: bytes, blob: bytes) -> bool:
    return raw == blob or raw.replace(b"\r\n", b"\n") == blob.replace(b"\r\n", b"\n")


def _why_not(raw: bytes, path: str) -> str:
    if has_markers(raw):
        return "its conflict markers do not go together: one was removed or added; mend it by hand"
    return f"has no conflict markers any more: if it is mended, `git add {quote(path)}`"


def _unreadable(base: bytes, found: Sides) -> str:
    for raw in (found.ours, found.theirs, base):
        problem = read(raw).fatal if raw else None
        if problem:
            return f"its front matter cannot be read ({problem.message}): mend it by hand"
    return "its front matter is not plain `key: value` lines: mend it by hand"
