"""Bases other than the working tree: a commit's, the staged one, and the articles of an earlier day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.errors import ConfigProblem, KcsError, NoSuchCommit, RepositoryProblem, UsageProblem
from kcs.kb.commit_tree import CommitTree
from kcs.kb.git.repository import Repository
from kcs.kb.kept.cache import Cache
from kcs.kb.place import find_root
from kcs.kb.settings.config import CONFIG_NAME, Config, config_bytes, load_config, parse_config
from kcs.kb.settings.kept import read_settings
from kcs.kb.settings.team import TEAM_NAME, Team
from kcs.kb.source import WorkingTree, title_key
from kcs.kb.state import prefix_of

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.records import Record


def open_at(cls: type[KnowledgeBase], root: Path, repo: Repository | None, at: str) -> KnowledgeBase:
    """The base at the commit or day that `at` names."""
    if repo is None:
        raise UsageProblem("--at needs a Git repository, and this folder is not in one")
    from kcs.kb.settings.team_reader import load_team

    working = load_config(root / CONFIG_NAME)
    commit, day = _moment(repo, at, working)
    base = committed(cls, root, repo, commit, working, load_team(root / TEAM_NAME))
    base.today = day or repo.committer_date(commit).astimezone(base.config.timezone).date()
    return base


def committed(
    cls: type[KnowledgeBase],
    root: Path,
    repo: Repository,
    commit: str,
    config: Config,
    team: Team,
    known: Mapping[str, Record] | None = None,
    *,
    mended: bool = False,
) -> KnowledgeBase:
    """The base at a commit; `config` and `team` stand in if it holds none. The caller sets its clock.

    `known`: records of versions already read under `config`, by Git's name for their bytes.
    `mended`: `config` and `team` also stand in for those of the commit that cannot be read.
    """
    passed_over = (ConfigProblem,) if mended else ()
    tree = CommitTree(repo, commit, prefix_of(root, repo))
    notes, key = [], title_key(config)
    if tree.exists(CONFIG_NAME):
        with suppress(*passed_over):
            config = parse_config(tree.read(CONFIG_NAME), f"{commit[:12]}:{CONFIG_NAME}")
    else:
        notes.append(f"commit {commit[:12]} holds no {CONFIG_NAME}: the working tree's is used")
    if tree.exists(TEAM_NAME):
        from kcs.kb.settings.team_reader import parse_team

        with suppress(*passed_over):
            team = parse_team(tree.read(TEAM_NAME), f"{commit[:12]}:{TEAM_NAME}")
    elif team.present:
        notes.append(f"commit {commit[:12]} holds no {TEAM_NAME}: the working tree's is used")
    if known and title_key(config) == key:
        tree.reuse(known)
    return cls(
        root,
        repo=repo,
        commit=commit,
        source=tree,
        config=config,
        team=team,
        today=date.min,
        notes=tuple(notes),
    )


def day_at(at: str) -> date | None:
    """The day that `at` names, written 2026-11-22; None for a revision: `20261122` and `2026-W47` are names of tags."""
    try:
        return date.fromisoformat(at) if len(at) == 10 and at[4] == at[7] == "-" else None
    except ValueError:
        return None


def _moment(repo: Repository, at: str, config: Config) -> tuple[str, date | None]:
    """The commit that `at` names and, for a date, the day for the clock."""
    day = day_at(at)
    if day is None:
        try:
            return repo.resolve(at), None
        except NoSuchCommit as problem:
            raise _named_nothing(at, problem) from problem
    end = datetime.combine(day, time.max, config.timezone)
    commit = repo.first_parent_before(end)
    if commit is None:
        if repo.head() is None:
            raise UsageProblem("nothing is committed yet", hint="git add . && git commit")
        if repo.shallow():
            raise UsageProblem(
                f"this clone is shallow, and holds no commit as old as {at}",
                hint="`git fetch --unshallow` brings the rest (in CI: fetch-depth: 0)",
            )
        raise UsageProblem(
            f"no commit on this branch is as old as {at}",
            hint="git log --first-parent --reverse shows the first",
        )
    return commit, day


def _named_nothing(at: str, problem: NoSuchCommit) -> KcsError:
    """The error for `at`, once Git found no commit: a branch may be called 30/02/2026."""
    from kcs.article.no_day import WRITE, why_no_day

    if told := why_no_day(at):
        return UsageProblem(f"--at {at!r} {told[0]}, and no commit is called so", hint=told[1])
    return RepositoryProblem(problem.message, hint="; ".join(filter(None, (problem.hint, WRITE))))


def open_staged(cls: type[KnowledgeBase], given: Path | None, as_of: date | None) -> KnowledgeBase:
    """As `KnowledgeBase.open_staged`."""
    root = find_root(given)
    repo = Repository.find(root)
    if repo is None:
        raise RepositoryProblem(
            "nothing is staged: this folder is in no Git repository",
            hint="git init; kcs audit looks at the files as they are",
        )
    from kcs.kb.staged import StagedTree

    repo = repo.with_hook_index()
    cache = Cache(root)
    source = StagedTree(repo, prefix_of(root, repo), WorkingTree(root, cache, repo.object_format))
    if source.exists(CONFIG_NAME):
        said = source.read(CONFIG_NAME), CONFIG_NAME
    else:
        said = config_bytes(root / CONFIG_NAME), str(root / CONFIG_NAME)
    people = source.read(TEAM_NAME) if source.exists(TEAM_NAME) else None
    config, team = read_settings(cache, said, (people, TEAM_NAME))
    return cls(
        root,
        repo=repo,
        commit=None,
        source=source,
        config=config,
        team=team,
        today=as_of or config.today(),
    )


def articles_on(kb: KnowledgeBase, day: date) -> dict[str, Article] | None:
    """The articles as of `day`, by the key they have today, read by the base's configuration.
    None if Git cannot say.
    """
    if kb.repo is None:
        return None
    end = datetime.combine(day, time.max, kb.config.timezone)
    commit = kb.repo.first_parent_before(end, kb.commit)
    if commit is None:
        return None
    tree = CommitTree(kb.repo, commit, kb.prefix)
    tree.reuse({article.oid: article.record for article in kb.articles if article.oid})
    # Not by today's table of links, which knows no path of that day any more where `kcs mv` moved the article.
    records = tree.records(kb.config)
    found = {
        kb.key(one): one for one in (kb.reader.article(path, record) for path, record in records.items())
    }
    present = {kb.key(one): one for one in kb.articles}
    gone = {one.path: key for key, one in found.items() if key not in present}
    come = [(key, one) for key, one in present.items() if key not in found]
    # An article without an id that `git mv` moved has another key, and is the same article all the same.
    former = _former_paths(kb, commit) if gone and come else None
    for key, one in come:
        if former and (old := gone.pop(former(one), None)):
            found[key] = found.pop(old)
    return found


def _former_paths(kb: KnowledgeBase, commit: str) -> Callable[[Article], str]:
    """The path that an article of today had in `commit`, renames
    followed as Git does, and uncommitted ones as for dates.
    """
    from kcs.kb.git.diff_tree import renames_between
    from kcs.kb.git.repository import path_text
    from kcs.kb.past.moved import Moved

    assert kb.repo is not None and kb.head is not None, "it has a commit of that day"
    moved = Moved(kb.repo, kb.head, kb.prefix, kb.articles, kb.raw, kb.exists)
    pairs = [(path_text(old), path_text(new)) for old, new in renames_between(kb.repo, commit, kb.head)]
    former = {new: old for old, new in pairs if old.startswith(kb.prefix)}

    def path(article: Article) -> str:
        held = kb.prefix + (moved(article) if kb.commit is None else article.path)
        return former.get(held, held).removeprefix(kb.prefix)

    return path
