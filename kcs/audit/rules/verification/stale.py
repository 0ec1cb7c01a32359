"""The due day of a verification has come: nobody has looked since.

## Why it matters

Products move on. After the interval that the team chose, what was once right is a guess.

## Example

An article that was verified on 2 January, with `verify_every: 90d`, is stale from 2 April.

## How to mend

`kcs verify ARTICLE` shows it and vouches for what it says today. If it needs checking less often, set `verify_every`. Articles
that an adopted base brought with old dates, and that wait for their first due day, are not reported (`[adopt]`). A run that
judges a change reports only articles that the change touches: the passing of time turns no pull request red; and none with an
open flag that takes trust away (`kcs flag`): whoever may not verify hands a change in with one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kcs.article.trust import STALE
from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import TODAY, VERDICT, Rule, Values
from kcs.audit.rules.verification import DEBT, expected, flagged_change, verify


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether the due day has come."""
    verdict = page.verdict
    if STALE not in verdict.reasons or not expected(page) or flagged_change(page):
        return
    due, since = verdict.due, verdict.verified_at
    if due is None or due == date.min:
        message = "its stale_after names no day that can be read, so it counts as passed"
    else:
        days = (page.kb.today - due).days
        message = f"verified on {since}, due {due}" + (f", {days:,} days ago" if days > 1 else "")
    yield Hit(message, verify(page), page.line_of(page.dated_key))


RULE = Rule(check, ERROR, (VERDICT, TODAY), by_time=True, ignorable=False, debt=DEBT)
