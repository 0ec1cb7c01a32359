"""Exchanging work with the other side: fetch, fast-forward, say what came, push. Local work is never touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Literal

from kcs.article.trust import Verdict
from kcs.counting import counted
from kcs.errors import KcsError, Refused, RepositoryProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.git import index as git_index
from kcs.kb.git import remote as git_remote
from kcs.kb.git.merge import stages, unfinished
from kcs.kb.git.remote import Upstream
from kcs.kb.git.repository import Repository
from kcs.kb.git.talk import Progress
from kcs.kb.place import find_root
from kcs.kb.state import prefix_of

What = Literal["new", "changed", "moved", "removed", "trust"]
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Came:
    """One article that came, changed, moved or went, or whose trust alone is another now. `by`: the last one first.

    `article` is the present one; for a removed one, the last. A verdict is None if there is no article.
    """

    what: What
    article: Article
    by: tuple[str, ...]
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True, slots=True)
class Synced:
    """`old` and `new`: HEAD's commit before and after. `received`, `pushed`, `ahead`: commits.

    `uncommitted`: how many files of the base wait here. `notes`: why the articles could not be compared.
    """

    upstream: Upstream
    old: str
    new: str
    received: int
    pushed: int
    ahead: int
    came: tuple[Came, ...]
    uncommitted: int
    notes: tuple[str, ...] = ()


def sync(given: Path | None, *, push: bool, progress: Progress | None = None) -> Synced:
    """Bring this clone up to date; with `push` give the other side what it has not.

    RepositoryProblem if there is nothing to exchange with or it cannot be reached; Refused where local work is
    in the way. Nothing here has changed then.
    """
    root = find_root(given)
    repo = Repository.find(root)
    if repo is None:
        raise RepositoryProblem(
            "not in a Git repository: there is nobody to exchange work with",
            hint=f"git init {quote(root.as_posix())}, commit, git remote add origin ADDRESS",
        )
    _refuse_unfinished(repo)
    target = git_remote.upstream(repo)
    old = repo.resolve("HEAD")
    theirs = git_remote.fetch(repo, target, progress)
    ahead, behind = git_remote.counts(repo, old, theirs)
    came, notes = _bring_in(root, repo, target, old, theirs) if behind and not ahead else ((), ())
    if ahead and behind:
        own = git_remote.own_since_rewritten(repo, target, old, theirs)
        raise _diverged(target, ahead, behind) if own is None else _rewritten(target, own)
    if push and ahead:
        git_remote.push(repo, target, old, progress)
    changed, prefix = git_index.changed(repo), prefix_of(root, repo)
    return Synced(
        upstream=target,
        old=old,
        new=repo.resolve("HEAD"),
        received=behind,
        pushed=ahead if push else 0,
        ahead=0 if push else ahead,
        came=came,
        uncommitted=sum(path.startswith(prefix) for path in changed),
        notes=notes,
    )


def _refuse_unfinished(repo: Repository) -> None:
    conflict = bool(stages(repo))
    for what, fix in unfinished(repo):
        hint = f"kcs resolve for conflicts between stamps and flags, then {fix}" if conflict else fix
        raise RepositoryProblem(f"{what} is not finished", hint=hint)
    if conflict:
        raise RepositoryProblem("files are in conflict", hint="kcs resolve, then commit")


def _diverged(target: Upstream, ahead: int, behind: int) -> Refused:
    return Refused(
        f"this clone and {target.name} have diverged: {counted(ahead, 'commit')} here, {counted(behind, 'commit')} there;"
        " no file was touched",
        hint=f"git merge {target.name} joins them (kcs resolve settles conflicts between stamps), then kcs sync --push",
    )


def _rewritten(target: Upstream, own: int) -> Refused:
    """A merge would bring back what somebody took out: a ticket's personal data, a secret."""
    mend = (
        f"git rebase --fork-point {target.name} carries your {counted(own, 'commit')} over"
        if own
        else f"nothing here is yours alone: git reset --keep {target.name} takes over what is there"
    )
    return Refused(
        f"{target.name} was rewritten: commits that this clone has were removed from it; no file was touched",
        hint=f"{mend}; git merge would bring back what was removed",
    )


def _bring_in(
    root: Path, repo: Repository, target: Upstream, old: str, new: str
) -> tuple[tuple[Came, ...], tuple[str, ...]]:
    changed = git_remote.changed_between(repo, old, new)
    in_the_way = sorted(changed & (git_index.changed(repo) | git_index.staged(repo)))
    if in_the_way:
        more = len(in_the_way) - _MOST_NAMED
        names = ", ".join(in_the_way[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        raise Refused(
            f"{target.name} changes files that you changed and did not commit: {names}; no file was touched",
            hint="commit your changes (kcs sync then says how to join them), or put them aside with git stash",
        )
    before, why_not = _state(root)
    git_remote.fast_forward(repo, new)
    after, why_now = _state(root)
    if before is None or after is None:
        return (), (f"the articles cannot be compared: {why_now or why_not}",)
    return _compare(before, after, changed, git_remote.authors_between(repo, old, new)), ()


@dataclass(frozen=True, slots=True)
class _State:
    """The articles by what stays when a file moves, and their verdicts by path."""

    articles: Mapping[str, Article]
    verdicts: Mapping[str, Verdict]
    prefix: str


def _state(root: Path) -> tuple[_State | None, str]:
    """The present base; if unreadable, why: that must not keep anybody from fetching what mends it."""
    try:
        kb = KnowledgeBase.open(root)
        return _State({kb.links.key(one.path): one for one in kb.articles}, kb.verdicts, kb.prefix), ""
    except KcsError as error:
        return None, str(error)


def _compare(
    before: _State, after: _State, changed: set[str], authors: Mapping[str, Sequence[str]]
) -> tuple[Came, ...]:
    found = []
    for old, new in _pairs(before, after):
        then = before.verdicts[old.path] if old else None
        now = after.verdicts[new.path] if new else None
        what = _what(old, new, after.prefix, changed)
        if what is None and then is not None and now is not None and then.reasons != now.reasons:
            what = "trust"
        shown = new or old
        if what is not None and shown is not None:
            by = () if what == "trust" else tuple(authors.get(after.prefix + shown.path, ()))
            found.append(Came(what, shown, by, then, now))
    return tuple(sorted(found, key=lambda one: one.article.path))


def _pairs(before: _State, after: _State) -> Iterator[tuple[Article | None, Article | None]]:
    """The same article before and after: by what stays when a file moves, else by its path."""
    by_path = {one.path: one for key, one in after.articles.items() if key not in before.articles}
    for key, old in before.articles.items():
        yield old, after.articles.get(key) or by_path.pop(old.path, None)
    yield from ((None, new) for new in by_path.values())


def _what(old: Article | None, new: Article | None, prefix: str, changed: set[str]) -> What | None:
    if old is None:
        return "new"
    if new is None:
        return "removed"
    if old.path != new.path:
        return "moved"
    return "changed" if prefix + new.path in changed else None
