"""`kcs new` from start to end: its sources, the file in place, the commit if wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from kcs.article.front_matter import read
from kcs.authoring.new import NewArticle, plan
from kcs.authoring.wanted import Given, Wanted
from kcs.errors import FileProblem, Refused, RepositoryProblem, UsageProblem
from kcs.kb.files import create_file, read_file
from kcs.kb.settings.config import Config

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Order:
    """What to make, from what, and how far to go. `source` and `original` are names; empty for none."""

    wanted: Wanted
    source: str = ""
    original: str = ""
    commit: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Created:
    """The article, what was left out of its sources, and the commit's id if one was made."""

    article: NewArticle
    given: Given
    commit: str | None = None


def create(
    root: Path,
    config: Config,
    day: date | None,
    order: Order,
    *,
    read_input: Callable[[], bytes],
    edit: Callable[[Path], int] | None = None,
    look_up: Callable[[NewArticle], None] | None = None,
) -> Created:
    """Make the article; with `dry_run` only say what it would be. `day` sets the clock, None leaves it alone.

    `read_input` gives what stands on standard input, `edit` opens a file, waits, and says how that ended. `look_up` is
    shown what is about to be written, unless it is another article's counterpart or translation. UsageProblem,
    FileProblem or CannotEdit before anything is written; afterwards RepositoryProblem if Git refuses the commit,
    UsageProblem or Refused if the editor fails: these name the article, which stays.
    """
    if order.source and order.original:
        raise UsageProblem(
            "--from makes a counterpart, --translation-of a translation", hint="give one of them"
        )
    to_commit = order.commit and not order.dry_run
    # The whole base is opened only on demand: the common case costs a few file names.
    base = _open(root, day) if order.source or order.original or to_commit else None
    if to_commit and base is not None and base.repo is None:
        from kcs.authoring.writing import no_repository

        raise no_repository()
    given = _given(base, order, read_input) if base is not None else Given()
    article = plan(root, config, day or config.today(), order.wanted, given)
    if look_up is not None and not order.original and not given.counterpart_of:
        look_up(article)
    if order.dry_run:
        return Created(article, given)
    begun = _write(root, base, article, given, to_commit)
    if edit is not None:
        _edit(root, article, edit, "and not committed" if to_commit else "")
    return Created(
        article, given, _commit(base, article, given, order, begun) if to_commit and base else None
    )


def _edit(root: Path, article: NewArticle, edit: Callable[[Path], int], uncommitted: str) -> None:
    try:
        code = edit(root / article.path)
    except UsageProblem as problem:
        problem.message = f"{article.path} was created, but {problem.message}"
        raise
    if code:
        raise Refused(
            f"{' '.join((article.path, 'was created', uncommitted)).strip()}, but the editor ended with code {code}",
            hint=f"kcs edit {article.id}",
        )
    document = read(read_file(root / article.path, article.path))
    if broken := document.fatal:
        raise Refused(
            f"{' '.join(('was created', uncommitted)).strip()}, but can no longer be read: {broken.message}",
            path=article.path,
            line=broken.line,
            hint=f"kcs edit {quote(article.path)}",
        )


def _open(root: Path, day: date | None) -> KnowledgeBase:
    from kcs.kb.base import KnowledgeBase

    return KnowledgeBase.open(root, as_of=day)


def _given(base: KnowledgeBase, order: Order, read_input: Callable[[], bytes]) -> Given:
    from kcs.authoring import given

    if order.original:
        return given.translation_of(base, order.original, order.wanted.language)
    if not order.source:
        return Given()
    if given.is_file_to_read(base, order.source):
        return given.from_file(order.source, read_input)
    return given.counterpart_of(base, order.source)


def _write(
    root: Path, base: KnowledgeBase | None, article: NewArticle, given: Given, to_commit: bool
) -> Sequence[str]:
    """The new file and, for a counterpart, the other article's key: both or none.

    The other's path, if it holds work that was not committed and a commit will take in.
    """
    if not given.counterpart_of or base is None:
        write_new(root, article)
        return ()
    from kcs.authoring.given import with_counterpart
    from kcs.authoring.writing import begun_before, write_edits

    other = with_counterpart(base, given.counterpart_of, article.id)
    begun = begun_before(base, [other]) if to_commit else ()
    write_new(root, article)
    try:
        write_edits(base, [other])
    except BaseException:
        with suppress(OSError):
            (root / article.path).unlink()
        raise
    return begun


def write_new(root: Path, article: NewArticle) -> None:
    """The new file alone. FileProblem if its folder cannot be made or something is in its place."""
    target = root / article.path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(f"its folder cannot be made: {error.strerror}", path=article.path) from error
    create_file(target, article.raw, article.path)


def _commit(
    base: KnowledgeBase, article: NewArticle, given: Given, order: Order, begun: Sequence[str]
) -> str:
    """Commit the new file, and the other if it is a counterpart.
    Where Git refuses, the file stays and the error says so.
    """
    from kcs.authoring.editing import commit_message
    from kcs.authoring.writing import lock_folder, tell_begun
    from kcs.kb.files import lock
    from kcs.kb.git.commit import commit
    from kcs.kb.records import object_id

    assert base.repo is not None, "only a base in Git is committed"
    ticket, other = order.wanted.ticket or given.ticket, given.counterpart_of
    folder, paths = lock_folder(base), [base.prefix + path for path in (article.path, other) if path]
    details = (f"Ticket: {ticket}" if ticket else "", f"Counterpart of {other}" if other else "")
    try:
        with lock(folder):  # not since it was written: an editor may have been open
            raw = read_file(base.root / article.path, article.path)
            found = base.version(article.path, raw, object_id(raw, base.repo.object_format))
            message = commit_message(f"New {article.type}", [found], *details)
            made = commit(base.repo, paths, message, holding=folder)
    except RepositoryProblem as error:
        raise RepositoryProblem(
            f"{article.path} was created, but {error.message}",
            hint="the file stays; fix what Git names, then git add and commit it: run again, the command would create a second article",
        ) from error
    tell_begun(begun)
    return made
