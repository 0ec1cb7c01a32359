"""The title says nothing.

## Why it matters

Nobody finds an article called "Problem", and nobody picks it from a list of results.

## Example

    title: Question

## How to mend

Use the words in which a requestor would ask: what happens, and with what.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.titles import says_nothing
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Rule, Values


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether it is a word out of a form."""
    article = page.article
    if article.title.strip() and says_nothing(article.title, article.type):
        yield Hit(
            f"the title {article.title!r} says nothing",
            "use the requestor's words",
            page.title_line,
        )


RULE = Rule(check, WARNING, (FRONT_MATTER,))
