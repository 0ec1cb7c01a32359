"""Whether two texts certainly count as different content, or certainly as the same, without reading all of both.

Versions of an article begin alike, and once they diverge they mostly stay apart: so only that place is
compared, or a few blocks from there on, instead of two whole texts. The answer is exact; where there is none,
the fingerprints decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from kcs.article.blocks import one_by_one
from kcs.article.kcs1 import clean, told
from kcs.article.leaves import Block
from kcs.article.spans import block_spans

# What may stay open across a blank line, and so decides how the lines after it are read.
_OPENER = re.compile(r"```|~~~|<(?:pre|script|style|textarea|[!?])", re.IGNORECASE)
_RAW_HTML = re.compile(r"<(?:pre|script|style|textarea|[!?])", re.IGNORECASE)
# The characters before its first letter decide what a line is; `**` before a letter begins words as well.
_BEFORE = re.compile(r"[ \t>*+\-#|0-9.)]*+")
_WORD = re.compile(r"\*{0,2}[A-Za-z]")
_MARK = re.compile(r"[\[`<\\]")
_UNSURE = frozenset(("", " ", "\t", "\n", "\\", "#"))

# As spelt, and whether an image.
Destination = tuple[str, bool]
Destinations = list[Destination]
# Pairs of destinations from the same places of both texts.
Leads = list[tuple[Destination, Destination]]


def compare(one: str, other: str) -> tuple[bool | None, Leads]:
    """Whether they are the same (None: unknown), and, if so, the destinations that are spelt differently in them."""
    # Empty lines at either end belong to no block.
    one, other = clean(one).strip("\n"), clean(other).strip("\n")
    if _part_in_words(one, other):
        return False, []
    if "]:" in one or "]:" in other:
        return None, []  # a definition may turn brackets anywhere into a link
    lines, others = one.split("\n"), other.split("\n")
    same = _parting(lines, others)
    start = _restart(lines, same)
    lines, others = lines[start:], others[start:]
    ending = _parting(lines[same - start :][::-1], others[same - start :][::-1])
    leads: Leads = []
    for block, beside in zip_longest(one_by_one(lines), one_by_one(others)):
        if block is None or beside is None:
            return False, []
        left = len(lines) - block.start
        if (
            left < ending
            and left == len(others) - beside.start
            and not (block.containers or beside.containers)
        ):
            break  # nothing is open, and the rest is the same
        if block[3:] == beside[3:] and block.kind == beside.kind:  # wherever they stand
            continue
        (counted, spelt), (counted_beside, spelt_beside) = _told(block), _told(beside)
        if counted != counted_beside:
            return False, []
        leads += [pair for pair in zip(spelt, spelt_beside, strict=True) if pair[0] != pair[1]]
    return True, leads


def _part_in_words(one: str, other: str) -> bool:
    """Whether they diverge inside plain words of the same block, at characters that count in both.

    Up to there a block's words count as they are written, provided that nothing before them in the block can
    begin code, a tag or a link; and a line that begins alike in both continues the same block, of whatever
    kind.
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
    """Whether the character there counts literally: it is no
    mark, and no blank that may be one of several or the last.
    """
    if text[at : at + 1] == " ":
        return text[at + 1 : at + 2] not in _UNSURE and text[at - 1 : at] not in _UNSURE
    return text[at : at + 1] not in _UNSURE


def _parting(one: Sequence[str], other: Sequence[str]) -> int:
    """The place of the first character, or line, that differs, found by bisection."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _restart(lines: list[str], same: int) -> int:
    """The last of the first `same` lines after which blocks do not depend on what comes before; 0 if none is known.

    Words at the left edge after a blank line close all lists, quotes and paragraphs before them.
    """
    for at in range(same - 1, 0, -1):
        first = lines[at][:1]
        if (first == "#" or (first.isascii() and first.isalpha())) and not lines[at - 1].strip(" \t"):
            return 0 if _OPENER.search("\n".join(lines[:at])) else at
    return 0


def _told(block: Block) -> tuple[str, Destinations]:
    taken: Destinations = []
    return next(told([block], block_spans, taken)), taken
