"""An internal block is opened and never closed, or closed and never opened.

## Why it matters

An unclosed block runs to the end: customers miss the rest of the article. A closing mark without an opening one means that
somebody believes a part is hidden that is not.

## Example

    <!-- internal -->
    The contract says ten kilos.

## How to mend

Put `<!-- /internal -->` after what only colleagues may read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import TEXT, Rule, Values
from kcs.audit.rules.safety import Places
from kcs.patterns import later

_MARK = later(r"<!--\s{0,99}(/?)\s{0,99}internal\s{0,99}-->", re.IGNORECASE)


def check(page: Page, _: Values) -> Iterator[Hit]:
    """The block that has no end, and marks that end nothing."""
    text = page.text
    marks = list(_MARK.finditer(text))
    if not marks:
        return
    from kcs.article.internal import internal_blocks

    places, blocks = Places(page), internal_blocks(text)
    for start, end in blocks:
        if end == len(text) and not _closes(text, start, end):
            line, column = places.of(start)
            yield Hit(
                "an internal block that is never closed", "put <!-- /internal --> behind it", line, column
            )
    for mark in marks:
        line, column = places.of(mark.start())
        inside = any(start <= mark.start() < end for start, end in blocks)
        if mark.group(1) and not inside and not page.body.in_code(mark.start()):
            yield Hit(
                "it closes an internal block that was never opened",
                "open it with <!-- internal -->, or take this out",
                line,
                column,
                "close",
            )


def _closes(text: str, start: int, end: int) -> bool:
    """Whether a block that runs to the text's end is closed by its last mark: as many as it opens."""
    marks = [mark.group(1) for mark in _MARK.finditer(text, start, end)]
    return (
        text.rstrip().endswith("-->")
        and marks.count("/") >= len(marks) - marks.count("/")
        and marks[-1] == "/"
    )


RULE = Rule(check, ERROR, (TEXT,), archived=True)
