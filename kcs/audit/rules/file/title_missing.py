"""The article has no title.

## Why it matters

Lists and search results show the title, and it is part of what a verification vouches for.

## Example

    ---
    type: Solution
    ---

## How to mend

Add `title:` with the words in which a requestor would ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Rule, Values


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether it has one that is text."""
    if not page.article.title.strip() and not page.bare:
        key = page.key_of("title")
        what = "its title is no text" if page.meta.get(key) else "it has no title"
        yield Hit(what, "add the requestor's words: title: ...", page.line_of(key))


RULE = Rule(check, ERROR, (FRONT_MATTER,))
