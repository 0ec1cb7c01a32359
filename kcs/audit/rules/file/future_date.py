"""A day that must be in the past is in the future.

## Why it matters

A verification dated ahead keeps an article fresh that nobody has looked at yet, and no article was created next year.

## Example

    created: 2031-01-01

## How to mend

Write the day on which it happened; `kcs verify` writes its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, TODAY, Rule, Values
from kcs.audit.rules.file.dates import dates


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each that lies ahead. Tomorrow is let pass: somewhere it is tomorrow already."""
    for one in dates(page):
        if one.past and one.day is not None and one.day > page.kb.today + timedelta(days=1):
            yield Hit(
                f"`{one.name}` is {one.day}, which is yet to come",
                "write the day on which it happened",
                page.line_of(one.key),
                subject=one.name,
            )


RULE = Rule(check, ERROR, (FRONT_MATTER, TODAY), archived=True)
