"""An article is work-in-progress, and has a resolution.

## Why it matters

Work-in-progress is kept from requestors, and nobody trusts it. The resolution could help the next one today.

## Example

    confidence: work-in-progress
    ...
    ## Resolution

    Restart the spooler.

## How to mend

`kcs state ARTICLE not-validated`. If the resolution is a guess, say so in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.states import WORK_IN_PROGRESS
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, TEXT, Rule, Values
from kcs.audit.rules.standard import called, line_of_section, sections


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether what ends the matter is there."""
    if page.article.confidence != WORK_IN_PROGRESS:
        return
    from kcs.article.sections import ANSWERS

    there = sections(page)
    key = next((key for key in ANSWERS if there.get(key)), None)
    if key is not None:
        from shlex import quote

        yield Hit(
            f"work-in-progress, and it has a section {called(page, key)}",
            f"kcs state {quote(page.article.name)} not-validated",
            line_of_section(page, key),
        )


RULE = Rule(check, WARNING, (FRONT_MATTER, TEXT))
