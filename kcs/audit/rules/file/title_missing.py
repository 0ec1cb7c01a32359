"""The article has no title, or two.

The title is the front matter's, else the first heading of the first level in the text.

## Why it matters

Lists and search results show the title, and it is part of what a verification vouches for. Of two in the front matter, under `title` and the key that
`[fields]` names, or in small and capital letters, a site may show the one that nobody verified.

## Example

    ---
    type: Solution
    ---

## How to mend

Add `title:` with the words in which a requestor would ask, or begin the text with a heading that says them.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, TEXT, Rule, Values


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether it has one that is text, and no other."""
    key = page.key_of("title")
    unread = page.meta.get(key) and not page.article.own_title.strip()
    if unread or not (page.article.title.strip() or page.bare):
        what = "its title is no text" if unread else "it has no title"
        yield Hit(what, "add the requestor's words: title: ...", page.line_of(key))
    config = page.kb.config
    names = {config.fields.get("title", "title").lower()} | (set() if config.apart("title") else {"title"})
    titles = {key: value for key, value in page.meta.items() if key.lower() in names}
    if len({str(value).strip() for value in titles.values()}) > 1:
        keys = [*titles]
        words = f"it has two titles, in {keys[0]} and in {keys[1]}, which differ"
        yield Hit(words, "leave the one that readers see", page.line_of(keys[1]), subject=keys[1])


RULE = Rule(check, ERROR, (FRONT_MATTER, TEXT))
