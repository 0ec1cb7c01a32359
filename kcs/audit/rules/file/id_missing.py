"""The article has no id.

## Why it matters

Without one it is known by its path: once moved, it is a new article to everybody who noted its name, and no link can lead to it
by id.

## Example

    ---
    type: Solution
    title: Reset a password
    ---

## How to mend

Add `id: kb-` and eight characters, as `kcs new` does. A base with its own field names (`[fields]`), or one that links by
permalink, needs none.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Rule, Values


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether it has one, where articles have some."""
    config = page.kb.config
    native = (not config.fields or "id" in config.fields) and config.link_by == "path"
    if native and not page.article.id and not page.bare:
        yield Hit(
            "it has no id, and is known by its path alone", f"add one: {page.key_of('id')}: kb-xxxxxxxx", 1
        )


RULE = Rule(check, WARNING, (FRONT_MATTER,))
