"""kcs mv: what a move changes, what is worth mentioning, and the move itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from kcs.article.body import parse
from kcs.article.front_matter import read
from kcs.authoring.editing import naming
from kcs.authoring.moving.allowed import moved_where, still_articles
from kcs.authoring.moving.files import (
    bytes_of,
    files_not_read,
    is_no_text,
    not_ignored,
    out_of_reach,
    raw_to_respell,
)
from kcs.authoring.moving.folders import links_to_folders
from kcs.authoring.moving.naming_keys import names_any, renamed_keys
from kcs.authoring.moving.plan import Moving, Planner, Respelt
from kcs.authoring.writing import Edit, commit_written, lock_folder, no_repository
from kcs.counting import counted
from kcs.errors import FileProblem, RepositoryProblem, UsageProblem
from kcs.kb.base import KnowledgeBase
from kcs.kb.destinations import MARKDOWN_ENDING
from kcs.kb.files import lock, read_file, read_kept
from kcs.kb.git import index as git_index
from kcs.kb.journal import Work, Write, do_work, is_respelt
from kcs.kb.moves import MOVES_NAME
from kcs.kb.settings.config import CONFIG_NAME
from kcs.kb.settings.policy import Settings
from kcs.kb.settings.team import TEAM_NAME


def plan_move(kb: KnowledgeBase, given: str, target: str) -> Moving:
    """What moving a file or a folder (or the article that `given` names) to `target` changes. Writes nothing.

    UsageProblem if it may not be moved there; CannotEdit if a link to it cannot be rewritten.
    """
    old, new = moved_where(kb, given, target)
    planner = Planner(kb, old, new)
    still_articles(kb, planner.articles)
    edits = [edit for path in _affected(kb, planner) if (edit := _edit(kb, planner, path))]
    before = _raw(kb.root / MOVES_NAME)
    text = _decoded(before)
    after = planner.recorded(text)
    changing = list(planner.changing(edits))
    moves = after if after != text else None
    notes = [
        *_policies(planner),
        *_named_elsewhere(kb, planner),
        *_unread(kb, planner),
        *_not_here(kb),
        *links_to_folders(kb, planner),
    ]
    if moves and not text and kb.repo and MOVES_NAME not in _text(kb.root / ".gitattributes"):
        notes.append(f"{MOVES_NAME} is new: kcs doctor --fix tells Git how to merge it")
    if kb.repo and is_respelt(kb.root, old, new):
        notes.append(f"Git takes both names for one on this disk, and sees no move: {_told_git(old, new)}")
    return Moving(old, new, planner.articles, edits, planner.respelt, moves, before, changing, notes)


def carry_out(kb: KnowledgeBase, moving: Moving, commit_message: str | None = None) -> str | None:
    """Make the move, all or nothing; the commit's id if one is wanted."""
    if commit_message is not None and is_respelt(kb.root, moving.old, moving.new):
        raise UsageProblem(
            f"Git takes {moving.old} and {moving.new} for one name on this disk, and would not commit the move",
            hint=f"kcs mv without --commit, then {_told_git(moving.old, moving.new)}, and commit",
        )
    writes = [Write(kb.prefix + one.path, one.old, one.new) for one in moving.edits]
    if moving.moves is not None:
        # What it held when the move was planned: a line that somebody else's move added since must not be written over.
        new = moving.moves.encode("utf-8", "surrogateescape")
        writes.append(Write(kb.prefix + MOVES_NAME, moving.moves_before, new))
    what = f"moving {moving.old} to {moving.new}"
    work = Work(what, writes, (kb.prefix + moving.old, kb.prefix + moving.new))
    top, folder = kb.repo.root if kb.repo else kb.root, lock_folder(kb)
    with lock(folder):
        paths = _committed(kb, moving) if commit_message is not None else []
        do_work(top, folder, work)
        return commit_written(kb, paths, commit_message) if commit_message is not None else None


def _told_git(old: str, new: str) -> str:
    """The commands, from the base's folder, by which Git learns that only the case of a name changed."""
    return f"git rm -r -q --cached {quote(old)} && git add {quote(new)}"


# -- what changes with it ------------------------------------------------------------------------------------


def _affected(kb: KnowledgeBase, planner: Planner) -> Iterator[str]:
    """The files that hold a link, or a key, that has to be rewritten."""
    paths = {was.path: now.path for was, now in planner.articles}
    for article in kb.articles:
        found = [planner.touched(spelt, article.path) for spelt, _ in kb.destinations(article)]
        if any(found) or names_any(article.record.meta, paths):
            yield article.path
    for path in files_not_read(kb):
        try:
            body = read(read_file(kb.root / path, path)).body
        except FileProblem:
            continue
        touched = [planner.touched(link.destination, path) for link in parse(body).links]
        if any(touched):
            yield path


