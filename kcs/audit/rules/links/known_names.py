"""What links of a base may lead to besides articles and files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kcs.kb.destinations import MARKDOWN_ENDING, split_anchor
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase

_REDIRECTS = ("aliases", "redirect_from", "redirects")
# As many different links below one first part of an address, and none leads to a file: the site makes those pages.
_MADE = 3
# Where a folder of articles is called so as well, as many, and hardly any that leads to one of them.
_MADE_BESIDE = 10
_LEARN = (".openpublishing.publish.config.json",)
_CASELESS = (*_LEARN, "docfx.json")
_MKDOCS = ("mkdocs.yml", "mkdocs.yaml")
_ASTRO = ("astro.config.mjs", "astro.config.js", "astro.config.ts")
_DOCUSAURUS = ("docusaurus.config.js", "docusaurus.config.ts", "siteConfig.js")
_LISTED = ("product", "tags", "category", "categories", "type", "layout")


class Names(NamedTuple):
    """What links may lead to besides articles and files, without a `/` at either end.

    `folders` of articles, from the root and below what [articles] includes; `collections`: those that may be one of
    Jekyll's. `lists`: pages that site generators make of products, tags and the like. `redirects`: old names that articles claim. `stems`: last part of a name -> articles.
    `rooted`: whether any link from the root leads somewhere, so that the others can be judged. `made`: first parts of
    addresses below which the site makes all pages itself. `endings`: what articles' names end with. `folded`: articles' paths
    without ending in lower case, where the site's publisher passes over case; else none. `languages`: folders of translations.
    `astro`: the folders of sites made with Astro, each with a `/` at its end, the repository itself being "". `ids`: articles' paths
    with their ids in place of their names, where Docusaurus serves them so. `learn`: whether Microsoft Learn publishes it, one part of
    a host whose other parts are in other repositories. `mkdocs`: whether MkDocs does, which passes on links that name no file. `static`:
    the folders whose files Docusaurus puts at the top of the site.
    """

    folders: frozenset[str]
    collections: tuple[str, ...]
    lists: frozenset[str]
    redirects: frozenset[str]
    stems: dict[str, list[str]]
    rooted: bool
    made: frozenset[str]
    endings: tuple[str, ...]
    folded: frozenset[str]
    languages: tuple[str, ...]
    astro: tuple[str, ...]
    ids: frozenset[str]
    learn: bool
    mkdocs: bool
    static: tuple[str, ...]


def names(kb: KnowledgeBase) -> Names:
    """Drawn from the whole base, once a run."""
    from kcs.kb.globs import roots_of

    served = kb.config.link_folders
    roots = [f"{root.strip('/')}/" for root in (*roots_of(kb.config.include), *served) if root]
    folders: set[str] = set()
    lists: set[str] = set()
    redirects: set[str] = set()
    stems: dict[str, list[str]] = {}
    for article in kb.articles:
        folder = posixpath.dirname(article.path)
        while folder and folder not in folders:
            folders.add(folder)
            folders.update(folder[len(root) :] for root in roots if folder.startswith(root))
            folder = posixpath.dirname(folder)
        meta = article.record.meta
        for key, value in meta.items():
            if key in _LISTED or key.endswith("_url"):
                lists.update(_words(value))
            elif key in _REDIRECTS:
                redirects.update(one.strip("/") for one in _words(value))
        for name in (article.path, article.permalink):
            if name:
                stem = MARKDOWN_ENDING.sub("", name.strip("/").rpartition("/")[2])
                stems.setdefault(stem, []).append(article.path)
    rooted = any(
        spelt.startswith("/") and kb.links.resolve(spelt, article.path)
        for article in kb.articles
        for spelt, _ in kb.destinations(article)
    )
    return Names(
        frozenset(folders),
        tuple(sorted(one for one in folders if posixpath.basename(one).startswith("_"))),
        frozenset(lists),
        frozenset(redirects),
        stems,
        rooted,
        _made(kb, folders),
        tuple(sorted({found[0] for one in kb.articles if (found := MARKDOWN_ENDING.search(one.path))})),
        _folded(kb),
        _languages(kb),
        _astro(kb),
        _ids(kb),
        _has_any(kb, _LEARN),
        _has_any(kb, _MKDOCS),
        tuple([f"{top}static/" for top in _tops_with(kb, _DOCUSAURUS, "website/")]),
    )


def _folded(kb: KnowledgeBase) -> frozenset[str]:
    """DocFX and Microsoft Learn find `about/x.md` in `About/`, as the disks that they were made on do."""
    if not _has_any(kb, _CASELESS):
        return frozenset()
    return frozenset(MARKDOWN_ENDING.sub("", one.path).casefold() for one in kb.articles)


def _ids(kb: KnowledgeBase) -> frozenset[str]:
    if not _has_any(kb, _DOCUSAURUS, "website/"):
        return frozenset()
    own = ((posixpath.dirname(one.path), one.record.meta.get("id")) for one in kb.articles)
    return frozenset(posixpath.join(folder, name) for folder, name in own if isinstance(name, str))


def _has_any(kb: KnowledgeBase, names: Sequence[str], *folders: str) -> bool:
    """Whether one of these files is at the top, in a folder right below it with articles, or in one of `folders`."""
    return any(True for _ in _tops_with(kb, names, *folders))


def _tops_with(kb: KnowledgeBase, names: Sequence[str], *folders: str) -> Iterator[str]:
    """The top, empty, and such folders, each with a `/` at its end, that hold one of these files."""
    tops = {"", *folders, *(one.path.partition("/")[0] + "/" for one in kb.articles)}
    return (top for top in sorted(tops) if any(kb.on_disk(top + name) for name in names))


def _astro(kb: KnowledgeBase) -> tuple[str, ...]:
    sites = {folder.rpartition("src/content/docs")[0] for folder in kb.config.link_folders}
    return tuple(site for site in sorted(sites) if any(kb.on_disk(site + name) for name in _ASTRO))


def _languages(kb: KnowledgeBase) -> tuple[str, ...]:
    """Folders that kcs.toml gives a language: `docs/de` of `docs/de/**`."""
    globs = (
        glob
        for policy in kb.config.policies
        if "language" in policy.sets
        for glob in policy.match.get("path", ())
    )
    return tuple(
        sorted(glob.removesuffix("/**") for glob in globs if glob.endswith("/**") and "*" not in glob[:-3])
    )


def _made(kb: KnowledgeBase, folders: set[str]) -> frozenset[str]:
    """First parts of addresses that many links share, none of
    which leads to a file: lists, generated reference pages.
    """
    found: dict[str, set[str]] = {}
    leading: dict[str, set[str]] = {}
    served = bool(kb.config.link_folders)
    for article in kb.articles:
        for spelt, image in kb.destinations(article):
            if not image and spelt.startswith("/") and not spelt.startswith("//"):
                name = split_anchor(spelt)[0]
                if not served and MARKDOWN_ENDING.search(name):
                    continue  # without a site, a file's name from the root means that file
                first = name.split("/")[1]
                found.setdefault(first, set()).add(spelt)
                if spelt.strip("/") != first and kb.links.resolve(spelt, article.path):
                    leading.setdefault(first, set()).add(spelt)
    return frozenset(
        first
        for first, spelt in found.items()
        if len(spelt) >= (_MADE_BESIDE if not served or first in folders or first in leading else _MADE)
        and len(leading.get(first, ())) * 10 < len(spelt)
    )


def _words(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    found = [one for one in values if isinstance(one, str)]
    return [*found, *(re.sub(r"\W+", "-", one.lower()).strip("-") for one in found)]
