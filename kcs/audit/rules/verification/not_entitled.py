"""It was verified by somebody who may not, or by a machine alone.

## Why it matters

Verifiers are those who know. Somebody else's stamp is kept and shown, but does not count; a machine's never makes an
article human-reviewed.

## Example

`verifiers: [kp]`, and the only stamp is JD's; or JD had left when it was given.

## How to mend

One of its verifiers runs `kcs verify ARTICLE`; or, if JD should be one, `kcs assign ARTICLE --add-verifier jd`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.trust import MACHINE_ONLY, NOT_ENTITLED
from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import TEAM, VERDICT, Rule, Values
from kcs.audit.rules.verification import expected, these_may, verify


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether what keeps it from being trusted is who verified it."""
    reasons = page.verdict.reasons
    if not expected(page) or not {NOT_ENTITLED, MACHINE_ONLY}.intersection(reasons):
        return
    if MACHINE_ONLY in reasons:
        message = "only a machine verified it"
    else:
        people = sorted({stamp.person for stamp in page.article.stamps if stamp.person})
        by = ", ".join(people) or "somebody"
        message = f"verified by {by}, who may not verify it, or had left by then"
    yield Hit(message, f"one of these runs {verify(page)}: {these_may(page)}", page.line_of(page.dated_key))


RULE = Rule(check, ERROR, (VERDICT, TEAM), ignorable=False)
