"""Pages that are not articles but have an article's address: `vpn.html` beside `vpn.md`, `vpn/index.md`."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING
from unicodedata import normalize

from kcs.kb.destinations import MARKDOWN_ENDING
from kcs.kb.globs import roots_of
from kcs.kb.source import WorkingTree
from kcs.patterns import later

if TYPE_CHECKING:
    from kcs.kb.state import State

# As files, or as sources for a generator: `vpn.html.erb`.
_HTML_ENDING = later(r"(?i)(?<=[^/])\.x?html?(?:\.(?:erb|liquid|j2|jinja))?$")
_FOLDER_PAGES = ("/index", "/_index")


def pages_beside(kb: State) -> dict[str, list[str]]:
    """Article -> the HTML and Markdown files at its address. In the folder only those in Git: others are on no site."""
    source, known = kb.source, set(kb.articles.paths)
    if isinstance(source, WorkingTree):
        others = source.others
        roots = (
            roots_of(kb.config.include) if others is not None else {path.rpartition("/")[0] for path in known}
        )
        pages = [*_lying_there(str(kb.root), roots, known), *(filter(_is_page, others or ()))]
    else:
        pages = [path for path in getattr(source, "oids", ()) if path not in known and _is_page(path)]
    found = _at_addresses(kb.articles.paths, sorted(set(pages))) if pages else {}
    if found and kb.repo is not None and isinstance(source, WorkingTree):
        from kcs.kb.git.index import index

        tracked = index(kb.repo)
        found = {path: [one for one in at if kb.prefix + one in tracked] for path, at in found.items()}
    return {path: at for path, at in found.items() if at}


def address_of(path: str) -> str:
    """A Markdown file's part of a site's address, ignoring case: `a/b` for `a/b.md` and `a/b/index.md`."""
    path = folded(path)
    if path.endswith(".md") and not path.endswith((".html.md", ".htm.md")):
        return _folder_of(path[:-3])
    ending = MARKDOWN_ENDING.search(path)
    stem = _folder_of(path[: ending.start()]) if ending else path
    # Middleman's page.html.md, elsewhere just a name with dots: distinct from page.md.
    return f"{stem}.html" if ending and ending[0].startswith(".htm") else stem


def folded(path: str) -> str:
    """The same value for all names that some file system treats as one."""
    return path.lower() if path.isascii() else normalize("NFC", normalize("NFC", path).casefold())


def _at_addresses(articles: Iterable[str], pages: Iterable[str]) -> dict[str, list[str]]:
    at: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        for address in _addresses_of_page(page):
            at[address].append(page)
    return {path: at[address] for path in articles if (address := address_of(path)) in at}


def _addresses_of_page(path: str) -> list[str]:
    """An HTML page has the addresses of `vpn.md` and of Middleman's `vpn.html.md`."""
    if MARKDOWN_ENDING.search(path):
        return [address_of(path)]
    stem = _folder_of(_HTML_ENDING.sub("", folded(path)))
    return [stem, f"{stem}.html"]


def _lying_there(top: str, folders: Iterable[str], known: set[str]) -> Iterator[str]:
    """Pages in these folders, their parents and their subfolders."""
    folders = set(folders)
    for folder in folders | {folder.rpartition("/")[0] for folder in folders}:
        for path in _listed(top, folder) - known:
            if _is_page(path):
                yield path
            elif folder in folders and path not in folders and os.path.isdir(f"{top}/{path}"):  # noqa: PTH112 - hot
                yield from (one for one in _listed(top, path) - known if _is_page(one))


def _listed(top: str, folder: str) -> set[str]:
    prefix = f"{folder}/" if folder else ""
    with suppress(OSError):
        return set(map(prefix.__add__, os.listdir(f"{top}/{folder}")))  # noqa: PTH208 - hot
    return set()


def _is_page(path: str) -> bool:
    return MARKDOWN_ENDING.search(path) is not None or _HTML_ENDING.search(path) is not None


def _folder_of(stem: str) -> str:
    return stem.rpartition("/")[0] if stem.endswith(_FOLDER_PAGES) else stem
