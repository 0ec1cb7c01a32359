"""An article for this audience holds an internal block, which the team does not allow.

## Why it matters

Internal blocks are cut out when articles are published. Where they are not, or nobody wants to rely on it, nothing internal may
be in the file at all.

## Example

    [rules.KCS305]
    audiences = ["external"]

and, in an article for external, `<!-- internal -->`.

## How to mend

Move it to the article's internal counterpart (`kcs new --from ARTICLE --audience internal`). Without `audiences` in kcs.toml the
rule finds nothing; `paths` narrows it to folders.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, PATH, TEXT, Parameter, Rule, Values
from kcs.audit.rules.safety import Places


def check(page: Page, values: Values) -> Iterator[Hit]:
    """Each internal block where none may be."""
    audience = page.article.settings.audience
    if audience not in values["audiences"]:
        return
    from kcs.article.internal import internal_blocks

    places = Places(page)
    for number, (start, _) in enumerate(internal_blocks(page.text), 1):
        line, column = places.of(start)
        words = f"an internal block in an article for {audience}"
        yield Hit(words, "move it to an internal counterpart", line, column, f"block {number}")


RULE = Rule(
    check,
    ERROR,
    (FRONT_MATTER, PATH, TEXT),
    archived=True,
    parameters=(
        Parameter("audiences", "audiences", (), "Audiences whose articles may hold no internal block."),
    ),
)
