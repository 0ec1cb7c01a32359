"""KCS5: links that lead nowhere, or not where a reader should be led."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kcs.article.body import Link, is_template
from kcs.article.ids import is_id
from kcs.audit.redirects import Redirects
from kcs.kb.links import MARKDOWN_ENDING, places_at, served_places, split_anchor, without_folder
from kcs.patterns import later
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.page import Page
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

# Another host, markup, a wiki's page or block (`[text]([[page]])`, `[text](((block)))`).
_NO_FILE = ("//", "{", "<", "[[", "((")
_SERVED = later(r"(?i)\.html?$")
_DATED = later(r"/(\d{4})/(\d{2})/(\d{2})/(?=[^/])")
_SCHEME = later(r"[A-Za-z][A-Za-z0-9+.-]+:")
_REDIRECTS = ("aliases", "redirect_from", "redirects")
# As many different links below one first part of an address, and none leads to a file: the site makes those pages.
_MADE = 3
# Where a folder of articles is called so as well, as many, and hardly any that leads to one of them.
_MADE_BESIDE = 10
_LISTED = ("product", "tags", "category", "categories", "type", "layout")


class Names(NamedTuple):
    """What links may lead to besides articles and files, without a `/` at either end.

    `folders` of articles, from the root and below what [articles] includes. `lists`: pages that site generators make of
    products, tags and the like. `redirects`: old names that articles claim. `stems`: last part of a name -> articles.
    `rooted`: whether any link from the root leads somewhere, so that the others can be judged. `made`: first parts of
    addresses below which the site makes all pages itself. `endings`: what articles' names end with.
    """

    folders: frozenset[str]
    lists: frozenset[str]
    redirects: frozenset[str]
    stems: dict[str, list[str]]
    rooted: bool
    made: frozenset[str]
    endings: tuple[str, ...]


def names(kb: KnowledgeBase) -> Names:
    """Drawn from the whole base, once a run."""
    from kcs.kb.globs import roots_of

    served = kb.config.link_folders
    roots = [f"{root.strip('/')}/" for root in (*roots_of(kb.config.include), *served) if root]
    folders, lists, redirects, stems = set(), set(), set(), {}  # type: ignore[var-annotated]
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
        for spelt, _ in destinations(article)
    )
    return Names(
        frozenset(folders),
        frozenset(lists),
        frozenset(redirects),
        stems,
        rooted,
        _made(kb, folders),
        tuple(sorted({found[0] for one in kb.articles if (found := MARKDOWN_ENDING.search(one.path))})),
    )


def _made(kb: KnowledgeBase, folders: set[str]) -> frozenset[str]:
    """First parts of addresses that many links share, none of which leads to a file: lists, generated reference pages."""
    found: dict[str, set[str]] = {}
    leading: dict[str, set[str]] = {}
    served = bool(kb.config.link_folders)
    for article in kb.articles:
        for spelt, image in destinations(article):
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


def destinations(article: Article) -> Sequence[tuple[str, bool]]:
    """(as spelt, whether an image) of each link, without parsing anything."""
    return article.record.skeleton.destinations if article.record.skeleton else ()


def leads_nowhere(page: Page, spelt: str) -> bool:
    """Whether a destination should name something of the base, and does not."""
    name, _ = split_anchor(spelt)
    if not name:
        return not spelt.startswith("#")
    if is_template(spelt) or spelt.startswith(_NO_FILE) or (len(name) == 1 and name.isalnum()):
        return False
    root = page.kb.config.link_root.rstrip("/")
    below = root and (name + "/").startswith(root + "/")
    if not below and _SCHEME.match(name) and not _windows(name):
        return False
    if page.kb.links.resolve(spelt, page.path) is not None:
        return False
    known = page.shared(names)
    if name.startswith("/") and not below and not known.rooted and name.split("/")[1] not in known.folders:
        return False  # some other part of the site
    if name.startswith("/") and name.split("/")[1] in known.made:
        return False
    rest = unquote(name[len(root) :] if below else name).strip("/")
    if (
        not rest
        or rest in known.folders
        or rest in known.redirects
        or unquote(name).strip("/") in known.redirects
    ):
        return False
    if (below or name.startswith("/")) and (rest in known.lists or rest.rpartition("/")[2] in known.lists):
        return False
    return not _beside(page, unquote(name))


def _windows(name: str) -> bool:
    """`C:\\docs`, `https:\\\\x`: what was meant for another program than a browser."""
    return ":\\" in name


def _beside(page: Page, name: str) -> bool:
    """Whether it names a folder, a file of the repository outside the base, or an address beside the article's own."""
    served = page.kb.config.link_folders
    if served and name.startswith(("/", "~/")):
        places = served_places(name.removeprefix("~"), page.path, served)
    else:
        places = places_at(name, page.path, by_address=page.kb.config.links_by_address)
        if not places:
            return _in_repository(page, name)
    known = page.shared(names)
    if any(place in known.folders or page.kb.on_disk(place + "/") for place in places):
        return True
    if any(_is_page(page, place, known.endings) for place in places):
        return True
    if (served and _led_to(page, name)) or _redirected(page, name, places):
        return True
    permalink = page.article.permalink
    if not permalink or page.kb.config.link_by != "permalink" or name.startswith("/"):
        return False
    address = posixpath.normpath(posixpath.join("/" + permalink, name))
    return page.kb.links.resolve(page.kb.config.link_root.rstrip("/") + address, page.path) is not None


