"""The owner has left.

## Why it matters

Questions about the article reach nobody, and it falls due for somebody who is not there.

## Example

    owner: jd        # and team.toml says left = 2026-05-01

The same for an article that names nobody, where its area of team.toml does, and neither owner nor deputy is here.

## How to mend

`kcs assign --owned-by jd --owner kp` gives all of them to somebody else at once; a team as owner outlasts its members. An area
gets its owner in team.toml; `kcs areas` shows all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, PATH, TEAM, TODAY, Rule, Values
from kcs.audit.rules.people import areas, assign

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether nobody of those who own it, or else answer for its area, is here today."""
    article, kb = page.article, page.kb
    if article.owner:
        if gone := _gone(kb, article.owner):
            yield Hit(
                f"its owner is gone: {gone}",
                f"{assign(article)} --owner ...",
                page.line_of(page.key_of("owner")),
            )
        return
    area = None if article.own.verifiers or page.bare else page.shared(areas)(article)
    answering = [name for name in (area.owner, area.deputy) if name] if area else []
    told = [_gone(kb, name) for name in answering]
    if area and told and all(told):
        yield Hit(
            f"nobody of its area {area.id} is here: {', '.join(told)}",
            f"give [areas.{area.id}] an owner in team.toml, or {assign(article)} --owner ...",
            page.line_of(page.key_of("owner")),
            subject=f"area {area.id}",
        )


def _gone(kb: KnowledgeBase, owner: str) -> str:
    """Who left, in words, where nobody of them is here any more; empty else."""
    team = kb.team
    people = [team.people[one] for one in team.expand((owner,)) if one in team.people]
    days = [one.left for one in people if one.left is not None and one.left <= kb.today]
    if not people or len(days) < len(people):
        return ""
    return f"{owner} left on {max(days)}" if owner in team.people else f"everybody of {owner} has left"


RULE = Rule(check, WARNING, (FRONT_MATTER, PATH, TEAM, TODAY), by_time=True)
