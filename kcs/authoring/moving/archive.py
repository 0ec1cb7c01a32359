"""kcs archive: an article of no value any more. Links to it stay, unless they are to lead to what takes its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kcs.article.splice import scalar, set_value
from kcs.article.states import ARCHIVED
from kcs.authoring.editing import name_to_write, naming, raw_to_edit
from kcs.authoring.moving.files import not_ignored
from kcs.authoring.moving.plan import Respelt
from kcs.authoring.moving.relink import linking_files, relinked
from kcs.authoring.state import with_state
from kcs.authoring.writing import Edit, begun_before, commit_written, lock_folder, no_repository, tell_begun
from kcs.errors import UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.files import lock
from kcs.kb.git import index as git_index
from kcs.kb.journal import Work, Write, do_work
from kcs.kb.select import find_article

SUPERSEDED_BY = "superseded_by"


@dataclass(frozen=True, slots=True)
class Linking:
    """A file that links to the archived article. `article`: None for any other page.

    `trusted`: before; `losing`: whether re-pointing its links ends that.
    """

    path: str
    article: Article | None
    links: int
    trusted: bool = False
    losing: bool = False

    @property
    def name(self) -> str:
        """How people call it."""
        return self.article.name if self.article else self.path


@dataclass(frozen=True, slots=True)
class Archived:
    """What archiving changes. `edits`: the files; `relinked`: the links that lead to `successor` then."""

    article: Article
    after: Article
    successor: Article | None
    edits: Sequence[Edit]
    linking: Sequence[Linking]
    relinked: Sequence[Respelt]
    warnings: Sequence[str]


def plan_archive(kb: KnowledgeBase, name: str, superseded_by: str, *, relink: bool) -> Archived:
    """What archiving the article changes. Writes nothing. UsageProblem if nothing could take its place like that."""
    article = find_article(kb, name)
    successor = _successor(kb, article, superseded_by) if superseded_by else None
    if relink and successor is None:
        raise UsageProblem("--relink needs --superseded-by: the links need somewhere to lead")
    raw = raw_to_edit(kb, article)
    with naming(article):
        new = with_state(kb, article, raw, ARCHIVED)
        if successor and article.record.meta.get(SUPERSEDED_BY) != successor.name:
            new = set_value(new, SUPERSEDED_BY, scalar(name_to_write(successor)))
    edits = [Edit(article.path, raw, new)] if new != raw else []
    linking: list[Linking] = []
    places: list[Respelt] = []
    for path, links in linking_files(kb, article):
        one = kb.by_path.get(path)
        trusted = one is not None and kb.verdicts[path].trusted
        losing = False
        if relink and successor and one is not successor:
            edit, spelt = relinked(kb, path, article, successor)
            edits.append(edit)
            places += spelt
            losing = trusted and one is not None and not _trusted(kb, one, edit)
        linking.append(Linking(path, one, links, trusted, losing))
    warnings = tuple(_warnings(kb, article, successor))
    return Archived(article, kb.edited(article, new), successor, edits, linking, places, warnings)


def archive(kb: KnowledgeBase, plan: Archived, commit_message: str | None = None) -> str | None:
    """Write it, all or nothing; the commit's id if one is wanted."""
    if commit_message is not None and kb.repo is None:
        raise no_repository()
    if not plan.edits:
        return None
    writes = [Write(kb.prefix + one.path, one.old, one.new) for one in plan.edits]
    top, folder = kb.repo.root if kb.repo else kb.root, lock_folder(kb)
    with lock(folder):
        begun = [] if commit_message is None else begun_before(kb, plan.edits)
        do_work(top, folder, Work(f"archiving {plan.article.path}", writes))
        if commit_message is None:
            return None
        seen = git_index.listed(kb.repo) | git_index.changed(kb.repo) if kb.repo else set()
        made = commit_written(kb, not_ignored(kb, plan.edits, seen), commit_message)
        tell_begun(begun)
        return made


def _successor(kb: KnowledgeBase, article: Article, name: str) -> Article:
    successor = find_article(kb, name)
    chain = [article.name]
    one: Article | None = successor
    while one is not None:
        chain.append(one.name)
        if one is article:
            raise UsageProblem(
                f"that is a circle: {' is superseded by '.join(chain)}", hint="name another successor"
            )
        if len(chain) > len(set(chain)):
            break
        one = _named(kb, one.record.meta.get(SUPERSEDED_BY))
    return successor


def _named(kb: KnowledgeBase, value: object) -> Article | None:
    found = [one for one in kb.articles if value in (one.id, one.path)] if value else []
    return found[0] if found else None


def _warnings(kb: KnowledgeBase, article: Article, successor: Article | None) -> Iterator[str]:
    if article.confidence == ARCHIVED:
        yield "it is archived already"
    if successor is not None and successor.confidence == ARCHIVED:
        yield f"{successor.name}, which takes its place, is archived itself"
    if successor is not None and not kb.verdicts[successor.path].trusted:
        yield f"{successor.name}, which takes its place, is not trusted"


def _trusted(kb: KnowledgeBase, article: Article, edit: Edit) -> bool:
    after = kb.edited(article, edit.new)
    return kb.judge.verdicts([after])[after.path].trusted
