"""KCS5: links that lead nowhere, or not where a reader should be led."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kcs.article.body import Link
from kcs.article.ids import is_id
from kcs.audit.rules.links.known_names import names
from kcs.kb.destinations import MARKDOWN_ENDING, split_anchor
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.page import Page


class Found(NamedTuple):
    """One link of the text that a rule is about: its destination, its place, and whether it is an image."""

    link: Link
    line: int
    column: int


def found(page: Page, wanted: Callable[[str, bool], bool]) -> Iterator[Found]:
    """The links that `wanted` (as spelt, whether an image) says; the text is parsed only where there is one."""
    if not any(wanted(*one) for one in page.kb.destinations(page.article)):
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
