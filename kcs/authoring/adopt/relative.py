"""What links between pages count from: the file that holds them, or the address that the site serves its page at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kcs.authoring.adopt.site import Tree
from kcs.kb.destinations import MARKDOWN_ENDING, places_at

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class RelativeGuess:
    """How many of `total` relative links without a Markdown
    ending lead to a file, counted from the file and the address.
    """

    by_file: int
    by_address: int
    total: int


def guess_relative(written: Mapping[str, Iterable[str]], tree: Tree) -> RelativeGuess | None:
    """The counts where more links lead to a file when counted from the address; None if they count from the file.

    `written`: path of the article -> its destinations. Only links that lead to a file in just
    one of the two ways decide: most links of a folder's page lead to the same file in both.
    """
    by_file = by_address = alike = total = 0
    for path, destinations in written.items():
        for spelt in filter(_counts, destinations):
            total += 1
            held = [tree.holds("", place) for place in places_at(spelt, path, by_address=True)]
            if len(held) < 2:
                alike += any(held)
            else:
                by_address += held[0]
                by_file += held[1]
    if by_address < _LEAST or by_address <= by_file:
        return None
    return RelativeGuess(by_file + alike, by_address + alike, total)


def _counts(spelt: str) -> bool:
    if spelt.startswith(("/", "~/", "{", "<")) or spelt.strip("./") == "":
        return False
    return not (_SCHEME.match(spelt) or MARKDOWN_ENDING.search(spelt))