def _edit(kb: KnowledgeBase, planner: Planner, path: str) -> Edit | None:
    raw, article = raw_to_respell(kb, path), kb.by_path.get(path)
    new = planner.edited(path, raw)
    if article is not None and not article.unreadable:
        paths = {was.path: now.path for was, now in planner.articles}
        with naming(article):
            new, keys = renamed_keys(new, paths)
        planner.respelt += [Respelt(path, one.line, one.before, one.after, one.key) for one in keys]
    return Edit(path, raw, new) if new != raw else None


def _text(file: Path) -> str:
    return _decoded(_raw(file))


def _decoded(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "surrogateescape")


def _raw(file: Path) -> bytes | None:
    try:
        return read_kept(file)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileProblem(f"cannot be read: {error.strerror}", path=file.name) from error


# -- what to mention -----------------------------------------------------------------------------------------


def _policies(planner: Planner) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for was, now in planner.articles:
        if odd := ", ".join(_changes(was.settings, now.settings)):
            found.setdefault(odd, []).append(now.path)
    for words, paths in found.items():
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        yield f"{paths[0]}{more}: {words}, by the policies of {CONFIG_NAME}"


def _changes(was: Settings, now: Settings) -> Iterator[str]:
    for name in ("confidence", "audience", "governance", "language", "verify_every"):
        if getattr(was, name) != getattr(now, name):
            yield f"{name} {getattr(was, name)} becomes {getattr(now, name)}"
    if was.terms.quorum != now.terms.quorum:
        yield f"quorum {was.terms.quorum} becomes {now.terms.quorum}"
    for name in ("images", "second_eyes"):
        if getattr(was, name) != getattr(now, name):
            yield f"{name} becomes {'true' if getattr(now, name) else 'false'}"
    if was.terms.entitled != now.terms.entitled:
        yield "others may verify it"
    if set(was.publishers) != set(now.publishers):
        yield "others may publish it"


def _named_elsewhere(kb: KnowledgeBase, planner: Planner) -> Iterator[str]:
    """Lines of configuration that name what moves; they are a person's to change."""
    for name in (CONFIG_NAME, TEAM_NAME):
        for number, line in enumerate(_text(kb.root / name).splitlines(), 1):
            if any(f"{quote}{planner.old}{end}" in line for quote in "\"'" for end in ('"', "'", "/")):
                yield f"{name}:{number} names {planner.old}: change it by hand"


def _unread(kb: KnowledgeBase, planner: Planner) -> Iterator[str]:
    stem = planner.old.rpartition("/")[2].partition(".")[0]
    for article in kb.articles:
        if article.unreadable and is_no_text(kb, article) and stem.encode() in bytes_of(kb, article):
            yield f"{article.path} cannot be read, and may hold links to what moved"


def _not_here(kb: KnowledgeBase) -> Iterator[str]:
    gone = git_index.absent(kb.repo) if kb.repo else set()
    if count := sum(one.startswith(kb.prefix) and bool(MARKDOWN_ENDING.search(one)) for one in gone):
        yield (
            f"{counted(count, 'Markdown file is', 'Markdown files are')} not in this folder (a sparse checkout):"
            " links there still lead to the old place"
        )


# -- committing ----------------------------------------------------------------------------------------------


def _committed(kb: KnowledgeBase, moving: Moving) -> list[str]:
    """The paths the commit is to hold, from the repository's root.
    Refused if it would take in somebody's other work.
    """
    if kb.repo is None:
        raise no_repository()
    from kcs.kb.journal import moved

    for path in (moving.old, *(edit.path for edit in moving.edits)):
        if folder := out_of_reach(kb, path):
            raise RepositoryProblem(
                f"{path} lies behind {folder}, a repository of its own or a link, and no commit of this one can hold it",
                hint="move without --commit, then commit on both sides",
            )
    old, new = kb.prefix + moving.old, kb.prefix + moving.new
    known, changed = git_index.listed(kb.repo), git_index.changed(kb.repo)
    going = [path for path in known if path == old or path.startswith(old + "/")]
    edits = not_ignored(kb, moving.edits, known | changed)
    paths = {*going, *edits, *([kb.prefix + MOVES_NAME] if moving.moves is not None else [])}
    dirty = sorted(changed & {*paths, *([] if going else [old])})
    if dirty:
        raise RepositoryProblem(
            f"{dirty[0]} has uncommitted changes, which --commit would include",
            hint="commit them first, or move without --commit",
        )
    if not going:
        raise RepositoryProblem(
            f"Git passes over {moving.old}, so no commit can hold the move", hint="move it without --commit"
        )
    return sorted({*paths, *(moved(path, old, new) for path in paths)})
