"""The due day of a trusted article is near.

## Why it matters

A check in time takes a minute and keeps the article trusted; after the due day, people who need it find it untrusted.

## Example

An article due on 6 December, on 1 December.

## How to mend

`kcs verify ARTICLE`. How many days ahead this rule looks: `[rules.KCS104]` with `days = 30`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import INFO, Hit
from kcs.audit.page import Page
from kcs.audit.rule import TODAY, VERDICT, Parameter, Rule, Values
from kcs.audit.rules.verification import verify, who_may


def check(page: Page, values: Values) -> Iterator[Hit]:
    """Whether it falls due within so many days."""
    due = page.verdict.due
    if not page.verdict.trusted or due is None:
        return
    left = (due - page.kb.today).days
    if left <= values["days"]:
        when = "tomorrow" if left == 1 else f"in {left} days"
        yield Hit(f"due {due}, {when}", f"{verify(page)} ({who_may(page)} may)", page.line_of(page.dated_key))


RULE = Rule(
    check,
    INFO,
    (VERDICT, TODAY),
    parameters=(Parameter("days", "integer", 14, "How many days ahead it looks."),),
    by_time=True,
    ignorable=False,
)
