"""Two articles have one id.

## Why it matters

An id names one article. Links, searches and records of use go to the first of the two by path, and the other is not found.

## Example

An article that was begun as a copy of another one's file.

## How to mend

Give the newer one an id of its own; `kcs new --from ARTICLE` copies without the id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, OTHERS, Rule, Values
from kcs.kb.base import KnowledgeBase


def places(kb: KnowledgeBase) -> dict[str, list[str]]:
    """Id -> the paths of the articles that have it."""
    found: dict[str, list[str]] = defaultdict(list)
    for article in kb.articles:
        if article.id:
            found[article.id].append(article.path)
    return found


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Who else has its id."""
    own = page.article.id
    others = [path for path in page.shared(places).get(own, ()) if path != page.path]
    if others:
        more = f" and {len(others) - 1} more" if others[1:] else ""
        yield Hit(
            f"the id {own} stands in {others[0]}{more} as well",
            "give the newer one its own",
            page.line_of(page.key_of("id")),
        )


RULE = Rule(check, ERROR, (FRONT_MATTER, OTHERS), archived=True)
