"""A date is invalid, or can be read in two ways.

## Why it matters

What cannot be read is not a date: an article whose only verification is `2020-05-128` was never verified, and a `stale_after`
that names no day has passed.

## Example

    created: 2026-02-30
    verified:
      - {by: "human:jd", at: 03/04/2026}

## How to mend

Write it as `2026-01-31`. `03/04/2026` is the third of April to some and the fourth of March to others.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Rule, Values
from kcs.audit.rules.file.dates import dates


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each that cannot be read."""
    for one in dates(page):
        if one.day is None:
            yield Hit(
                f"`{one.name}` is {one.text[:40]!r}, which is not a date that can be read",
                "write it as 2026-01-31",
                page.line_of(one.key),
                subject=one.name,
            )


RULE = Rule(check, ERROR, (FRONT_MATTER,), archived=True)
