"""kcs archive: an article of no value any more. Links to it stay, unless they are to lead to what takes its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kcs.article.body import Link, parse
from kcs.article.body_splice import splice_body
from kcs.article.front_matter import read
from kcs.article.splice import scalar, set_value
from kcs.article.states import ARCHIVED
from kcs.authoring.editing import naming, raw_to_edit
from kcs.authoring.moving.plan import Respelt
from kcs.authoring.moving.spelling import spellings, written
from kcs.authoring.state import with_state
from kcs.authoring.writing import Edit, commit_written, lock_folder
from kcs.errors import CannotEdit, UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.destinations import split_anchor
from kcs.kb.journal import Work, Write, carried_out
from kcs.kb.select import find_article

SUPERSEDED_BY = "superseded_by"


@dataclass(frozen=True, slots=True)
class Linking:
    """An article that links to the archived one. `trusted`: before; `losing`: whether re-pointing its links ends that."""

    article: Article
    links: int
    trusted: bool
    losing: bool = False


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
    """What archiving the article changes. Writes nothing. UsageProblem where nothing could take its place like that."""
    article = find_article(kb, name)
    successor = _successor(kb, article, superseded_by) if superseded_by else None
    if relink and successor is None:
        raise UsageProblem("--relink needs --superseded-by: links have to lead somewhere")
    raw = raw_to_edit(kb, article)
    with naming(article):
        new = with_state(kb, article, raw, ARCHIVED)
        if successor and article.record.meta.get(SUPERSEDED_BY) != successor.name:
            new = set_value(new, SUPERSEDED_BY, scalar(successor.name))
    edits = [Edit(article.path, raw, new)] if new != raw else []
    linking, relinked = [], []
    for one in _linking(kb, article):
        count = sum(_leads(kb, one, spelt, article) for spelt, _ in _destinations(one))
        trusted, losing = kb.verdicts[one.path].trusted, False
        if relink and successor and one is not successor:
            edit, places = _relinked(kb, one, article, successor)
            edits.append(edit)
            relinked += places
            losing = trusted and not _trusted(kb, one, edit)
        linking.append(Linking(one, count, trusted, losing))
    warnings = tuple(_warnings(kb, article, successor))
    return Archived(article, kb.edited(article, new), successor, edits, linking, relinked, warnings)


def archive(kb: KnowledgeBase, plan: Archived, commit_message: str | None = None) -> str | None:
    """Write it, all of it or nothing; the commit's id if one is asked for."""
    if commit_message is not None and kb.repo is None:
        raise UsageProblem("--commit needs a Git repository, and this folder is in none")
    if not plan.edits:
        return None
    writes = [Write(kb.prefix + one.path, one.old, one.new) for one in plan.edits]
    top = kb.repo.root if kb.repo else kb.root
    with carried_out(top, lock_folder(kb), Work(f"archiving {plan.article.path}", writes)):
        if commit_message is None:
            return None
        return commit_written(kb, [one.path for one in writes], commit_message)


def _successor(kb: KnowledgeBase, article: Article, name: str) -> Article:
    successor = find_article(kb, name)
    chain = [article.name]
    one: Article | None = successor
    while one is not None:
        chain.append(one.name)
        if one is article:
            raise UsageProblem(
                f"that goes in a circle: {' is superseded by '.join(chain)}", hint="name another successor"
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


def _destinations(article: Article) -> Sequence[tuple[str, bool]]:
    return article.record.skeleton.destinations if article.record.skeleton else ()


def _leads(kb: KnowledgeBase, source: Article, spelt: str, target: Article) -> bool:
    found = kb.links.resolve(spelt, source.path) if spelt and spelt[0] != "#" else None
    return found is not None and found.path == target.path


def _linking(kb: KnowledgeBase, target: Article) -> list[Article]:
    """Who links to it, itself left out."""
    return [
        one
        for one in kb.articles
        if one is not target and any(_leads(kb, one, spelt, target) for spelt, _ in _destinations(one))
    ]


def _relinked(kb: KnowledgeBase, source: Article, old: Article, new: Article) -> tuple[Edit, list[Respelt]]:
    raw = raw_to_edit(kb, source)
    document = read(raw)
    anchors = parse(kb.read(new).body).anchors
    pieces, places = [], []
    for link in parse(document.body).links:
        if link.kind != "image" and _leads(kb, source, link.destination, old):
            spelt = _pointed(kb, source, link, old, new, document.body, anchors)
            pieces.append((link.start, link.end, spelt))
            line = document.body_line + link.line - 1
            places.append(Respelt(source.path, line, link.destination, spelt))
    with naming(source):
        return Edit(source.path, raw, splice_body(raw, pieces)), places


def _pointed(
    kb: KnowledgeBase,
    source: Article,
    link: Link,
    old: Article,
    new: Article,
    body: str,
    anchors: frozenset[str],
) -> str:
    """The link's destination, spelt as its writer spells, leading to `new`; an anchor that is not there is dropped."""
    name, anchor = split_anchor(link.destination)
    kept = anchor if anchor.startswith("#") and anchor[1:] in anchors else ""
    slash = "/" if name.endswith("/") else ""
    root = kb.config.link_root
    ways = []
    if name == old.id and new.id:
        ways.append(f"{new.id}\0")
    if kb.config.link_by == "permalink" and new.permalink:
        ways.append(f"{root.rstrip('/')}/{new.permalink.strip('/')}{slash}\0")
    ways += spellings(name, source.path, old.path, source.path, new.path, kb.config)
    for way in ways:
        spelt = written(way.partition("\0")[0] + "\0" + kept, link, body)
        found = kb.links.resolve(spelt, source.path)
        if found is not None and found.path == new.path:
            return spelt
    raise CannotEdit(f"no link here can lead to {new.path}", path=source.path, line=link.line)


def _trusted(kb: KnowledgeBase, article: Article, edit: Edit) -> bool:
    after = kb.edited(article, edit.new)
    return kb.judge.verdicts([after])[after.path].trusted
