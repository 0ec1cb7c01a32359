"""A heading is more than one level below the one before it.

## Why it matters

Screen readers and tables of contents go by the levels: where they jump from the second to the fourth, listeners think that
something is missing.

## Example

    ## Resolution

    #### On a phone

## How to mend

Give it the next level (`###`). Which level a base starts its articles with is its own business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import TEXT, Rule, Values
from kcs.patterns import later

_MARKS = later(r"[ \t>*+\d.)-]*(#{1,6})(?=[ \t\r]|$)", re.MULTILINE)
# A line end first: `re` then skips from one to the next.
_UNDERLINE = later(r"\n[ >]*(?:=+|-+)[ \t]*\r?$", re.MULTILINE)


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each heading that leaves a level out."""
    text = page.text
    # Whatever may be a heading, in code too: where nothing jumps among these, nothing does.
    if all(after <= before + 1 for before, after in pairwise(_levels(text))) and not _UNDERLINE.search(text):
        return
    for before, after in pairwise(page.body.sections):
        if after.level > before.level + 1:
            yield Hit(
                f"the heading {after.heading!r} is of level {after.level}, the one before it of level {before.level}",
                f"make it {'#' * (before.level + 1)}",
                page.file_line(after.line),
                subject=after.anchor,
            )


def _levels(text: str) -> Iterator[int]:
    """Those of all that may be a heading, asked of the lines that hold a mark alone."""
    at = text.find("#")
    while at >= 0:
        if found := _MARKS.match(text, text.rfind("\n", 0, at) + 1):
            yield len(found[1])
        end = text.find("\n", at)
        at = text.find("#", end) if end >= 0 else -1


RULE = Rule(check, WARNING, (TEXT,))
