"""A section that articles of this type must have is missing.

## Why it matters

Readers who want the resolution look for its heading; and a Solution without one only tells the problem again.

## Example

An article of type Solution, not-validated, without a heading Resolution (or Solution, วิธีแก้ไข, Cách khắc phục, الحل).

## How to mend

Add the heading with what belongs under it. The type's template says which sections there must be (`kcs new --list`); headings
count in English, Thai, Vietnamese and Arabic. While an article is not-validated only the section that ends the matter is
required; while it is work-in-progress, nothing. A missing environment is a rule of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.states import VALIDATED
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FILES, FRONT_MATTER, TEXT, Rule, Values
from kcs.audit.rules.standard import called, sections, wanted


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each section that is not there."""
    asked = wanted(page)
    there = sections(page) if asked else {}
    for key in asked:
        if key in there or (key == "environment" and page.article.confidence == VALIDATED):
            continue
        name = called(page, key)
        yield Hit(f"it has no section {name}", f"add ## {name}", 1, subject=key)


RULE = Rule(check, WARNING, (FRONT_MATTER, TEXT, FILES))
