"""Whether two texts surely count for different content, found without reading all of both.

Versions of an article share their beginning, and where they part they mostly part for good: a few blocks from there on
are scanned, instead of two whole texts. Exact where it says yes; where it says no, the fingerprints have to tell.
"""

from __future__ import annotations

import re
from itertools import takewhile

from kcs.article.blocks import Block, scan
from kcs.article.kcs1 import clean, told

# What may stay open over a blank line, and so decides how the lines after it are read.
_OPENER = re.compile(r"```|~~~|<(?:pre|script|style|textarea|[!?])", re.IGNORECASE)
_FIRST_LINES = 12
_NO_LABELS: frozenset[str] = frozenset()


def surely_differ(one: str, other: str) -> bool:
    """Whether these bodies have different skeletons. False: perhaps they have."""
    if "]:" in one or "]:" in other:
        return False  # a definition may decide about brackets anywhere
    lines, others = clean(one).split("\n"), clean(other).split("\n")
    same = sum(1 for _ in takewhile(_equal, zip(lines, others, strict=False)))
    start, more = _restart(lines, same), _FIRST_LINES
    while True:
        end = same + more
        blocks, whole = _final(lines, start, end)
        beside, whole_beside = _final(others, start, end)
        # Up to where they part the blocks are the same, and need no reading of what stands inside their lines.
        if any(a != b and _told(a) != _told(b) for a, b in zip(blocks, beside, strict=False)):
            return True
        if whole and whole_beside:
            return len(blocks) != len(beside)
        more *= 4


def _equal(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _restart(lines: list[str], same: int) -> int:
    """The last of the first `same` lines from which on blocks do not depend on what stands before; 0 where none is known.

    Words at the left edge after a blank line close all lists, quotes and paragraphs before them.
    """
    for at in range(same - 1, 0, -1):
        first = lines[at][:1]
        if (first == "#" or (first.isascii() and first.isalpha())) and not lines[at - 1].strip(" \t"):
            return 0 if _OPENER.search("\n".join(lines[:at])) else at
    return 0


def _final(lines: list[str], start: int, end: int) -> tuple[list[Block], bool]:
    """The blocks of these lines that no later line can change, and whether these are all there are."""
    blocks, whole = scan("\n".join(lines[start:end])), end >= len(lines)
    # Still open at the end are at most a leaf and an item that holds nothing.
    return blocks if whole else blocks[:-2], whole


def _told(block: Block) -> str:
    return next(told([block], _NO_LABELS, []))
