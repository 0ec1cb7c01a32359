"""The owner has left.

## Why it matters

Whoever asks about the article is sent to nobody, and it falls due for somebody who is not there.

## Example

    owner: jd        # and team.toml says left = 2026-05-01

## How to mend

`kcs assign --owned-by jd --owner kp` gives all of them to somebody else at once; a team as owner outlives its members.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, TEAM, TODAY, Rule, Values
from kcs.audit.rules.people import assign


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether nobody of those who own it is here today."""
    team, owner = page.kb.team, page.article.owner
    people = [team.people[one] for one in team.expand((owner,)) if one in team.people] if owner else []
    if people and all(one.left is not None and one.left <= page.kb.today for one in people):
        last = max(one.left for one in people if one.left is not None)
        what = f"{owner} left on {last}" if owner in team.people else f"everybody of {owner} has left"
        yield Hit(
            f"its owner is gone: {what}",
            f"{assign(page.article)} --owner ...",
            page.line_of(page.key_of("owner")),
        )


RULE = Rule(check, WARNING, (FRONT_MATTER, TEAM, TODAY), by_time=True)
