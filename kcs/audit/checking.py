"""The pre-commit check: staged files, judged by their own content. It reads no other article."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kcs.article.states import NOT_VALIDATED, WORK_IN_PROGRESS
from kcs.audit.baseline import Baseline, load
from kcs.audit.perform import report_of, rules_of
from kcs.audit.report import Report
from kcs.audit.rules import COMMENT, FILE, IMAGE, OWN_INTERVAL, PROBLEM, STYLE, TEAM, UNFINISHED
from kcs.audit.runner import audit
from kcs.audit.wanted import Wanted
from kcs.errors import RepositoryProblem, UsageProblem
from kcs.kb.base import KnowledgeBase
from kcs.kb.git import index as git_index
from kcs.kb.git.repository import Repository
from kcs.kb.globs import chooser
from kcs.kb.records import make_record
from kcs.kb.settings.config import CONFIG_NAME, load_config, parse_config
from kcs.kb.source import title_key
from kcs.kb.staged import StagedTree

if TYPE_CHECKING:
    from kcs.kb.articles import Article


def bases_of(files: Sequence[str]) -> dict[Path | None, list[str]]:
    """The files by the root of their base; files in no base are left out. Without files: the current base.

    A file also belongs to each base further up that takes it for an article: a kcs.toml beside it takes it out of none.
    RepositoryProblem if a base has lost only its kcs.toml: then nobody could say which of its files are articles.
    """
    if not files:
        return {None: []}
    found: dict[Path | None, list[str]] = {}
    homeless: list[str] = []
    roots: dict[str, list[Path]] = {}
    for file in files:
        whole = os.path.abspath(file)  # noqa: PTH100 - not resolved: a link is no article
        folder = os.path.dirname(whole)  # noqa: PTH120 - as above
        if folder not in roots:
            roots[folder] = _roots(Path(folder))
        if not roots[folder]:
            homeless.append(whole)
        for nth, root in enumerate(roots[folder]):
            if nth == 0 or _is_article(root, whole):
                found.setdefault(root, []).append(file)
    if homeless:
        _refuse_lost_bases(homeless)
    return found


def _refuse_lost_bases(files: Sequence[str]) -> None:
    """A staged kcs.toml counts even if it is in no folder; one removed from the index takes its articles along."""
    repo = Repository.find(Path.cwd())
    if repo is None:
        return
    staged = git_index.index(repo.with_hook_index())
    head = repo.head()
    before = repo.tree(head) if head else {}
    top = os.path.realpath(repo.root)
    for file in files:
        folder, name = os.path.split(file)
        path = os.path.relpath(os.path.join(os.path.realpath(folder), name), top).replace(os.sep, "/")  # noqa: PTH118
        if path.startswith("../"):
            continue  # of another repository, or of none
        for place in PurePosixPath(path).parents:
            config = (place / CONFIG_NAME).as_posix()
            if config in staged:
                raise RepositoryProblem(
                    f"{config} is staged but missing from its folder", hint=f"git restore {config}"
                )
            if config in before and path in staged and _was_article(repo, config, path):
                raise RepositoryProblem(
                    f"{config} is removed and {path} stays: nobody could tell whether that is an article",
                    hint=f"git restore --staged --worktree {config}, or remove the articles with it",
                )


def _was_article(repo: Repository, config: str, path: str) -> bool:
    asked = parse_config(repo.show(config, "HEAD") or b"", config)
    below = path.removeprefix(config.removesuffix(CONFIG_NAME))
    return chooser(asked.include, asked.exclude)(below)


def _roots(folder: Path) -> list[Path]:
    """The bases that the folder lies in, the nearest first; above that one only those of the same repository."""
    found: list[Path] = []
    for one in (folder, *folder.parents):
        if (one / CONFIG_NAME).is_file():
            found.append(one)
        if found and (one / ".git").exists():
            break
    return found


def _is_article(root: Path, file: str) -> bool:
    config = load_config(root / CONFIG_NAME)
    return chooser(config.include, config.exclude)(os.path.relpath(file, root).replace(os.sep, "/"))


def check(kb: KnowledgeBase, files: Sequence[str], wanted: Wanted, *, verified: bool) -> Report:
    """Check the staged files of one base; all of them if none is named.

    `verified`: only whether somebody vouches for exactly what is staged.
    UsageProblem for a file that is neither staged nor committed; a file that is no article is skipped.
    """
    tree = kb.source
    assert isinstance(tree, StagedTree), "only what is staged is checked"
    paths = tree.paths(kb.config)
    raws = {path: tree.read(path) for path in _chosen(kb, tree, paths, files)}
    articles = [_article(kb, tree, path, raw) for path, raw in raws.items()]
    baseline = Baseline() if wanted.ignore_baseline else load(kb, wanted.baseline)
    if verified:
        from kcs.audit.verified import unverified

        found = sorted(unverified(kb, articles), key=lambda one: one.order)
        return report_of(kb, found, list, baseline, articles, len(paths), before=lambda: _before(kb))
    rules = rules_of(kb, wanted, (FILE,), absent(kb, articles, raws.values()))
    return report_of(kb, audit(kb, articles, rules), lambda: rules, baseline, articles, len(paths))


def _before(kb: KnowledgeBase) -> KnowledgeBase | None:
    """The base as HEAD has it; None before the first commit."""
    head = kb.repo.head() if kb.repo else None
    return kb.as_committed(head) if head else None


def absent(kb: KnowledgeBase, articles: Sequence[Article], raws: Collection[bytes]) -> Collection[str]:
    """What these files and the base do not have, of what some rules alone speak of.
    With a comment every rule is asked: it may say that one is not needed.
    """
    if any(b"<!--" in raw for raw in raws):
        return ()
    there = {
        PROBLEM: any(one.record.problems for one in articles),
        IMAGE: any(b"![" in raw or b"src" in raw.lower() for raw in raws),
        UNFINISHED: any(one.confidence in (WORK_IN_PROGRESS, NOT_VALIDATED) for one in articles),
        OWN_INTERVAL: any(one.settings.interval_from == "article" for one in articles),
        TEAM: kb.team.present,
        STYLE: bool(kb.config.style),
    }
    return {COMMENT, *(what for what, held in there.items() if not held)}


def _article(kb: KnowledgeBase, tree: StagedTree, path: str, raw: bytes) -> Article:
    return kb.reader.article(path, make_record(raw, tree.oids[path], title_key(kb.config)))


def _chosen(kb: KnowledgeBase, tree: StagedTree, paths: Sequence[str], files: Sequence[str]) -> Iterable[str]:
    assert kb.repo is not None, "only Git stages"
    if not files:
        prefix = kb.prefix
        changed = {path[len(prefix) :] for path in git_index.staged(kb.repo) if path.startswith(prefix)}
        return [path for path in paths if path in changed]
    known, chosen = set(paths), []
    root = os.path.realpath(kb.root)
    for file in files:
        folder, name = os.path.split(os.path.abspath(file))  # noqa: PTH100 - see above
        path = os.path.relpath(os.path.join(os.path.realpath(folder), name), root).replace(os.sep, "/")  # noqa: PTH118
        if path in known:
            chosen.append(path)
        elif path not in tree.oids and not os.path.lexists(file):
            raise UsageProblem(f"{file!r} matches no file", hint="kcs list shows what there is")
        elif path not in tree.oids and kb.is_article(path) and not os.path.islink(file):  # noqa: PTH114
            raise UsageProblem(f"{file} is not staged", hint=f"git add {file}")
    return sorted(dict.fromkeys(chosen))
