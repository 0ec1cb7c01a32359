"""Putting edited articles in place, together, and committing exactly them when asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from kcs.counting import counted
from kcs.errors import RepositoryProblem, UsageProblem
from kcs.kb.base import KnowledgeBase
from kcs.kb.files import lock, read_file, replace_if_unchanged
from kcs.kb.journal import Work, Write, do_work
from kcs.streams import tell


@dataclass(frozen=True, slots=True)
class Edit:
    """One article's bytes before and after. `path` from the base's root."""

    path: str
    old: bytes
    new: bytes


def no_repository() -> UsageProblem:
    """For a commit outside Git, which --commit asks for, or the user's own settings."""
    return UsageProblem(
        "--commit needs a Git repository, and this folder is not in one",
        hint="git init makes one; where your own settings say commit = true, --no-commit writes without",
    )


def write_edits(
    kb: KnowledgeBase, edits: Sequence[Edit], commit_message: str | None = None, *, of_text: bool = False
) -> str | None:
    """Write all edits if their files are still as they were read,
    else none; the commit's id if `commit_message` asks for one.

    `of_text`: what is committed is about the text as it is, so that nobody has to be told that the text goes
    along. FileProblem for the first file that changed meanwhile or cannot be written; RepositoryProblem if
    Git refuses.
    """
    if kb.commit is not None:
        raise UsageProblem("--at reads the past, and the past cannot be written")
    if commit_message is not None and kb.repo is None:
        raise no_repository()
    with lock(lock_folder(kb)):
        besides = [] if commit_message is None or of_text else begun_before(kb, edits)
        _put_in_place(kb, edits, to_commit=commit_message is not None)
        if commit_message is None or kb.repo is None:
            return None
        made = commit_written(kb, [kb.prefix + edit.path for edit in edits], commit_message)
        _as_written(kb, edits, made)
        tell_begun(besides)
        return made


def begun_before(kb: KnowledgeBase, edits: Sequence[Edit]) -> list[str]:
    """The files that are about to change and hold somebody's other work, which a commit of the file takes in."""
    from kcs.kb.git.index import differing

    assert kb.repo is not None
    there = differing(kb.repo)
    return [edit.path for edit in edits if edit.old != edit.new and kb.prefix + edit.path in there]


def tell_begun(paths: Sequence[str]) -> None:
    """Say that a commit holds such work, in these files."""
    if paths:
        more = f" and {len(paths) - 1:,} more" if paths[1:] else ""
        tell(f"kcs: the commit also holds what was not committed before in {paths[0]}{more}")


def _put_in_place(kb: KnowledgeBase, edits: Sequence[Edit], *, to_commit: bool) -> None:
    """One file alone; several through the journal, since half of what was asked for is not what was asked for."""
    changing = [one for one in edits if one.old != one.new]
    # What is to be committed as it is must still be what was read.
    alone = [one for one in edits if to_commit and one.old == one.new] + (
        changing if len(changing) < 2 else []
    )
    for edit in alone:
        replace_if_unchanged(kb.root / edit.path, edit.old, edit.new, edit.path)
    if len(changing) > 1:
        writes = [Write(kb.prefix + one.path, one.old, one.new) for one in changing]
        work = Work(f"changing {counted(len(writes), 'article')}", writes)
        do_work(kb.repo.root if kb.repo else kb.root, lock_folder(kb), work)


def _as_written(kb: KnowledgeBase, edits: Sequence[Edit], commit: str) -> None:
    """RepositoryProblem if a text was rewritten while it was committed: a stamp just given is for the one before."""
    for edit in edits:
        now = read_file(kb.root / edit.path, edit.path)
        if now != edit.new and _text(kb, edit.path, now) != _text(kb, edit.path, edit.new):
            raise _rewritten(edit, commit, "by a commit hook in the meantime")
    for edit, held in _committed(kb, edits, commit):
        if (
            held != edit.new
            and (text := _text(kb, edit.path, held)) != _text(kb, edit.path, edit.new)
            and text
        ):
            raise _rewritten(edit, commit, "in the commit, by a hook or by a filter of .gitattributes")


def _committed(kb: KnowledgeBase, edits: Sequence[Edit], commit: str) -> Iterator[tuple[Edit, bytes]]:
    """What the commit holds of each: a filter, or a hook that stages, leaves the file in the folder as it was."""
    assert kb.repo is not None
    tree = kb.repo.tree(commit)
    there = [(edit, tree[kb.prefix + edit.path]) for edit in edits if kb.prefix + edit.path in tree]
    raws = kb.repo.blobs(oid for _, oid in there)
    return ((edit, raw) for (edit, _), (_, raw) in zip(there, raws, strict=True))


def _rewritten(edit: Edit, commit: str, by: str) -> RepositoryProblem:
    return RepositoryProblem(
        f"committed as {commit[:12]}, but the content of {edit.path} was changed {by}",
        hint=f"git show {commit[:12]} shows it; kcs verify {quote(edit.path)} once it reads as it should",
    )


def _text(kb: KnowledgeBase, path: str, raw: bytes) -> object:
    return kb.version(path, raw, "").record.skeleton


def commit_written(kb: KnowledgeBase, paths: Sequence[str], message: str) -> str:
    """Commit these paths (from the repository's root) as they are now, and nothing else; the commit's id.

    Under the write lock, which the caller has held since before it wrote.
    """
    from kcs.kb.git.commit import commit

    assert kb.repo is not None
    try:
        return commit(kb.repo, paths, message, holding=lock_folder(kb))
    except RepositoryProblem as problem:
        raise RepositoryProblem(
            f"written, but {problem.message}",
            hint="the files are written; fix what Git names, then commit them",
        ) from problem


def lock_folder(kb: KnowledgeBase) -> Path:
    """The base's private folder, made if need be."""
    folder = kb.private_folder
    folder.mkdir(parents=True, exist_ok=True)
    return folder
