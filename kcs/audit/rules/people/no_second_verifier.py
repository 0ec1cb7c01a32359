"""Only one person may verify the article, or nobody.

## Why it matters

It falls due while that person is on holiday, and is orphaned when they leave. What only Ted knows, nobody else can check.

## Example

    verifiers: [ted]

## How to mend

`kcs assign ARTICLE --add-verifier kp`, or make a team the owner.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.states import VALIDATED
from kcs.audit.finding import INFO, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, PATH, TEAM, TODAY, Rule, Values
from kcs.audit.rules.people import assign


def check(page: Page, _: Values) -> Iterator[Hit]:
    """How many may verify what is validated."""
    article = page.article
    names = article.settings.terms.verifiers(page.kb.today)
    if names is None or article.confidence != VALIDATED or not page.kb.team.present:
        return
    names = [name for name in names if name in page.kb.team.people]
    if len(names) < 2:
        what = f"only {names[0]} may verify it" if names else "nobody may verify it"
        key = page.key_of("verifiers" if article.own.verifiers else "owner")
        yield Hit(what, f"{assign(article)} --add-verifier ...", page.line_of(key))


RULE = Rule(check, INFO, (FRONT_MATTER, PATH, TEAM, TODAY), by_time=True)
