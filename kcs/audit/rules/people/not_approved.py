"""An article under compliance governance is not approved as it stands.

## Why it matters

What binds by law or contract is read and approved, word for word, by somebody who may publish it, before anybody relies on it.
An approval of another text does not count.

## Example

    governance: compliance
    approved:
      - {by: "human:lea", at: 2026-04-02T10:00:00Z, content: "kcs1:..."}   # of what it said in April

## How to mend

A publisher runs `kcs approve ARTICLE -m WHY`, which shows what changed since. Publishers are named by `publishers` in a policy
of kcs.toml.
"""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from kcs.article.states import VALIDATED
from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, OTHERS, TEAM, TEXT, TODAY, Rule, Values
from kcs.kb.approvals import approvals


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether a listed publisher approved exactly today's content."""
    article = page.article
    if article.settings.governance != "compliance" or article.confidence != VALIDATED:
        return
    publishers = page.kb.team.expand(article.settings.publishers)
    here = sorted(one for one in publishers if article.settings.terms.here(one, page.kb.today))
    mend = f"{', '.join(here)}: kcs approve {quote(article.name)} -m WHY"
    if not here:
        mend = f"all who may publish it have left ({', '.join(sorted(publishers))}): name others in kcs.toml"
    line = page.line_of("approved" if "approved" in page.meta else page.key_of("governance"))
    if not publishers:
        yield Hit(
            "it needs approval, and kcs.toml lists nobody who may publish it",
            'publishers = ["..."] in a policy that matches it',
            line,
        )
        return
    found = approvals(page.kb, article)
    if any(one.counts for one in found):
        return
    if any(one.listed for one in found):
        what = "approved for what it said before"
    elif found:
        what = f"approved by {', '.join(one.by or '?' for one in found)}, who may not publish it"
    else:
        what = "nobody approved it"
    yield Hit(f"under compliance, and {what}", mend, line)


RULE = Rule(check, ERROR, (FRONT_MATTER, TEXT, TEAM, OTHERS, TODAY), ignorable=False)
