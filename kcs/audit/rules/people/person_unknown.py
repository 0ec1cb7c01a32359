"""The owner or a verifier is nobody in team.toml.

## Why it matters

A name that stands for nobody opens no gate: if it is the only one, nobody may verify the article.

## Example

    owner: emial-team

## How to mend

Write the id as team.toml has it, or add the person or the team there.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import WARNING, Hit
from kcs.audit.misspelt import near
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, TEAM, Rule, Values
from kcs.kb.fields import UNREADABLE_OWNER


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each name that is no person and no team."""
    team, article = page.kb.team, page.article
    if not team.present:
        return
    known = {*team.people, *team.teams, *team.members}
    for name in dict.fromkeys((article.owner, *article.own.verifiers)):
        if name and name != UNREADABLE_OWNER and name not in known:
            what, key = ("owner", "owner") if name == article.owner else ("a verifier", "verifiers")
            meant = near(name, known)
            yield Hit(
                f"{what} is {name!r}, who is nobody in team.toml",
                f"did you mean {meant}?" if meant else f"add [people.{name}] there, or name another",
                page.line_of(page.key_of(key)),
                subject=name,
            )


RULE = Rule(check, WARNING, (FRONT_MATTER, TEAM))
