"""It says that it is validated, but nobody ever verified it.

## Why it matters

`validated` promises that the article is complete and right. Without a name and a day behind it, this is only the file's claim
about itself.

## Example

    confidence: validated
    # and no `verified`

## How to mend

Somebody who may runs `kcs verify ARTICLE`; or `kcs state ARTICLE not-validated` takes the promise back. A run that judges a change
lets an article pass that has an open flag (`kcs flag ARTICLE --reason changed -m WHY`); nightly runs keep reporting it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.trust import NEVER_VERIFIED
from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import VERDICT, Rule, Values
from kcs.audit.rules.verification import DEBT, expected, flagged_change, verify, who_may


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether there is no verification that can be dated."""
    if NEVER_VERIFIED in page.verdict.reasons and expected(page) and not flagged_change(page):
        from shlex import quote

        mend = f"{verify(page)} ({who_may(page)} may), or kcs state {quote(page.article.name)} not-validated"
        yield Hit("validated, and nobody ever verified it", mend, page.line_of(page.key_of("confidence")))


RULE = Rule(check, ERROR, (VERDICT,), ignorable=False, debt=DEBT)
