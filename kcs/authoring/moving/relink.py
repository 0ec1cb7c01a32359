"""Pointing the links to one article at another: the files that hold them, and their new spelling."""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.body import Link, parse
from kcs.article.body_splice import splice_body
from kcs.article.front_matter import read
from kcs.authoring.moving.files import files_not_read, raw_to_respell
from kcs.authoring.moving.plan import Respelt
from kcs.authoring.moving.spelling import spellings, written
from kcs.authoring.writing import Edit
from kcs.errors import CannotEdit, FileProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.destinations import split_anchor
from kcs.kb.files import read_file


def linking_files(kb: KnowledgeBase, target: Article) -> Iterator[tuple[str, int]]:
    """The path of each Markdown file that links to it, itself left out, with the number of links."""
    for one in kb.articles:
        if one is not target:
            spelt = [link for link, _ in kb.destinations(one)]
            if count := _leading(kb, one.path, spelt, target):
                yield one.path, count
    for path in files_not_read(kb):
        try:
            links = parse(read(read_file(kb.root / path, path)).body).links
        except FileProblem:
            continue
        if path != target.path and (
            count := _leading(kb, path, [link.destination for link in links if link.kind != "image"], target)
        ):
            yield path, count


def _leading(kb: KnowledgeBase, source: str, destinations: list[str], target: Article) -> int:
    return sum(_leads(kb, source, spelt, target) for spelt in destinations)


def _leads(kb: KnowledgeBase, source: str, spelt: str, target: Article) -> bool:
    found = kb.links.resolve(spelt, source) if spelt and spelt[0] != "#" else None
    return found is not None and found.path == target.path


def relinked(kb: KnowledgeBase, source: str, old: Article, new: Article) -> tuple[Edit, list[Respelt]]:
    """The file at `source` with its links to `old` leading to `new`. CannotEdit if no spelling does."""
    raw = raw_to_respell(kb, source)
    document = read(raw)
    anchors = parse(kb.read(new).body).anchors
    pieces, places = [], []
    for link in parse(document.body).links:
        if link.kind != "image" and _leads(kb, source, link.destination, old):
            line = document.body_line + link.line - 1
            spelt = _pointed(kb, source, link, old, new, document.body, anchors, line)
            pieces.append((link.start, link.end, spelt))
            places.append(Respelt(source, line, link.destination, spelt))
    return Edit(source, raw, splice_body(raw, pieces)), places


def _pointed(
    kb: KnowledgeBase,
    source: str,
    link: Link,
    old: Article,
    new: Article,
    body: str,
    anchors: frozenset[str],
    line: int,
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
    ways += spellings(name, source, old.path, source, new.path, kb.config)
    for way in ways:
        spelt = written(way.partition("\0")[0] + "\0" + kept, link, body)
        found = kb.links.resolve(spelt, source)
        if found is not None and found.path == new.path:
            return spelt
    raise CannotEdit(f"no link here can lead to {new.path}", path=source, line=line)
