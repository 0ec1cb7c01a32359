"""Links between wiki pages (`[[Page]]`, `[[Page|text]]`,
`[[text|Page]]`): counted, so that nobody believes that they are followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kcs.article.body import parse
from kcs.authoring.adopt.file_names import stem
from kcs.authoring.adopt.survey import Candidate

# `[[ -f x ]]` is a test in a shell script; a link begins and ends with a character of a name.
_WIKI = re.compile(r"(?<![\[\\])\[\[([^\[\]\s](?:[^\[\]\n]{0,200}[^\[\]\s])?)\]\](?!\()")
_PROSE = frozenset(("text", "heading", "table"))
_LEAST = 3


@dataclass(frozen=True, slots=True)
class WikiLinks:
    """`named` of all `total` wiki links, in `articles`, name a page of the base by its file's name or its title."""

    articles: int
    named: int
    total: int


def wiki_links(articles: Sequence[Candidate], title: str) -> WikiLinks | None:
    """The count; None if there are hardly any. `title`: the key that holds titles."""
    found = [(one, links) for one in articles if "[[" in one.document.body and (links := list(_links(one)))]
    total = sum(len(links) for _, links in found)
    if total < _LEAST:
        return None
    names = set(_names(articles, title))
    named = sum(not names.isdisjoint(_parts(link)) for _, links in found for link in links)
    return WikiLinks(len(found), named, total)


def _links(article: Candidate) -> Iterable[str]:
    body = parse(article.document.body)
    for block in body.blocks:
        if block.kind in _PROSE and "[[" in block.text:
            code = [
                (span.start, span.end) for span in body.spans(block.kind, block.text) if span.kind == "code"
            ]
            for link in _WIKI.finditer(block.text):
                if not any(start <= link.start() < end for start, end in code):
                    yield link[1]


def _parts(link: str) -> Iterable[str]:
    """What may be the page's name: either side of the bar, without the part of the page that is meant."""
    for part in link.split("|"):
        name = part.partition("#")[0].strip().casefold()
        yield from (name, name.rpartition("/")[2], name.replace(" ", "-"))


def _names(articles: Iterable[Candidate], title: str) -> Iterable[str]:
    for one in articles:
        yield stem(one.path).casefold()
        said = one.document.meta.get(title)
        if isinstance(said, str) and said.strip():
            yield said.strip().casefold()
