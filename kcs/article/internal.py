"""Internal blocks: parts of an article that are only for the team."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.article.body import parse
from kcs.patterns import later

_MARK = later(r"<!--\s{0,99}(/?)\s{0,99}internal\s{0,99}-->", re.IGNORECASE)


def internal_blocks(text: str) -> list[tuple[int, int]]:
    """Characters (start, end) of each internal block, its marks included; what is unclosed runs to the end.

    A gate never fails open: an opening mark counts wherever it stands, in code too, a closing one only outside
    code, and a block opened twice needs to be closed twice.
    """
    if "<!--" not in text or not _MARK.search(text):
        return []
    found: list[tuple[int, int]] = []
    depth = start = 0
    for mark in _marks_that_count(text):
        if not mark.group(1):
            start = start if depth else mark.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                found.append((start, mark.end()))
    return [*found, (start, len(text))] if depth else found


def without_internal(text: str) -> str:
    """A body without its internal blocks."""
    kept, at = "", 0
    for start, end in internal_blocks(text):
        kept, at = f"{kept}{text[at:start]}\n\n", end
    return kept + text[at:]


def _marks_that_count(text: str) -> Iterator[re.Match[str]]:
    body = parse(text)
    for mark in _MARK.finditer(text):
        if not mark.group(1) or not body.in_code(mark.start()):
            yield mark
