"""Fewer people vouch for the article than its policy requires.

## Why it matters

Where two people must check, one is only half: the policy is there for what is expensive to get wrong.

## Example

`quorum = 2` for articles about payments, and one stamp.

## How to mend

One more person runs `kcs verify ARTICLE`. A run that judges a change lets an article pass that has an open flag which takes trust away.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.trust import QUORUM_MISSING
from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import VERDICT, Rule, Values
from kcs.audit.rules.verification import DEBT, expected, flagged_change, these_may, verify


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether some vouch for it, and too few."""
    verdict = page.verdict
    if QUORUM_MISSING in verdict.reasons and expected(page) and not flagged_change(page):
        asked, given = page.article.settings.terms.quorum, len(verdict.counting)
        by = f" ({', '.join(verdict.counting)})" if verdict.counting else ""
        yield Hit(
            f"{given} of {asked} needed verifications count{by}",
            f"{asked - given} more must run {verify(page)}; these may: {these_may(page)}",
            page.line_of(page.dated_key),
        )


RULE = Rule(check, ERROR, (VERDICT,), ignorable=False, debt=DEBT)
