"""The article wants to be checked less often than its policy says.

## Why it matters

An article's own `verify_every` wins. If a policy asks for 30 days because the law changes, `verify_every: 1 year` in one
article undoes it, unknown to those who wrote the policy.

## Example

    # the policy says verify_every = "30d"
    verify_every: 1 year

## How to mend

Remove `verify_every` from the article; or, if it is meant, write a policy for such articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kcs.article.days import Interval, parse_interval
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, PATH, Rule, Values
from kcs.kb.base import KnowledgeBase
from kcs.kb.settings.policy import Policies

_A_DAY = date(2025, 1, 1)


def policies(kb: KnowledgeBase) -> Policies:
    """What kcs.toml asks."""
    return Policies(kb.config, kb.team)


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether its own interval ends later than the one that would hold without it."""
    article = page.article
    if article.settings.interval_from != "article":
        return
    asked = page.shared(policies).settings(page.path, article.own._replace(verify_every=None))
    own, limit = article.settings.terms.interval, asked.terms.interval
    if asked.interval_from != "policy" or limit is None or (own and own.after(_A_DAY) <= limit.after(_A_DAY)):
        return
    if own == Interval() or (own is not None and parse_interval(article.settings.verify_every) is None):
        return  # what cannot be read is due at once
    yield Hit(
        f"verify_every is {article.settings.verify_every}, longer than the policy's {asked.verify_every}",
        "take verify_every out of the article, or write a policy for it",
        page.line_of(page.key_of("verify_every")),
        subject="verify_every",
    )


RULE = Rule(check, WARNING, (FRONT_MATTER, PATH))
