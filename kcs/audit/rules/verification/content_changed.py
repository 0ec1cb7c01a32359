"""The title or the text was changed after it was verified.

## Why it matters

A verification vouches for exactly what was read. Whoever changed the article since may be right, but nobody entitled to say so
has looked.

## Example

JD verifies an article, a week later somebody adds a step.

## How to mend

A verifier runs `kcs verify ARTICLE`, which shows what changed; for a minor change `kcs verify --minor -m WHY`. Anybody else
runs `kcs flag ARTICLE --reason changed -m WHY`: the article goes to the top of its verifiers' queue, and the change that adds
the flag passes. Nightly runs keep reporting it until somebody has looked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from kcs.article.trust import CONTENT_CHANGED
from kcs.audit.changes import Changed, by_links_alone, since_verified
from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import HISTORY, VERDICT, Rule, Values
from kcs.audit.rules.verification import DEBT, expected, flagged_change, verify


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether people vouch for another text, and what changed since."""
    verdict = page.verdict
    if CONTENT_CHANGED not in verdict.reasons or not expected(page) or flagged_change(page):
        return
    since = f" on {verdict.verified_at}" if verdict.verified_at else ""
    yield Hit(
        f"changed after it was verified{since}{_what(page)}",
        verify(page) + " shows what changed",
        page.line_of(page.dated_key),
    )


def _what(page: Page) -> str:
    if (before := page.scene.before) and by_links_alone(page.article, before):
        return ": not its text, but what one of its links or pictures names"
    changed = page.shared(since_verified).get(page.path)
    return f": {_told(page, changed)}" if changed else ""


def _told(page: Page, changed: Changed) -> str:
    if changed.newest is None:
        return "a change that is in no commit yet"
    one = changed.newest
    day = datetime.fromtimestamp(one.author_time, UTC).astimezone(page.kb.config.timezone).date()
    more = f", and {changed.number - 1} more" if changed.number > 1 else ""
    return f"by {one.author_name} on {day} ({one.commit[:8]} {one.subject[:60]!r}){more}"


RULE = Rule(check, ERROR, (VERDICT, HISTORY), ignorable=False, debt=DEBT)
