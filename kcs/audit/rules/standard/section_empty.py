"""A section that articles of this type must have is there, but empty.

## Why it matters

The heading promises an answer: a reader who scrolls to it has lost a minute.

## Example

    ## Resolution

    <!-- What to do, step by step. -->

## How to mend

Write what belongs there. Comments, "TODO" and "n/a" count as nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FILES, FRONT_MATTER, TEXT, Rule, Values
from kcs.audit.rules.standard import called, line_of_section, sections, wanted


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each section that says nothing."""
    asked = wanted(page)
    there = sections(page) if asked else {}
    for key in asked:
        if there.get(key) is False:
            words = f"the section {called(page, key)} is empty"
            yield Hit(words, "write what belongs there", line_of_section(page, key), subject=key)


RULE = Rule(check, WARNING, (FRONT_MATTER, TEXT, FILES))