def _led_to(page: Page, name: str) -> bool:
    """Whether a site's generator finds it: a file named from the site's root, or a post whose name begins with its day."""
    if _is_post(page, name):
        return True
    ways = [
        posixpath.join("/", posixpath.dirname(one), name.strip("/")) for one in page.kb.config.link_folders
    ]
    if MARKDOWN_ENDING.search(name) and not name.startswith(("/", ".")):
        ways.append(f"/{name}")
    return any(page.kb.links.resolve(way, page.path) for way in ways)


def _is_post(page: Page, name: str) -> bool:
    """Whether an address with a day names a post: by its file, whose name begins with the day, or by its own short name."""
    found = _DATED.search(name)
    if not found:
        return False
    day, rest = "-".join(found.groups()), _SERVED.sub("", name[found.end() :].strip("/"))
    stems = page.shared(names).stems
    return f"{day}-{rest}" in stems or any(day in path for path in stems.get(rest, ()))


def _redirected(page: Page, name: str, places: Sequence[str]) -> bool:
    """Whether a list of redirects in the repository takes the address on."""
    known = page.shared(Redirects.of)
    served = (without_folder(place, page.kb.config.link_folders) for place in places)
    return any(known.take(one) for one in dict.fromkeys((name, *places, *served)))


def _is_page(page: Page, place: str, endings: Sequence[str]) -> bool:
    """Whether a page that is no article (an index, a README) is served under this name."""
    stem = _SERVED.sub("", place)
    if place.endswith("/index.html") and page.kb.on_disk(place.removesuffix("index.html")):
        return True
    if page.kb.on_disk(place + ".erb") or page.kb.on_disk(place + ".html"):
        return True
    return stem != place and any(page.kb.on_disk(stem + ending) for ending in endings)


def _in_repository(page: Page, name: str) -> bool:
    """Whether it leads out of the base, but to a file of the same repository."""
    if page.kb.repo is None:
        return False
    below = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), name))
    place = Path(os.path.normpath(page.kb.root / below))
    return place.is_relative_to(page.kb.repo.root) and page.kb.on_disk(below)


class Found(NamedTuple):
    """One link of the text that a rule is about: its destination, its place, and whether it is an image."""

    link: Link
    line: int
    column: int


def found(page: Page, wanted: Callable[[str, bool], bool]) -> Iterator[Found]:
    """The links that `wanted` (as spelt, whether an image) says; the text is parsed only where there is one."""
    if not any(wanted(*one) for one in destinations(page.article)):
        return
    text = page.text
    for link in page.body.links:
        if wanted(link.destination, link.kind == "image"):
            start = max(text.rfind("\n", 0, link.start), text.rfind("\r", 0, link.start)) + 1
            yield Found(link, page.file_line(link.line), link.start - start + 1)


def looks_like_id(spelt: str) -> bool:
    """Whether a destination is an id, whatever it names."""
    return is_id(split_anchor(spelt)[0])


def meant(page: Page, spelt: str) -> str:
    """What a link that leads nowhere may have meant, as help; empty where nobody can say."""
    past = page.kb.links.resolve_past(spelt, page.path)
    if past is not None:
        moved = [one for one in page.kb.articles if page.kb.links.key(one.path) == past.key]
        if moved:
            return f"it has moved: {_spelt(page, moved[0].path)}"
    name = unquote(split_anchor(spelt)[0]).strip("/")
    stem = MARKDOWN_ENDING.sub("", name.rpartition("/")[2]).removesuffix(".html")
    near = page.shared(names).stems.get(stem)
    return f"did you mean {_spelt(page, near[0])}?" if near else ""


def _spelt(page: Page, path: str) -> str:
    """How a link to the article may be written in the one under audit."""
    permalink = page.kb.by_path[path].permalink
    if permalink and page.kb.config.link_by == "permalink":
        return f"{page.kb.config.link_root.rstrip('/')}/{permalink.strip('/')}"
    return posixpath.relpath(path, posixpath.dirname(page.path) or ".")
