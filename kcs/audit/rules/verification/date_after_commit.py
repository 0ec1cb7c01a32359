"""A verification is dated later than the commit that brought it in.

## Why it matters

It claims a check that had not happened when it was written down, and keeps the article fresh for longer than its interval.

## Example

`audit_date: 2026-12-24`, in a commit of 20 November.

## How to mend

`kcs verify ARTICLE` writes the day of the check.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, HISTORY, Rule, Values
from kcs.audit.rules.verification import verify
from kcs.kb.articles import MAPPED_DATE
from kcs.kb.past.references import KNOWN


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether the mapped date, which nothing else vouches for, is later. A day is let pass: clocks differ."""
    article, kb = page.article, page.kb
    value = article.claims.get(MAPPED_DATE, "?")
    if value.startswith("?") or any(stamp.content for stamp in article.stamps):
        return
    origin = kb.judge.origin(article, MAPPED_DATE)
    if origin.status != KNOWN:
        return
    day = date.fromisoformat(value)
    made = datetime.fromtimestamp(origin.at, UTC).astimezone(kb.config.timezone).date()
    if day > made + timedelta(days=1):
        key = kb.config.fields[MAPPED_DATE]
        yield Hit(f"`{key}` is {day}, and was committed on {made}", verify(page), page.line_of(key))


RULE = Rule(check, WARNING, (FRONT_MATTER, HISTORY))
