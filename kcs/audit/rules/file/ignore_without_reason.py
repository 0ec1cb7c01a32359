"""A comment to silence a rule gives no reason, or names no rule.

## Why it matters

The next person must be able to tell whether the reason still holds. Without one the comment silences nothing.

## Example

    <!-- kcs: ignore KCS405 -->

## How to mend

Say why: `<!-- kcs: ignore KCS405 the product is called so -->`. On a line of its own it holds for the whole article; after
other words, for that line. Several rules: `KCS405, KCS407`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import TEXT, Rule, Values


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each comment that silences nothing."""
    from kcs.audit.rules import known

    for one in page.ignores:
        unknown = [code for code in one.codes if code not in known()]
        if not one.codes or unknown:
            what = f"{', '.join(unknown)} is no rule" if unknown else "it names no rule"
            yield Hit(
                f"a comment to ignore a rule: {what}",
                "<!-- kcs: ignore KCS405 reason -->; kcs rules lists them",
                one.line,
                subject=",".join(unknown),
            )
        elif not one.reason:
            codes = ", ".join(one.codes)
            yield Hit(
                f"a comment to ignore {codes} gives no reason, and silences nothing",
                f"say why: <!-- kcs: ignore {codes} reason -->",
                one.line,
                subject=codes,
            )


RULE = Rule(check, WARNING, (TEXT,), archived=True, ignorable=False)
