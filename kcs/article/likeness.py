"""Whether two texts count for different content, or surely for the same, found without reading all of both.

Versions of an article share their beginning, and where they part they mostly part for good: one look at that place, or
a few blocks from there on, instead of two whole texts. Exact in what it says; where it says nothing, the fingerprints
have to tell.
"""

from __future__ import annotations

import re
from itertools import takewhile

from kcs.article.blocks import Block, scan
from kcs.article.kcs1 import clean, told
from kcs.article.spans import block_spans

# What may stay open over a blank line, and so decides how the lines after it are read.
_OPENER = re.compile(r"```|~~~|<(?:pre|script|style|textarea|[!?])", re.IGNORECASE)
_RAW_HTML = re.compile(r"<(?:pre|script|style|textarea|[!?])", re.IGNORECASE)
# What stands before its first letter decides what a line is; `**` and a letter are words as well.
_BEFORE = re.compile(r"[ \t>*+\-#|0-9.)]*+")
_WORD = re.compile(r"\*{0,2}[A-Za-z]")
_MARK = re.compile(r"[\[`<\\]")
_UNSURE = frozenset(("", " ", "\t", "\n", "\\", "#"))
_FIRST_LINES = 12

Destinations = list[tuple[str, bool]]


def same_text(one: str, other: str) -> bool | None:
    """Whether these bodies count for the same, destinations as they are spelt included; None where nobody knows yet."""
    if "]:" in one or "]:" in other:
        return None  # a definition may decide about brackets anywhere
    one, other = clean(one), clean(other)
    if _part_in_words(one, other):
        return False
    lines, others = one.split("\n"), other.split("\n")
    same = sum(1 for _ in takewhile(_equal, zip(lines, others, strict=False)))
    start, more = _restart(lines, same), _FIRST_LINES
    while True:
        end = same + more
        blocks, whole = _final(lines, start, end)
        beside, whole_beside = _final(others, start, end)
        # Up to where they part the blocks are the same, and need no reading of what stands inside their lines.
        lead_alike = True
        for pair in zip(blocks, beside, strict=False):
            if pair[0] != pair[1]:
                (counted, leads), (counted_beside, leads_beside) = map(_told, pair)
                if counted != counted_beside:
                    return False
                lead_alike = lead_alike and leads == leads_beside
        if whole and whole_beside:
            if len(blocks) != len(beside):
                return False
            return True if lead_alike else None
        more *= 4


def _part_in_words(one: str, other: str) -> bool:
    """Whether they part inside plain words of one and the same block, at characters that both count.

    A block's words are told up to there as they stand, if nothing before them in it can begin code, a tag or a link,
    and a line that has begun alike goes on in the same block, whichever kind that is.
    """
    at = _parting(one, other)
    if not (_counts(one, at) and _counts(other, at)):
        return False
    line = one.rfind("\n", 0, at) + 1
    begun = _BEFORE.match(one, line, at)
    if begun and begun.end() == at:
        begun = _WORD.match(one, at) and _WORD.match(other, at)
    elif begun:
        begun = _WORD.match(one, begun.end(), at)
    if not begun or _MARK.search(one, one.rfind("\n\n", 0, line) + 1, at):
        return False
    return one.find("<", 0, line) < 0 or not _RAW_HTML.search(one, 0, line)


def _counts(text: str, at: int) -> bool:
    """Whether the character there is told as it stands: not a mark, nor a blank that may be one of several or the last."""
    if text[at : at + 1] == " ":
        return text[at + 1 : at + 2] not in _UNSURE and text[at - 1 : at] not in _UNSURE
    return text[at : at + 1] not in _UNSURE


def _parting(one: str, other: str) -> int:
    """The offset of the first character in which they differ, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


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


def _told(block: Block) -> tuple[str, Destinations]:
    taken: Destinations = []
    return next(told([block], block_spans, taken)), taken
