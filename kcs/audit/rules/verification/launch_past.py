"""The launch day has come, and the article is still a draft.

## Why it matters

A feature breakdown is what support knows on the first day. After the launch requestors ask, and what it says is unfinished or
wrong.

## Example

    type: Feature breakdown
    launch: 2026-11-15
    confidence: not-validated

## How to mend

Finish it and run `kcs verify ARTICLE --validate`; if the launch was moved, write the new day.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.days import parse_day
from kcs.article.states import NOT_VALIDATED, WORK_IN_PROGRESS
from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, TODAY, Rule, Values
from kcs.audit.rules.verification import verify


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether a launch that has come finds it unfinished."""
    said = page.meta.get("launch")
    config = page.kb.config
    day = parse_day(said, config.timezone, config.date_order) if isinstance(said, str) else None
    if day and day <= page.kb.today and page.article.confidence in (WORK_IN_PROGRESS, NOT_VALIDATED):
        yield Hit(
            f"launched on {day}, and it is {page.article.confidence}",
            f"finish it, then {verify(page)} --validate; or write the new day",
            page.line_of("launch"),
        )


RULE = Rule(check, ERROR, (FRONT_MATTER, TODAY), by_time=True)
