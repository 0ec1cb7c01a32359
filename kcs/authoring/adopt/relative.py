"""What links between pages count from: the file that holds them, or the address that the site serves its page at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from kcs.article.body import is_template, parse
from kcs.authoring.adopt.site import Tree
from kcs.authoring.adopt.survey import Candidate
from kcs.kb.destinations import MARKDOWN_ENDING, places_at, split_anchor

# What a text without any link to count does not hold; parsing it would be for nothing.
_RELATIVE = re.compile(r"""\]\(\s*<?\.{0,2}/?(?!\w+:|[/#<{])[^)\s]|(?:\]:\s|href=["'])(?!\w+:|[/#<{])""")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class RelativeGuess:
    """Of `total` relative links without a Markdown ending so many lead to a file, counted from the file and from the address."""

    by_file: int
    by_address: int
    total: int


def guess_relative(articles: Iterable[Candidate], tree: Tree) -> RelativeGuess | None:
    """The counts where more links lead to a file when counted from the address; None where they count from the file.

    Only what leads there in one of the two ways alone decides: most links of a folder's page read alike in both.
    """
    by_file = by_address = alike = total = 0
    for article in articles:
        if not _RELATIVE.search(article.document.body):
            continue
        for link in parse(article.document.body).links:
            spelt = unquote(split_anchor(link.destination)[0])
            if not _counts(spelt):
                continue
            total += 1
            held = [tree.holds("", place) for place in places_at(spelt, article.path, by_address=True)]
            if len(held) < 2:
                alike += any(held)
            else:
                by_address += held[0]
                by_file += held[1]
    if by_address < _LEAST or by_address <= by_file:
        return None
    return RelativeGuess(by_file + alike, by_address + alike, total)


def _counts(spelt: str) -> bool:
    if not spelt or spelt.startswith(("/", "~/", "{", "<")) or spelt.strip("./") == "":
        return False
    return not (_SCHEME.match(spelt) or is_template(spelt) or MARKDOWN_ENDING.search(spelt))
