"""The id is not one that kcs would make.

## Why it matters

Ids are typed, read out on the phone and written in tickets: eight characters without lookalikes. Anything else works, but
another base or branch may come up with the same one.

## Example

    id: 42

## How to mend

Leave it where other systems know it, and set this rule to `off`; else write an id as `kcs new` makes it: changing an id that is
in use needs a line in moves.tsv, so that verifications stay.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.ids import is_id
from kcs.audit.finding import INFO, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Rule, Values


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether it is one of ours; a base that maps its own ids keeps them."""
    found = page.article.id
    if found and "id" not in page.kb.config.fields and not is_id(found):
        yield Hit(
            f"the id {found!r} is none that kcs would make",
            "kb- and eight characters, without i, l, o and u",
            page.line_of("id"),
        )


RULE = Rule(check, INFO, (FRONT_MATTER,))
