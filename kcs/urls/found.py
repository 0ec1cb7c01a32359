"""The external addresses of articles, and where in them they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kcs.patterns import later
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

_EXTERNAL = re.compile(r"(?:https?:)?//", re.IGNORECASE)
# As Markdown and HTML write a sign in an address.
# Without its `;`, `&copy=2` is a parameter: no reader takes that for a sign.
_SPELT = later(r"\\([!-/:-@\[-`{-~])|&(?:#\d{1,7}|#[Xx][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


class Place(NamedTuple):
    """Where an address stands; line and column from 1, None where nobody looked."""

    path: str
    line: int | None = None
    column: int | None = None


class Address(NamedTuple):
    """An address without its fragment, and the articles that lead there."""

    url: str
    articles: Sequence[Article]

    def places(self, kb: KnowledgeBase, exactly: bool) -> list[Place]:
        """Each place. `exactly`: with lines, for which the articles' text is parsed."""
        if not exactly:
            return [Place(one.path) for one in self.articles]
        return [place for one in self.articles for place in _lines(kb, one, self.url)]


def addresses(kb: KnowledgeBase, articles: Iterable[Article]) -> list[Address]:
    """What these articles link to or show over http and https, sorted. Nothing is parsed."""
    leading: dict[str, dict[str, Article]] = {}
    for article in articles:
        for spelt, _ in kb.destinations(article):
            if url := external(spelt):
                leading.setdefault(url, {})[article.path] = article
    return [Address(url, [by[path] for path in sorted(by)]) for url, by in sorted(leading.items())]


def external(spelt: str) -> str:
    """A destination as an address to ask, or nothing.
    `//host/x` is asked over https; template markup names nothing yet.
    """
    from kcs.article.body import is_template

    if not _EXTERNAL.match(spelt) or is_template(spelt):
        return ""
    url = _as_read(spelt).partition("#")[0].strip()
    return f"https:{url}" if url.startswith("//") else url


def _as_read(spelt: str) -> str:
    """A destination as a browser gets it: `a_b` for `a\\_b`, `&` for `&amp;`."""
    if "\\" not in spelt and "&" not in spelt:
        return spelt
    from html import unescape

    return _SPELT.sub(lambda found: found[1] or unescape(found[0]), spelt)


def _lines(kb: KnowledgeBase, article: Article, url: str) -> list[Place]:
    from kcs.article.body import parse

    document = kb.read(article)
    found = []
    for link in parse(document.body).links:
        if external(link.destination) == url:
            text = document.body
            start = max(text.rfind("\n", 0, link.start), text.rfind("\r", 0, link.start)) + 1
            found.append(Place(article.path, document.body_line + link.line - 1, link.start - start + 1))
    # A raw destination that the fingerprint knows and the links do not still stands somewhere.
    return found or [Place(article.path)]
