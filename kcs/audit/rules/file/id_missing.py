"""The article has no id.

## Why it matters

Without one it is known by its path: a move is a new article to everybody who keeps its name, and a link by id cannot lead
to it.

## Example

    ---
    type: Solution
    title: Reset a password
    ---

## How to mend

Add `id: kb-` and eight characters, as `kcs new` does. A base that has field names of its own (`[fields]`) or links by
permalink needs none.
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
        yield Hit("it has no id, and is known by its path alone", "add one: id: kb-xxxxxxxx", 1)


RULE = Rule(check, WARNING, (FRONT_MATTER,))
