"""Nobody owns the article.

## Why it matters

What belongs to everybody is looked after by nobody. The owner answers for it, and may verify it where no verifiers are named.

## Example

An article without `owner` and `verifiers`, which no area of team.toml with an owner is about.

## How to mend

`kcs assign ARTICLE --owner email-team`, or give the area an owner: `[areas.imap]` in team.toml. A base without team.toml names
nobody, and is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, PATH, TEAM, Rule, Values
from kcs.audit.rules.people import areas, assign


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether neither it nor its area names anybody."""
    article, kb = page.article, page.kb
    if not kb.team.present or page.bare or article.owner or article.own.verifiers:
        return
    area = page.shared(areas)(article)
    if area is not None and (area.owner or area.deputy):
        return
    what, mend = "nobody owns it", f"{assign(article)} --owner ..."
    if area is not None:
        what += f", and its area {area.id} has no owner either"
        mend = f"give [areas.{area.id}] an owner in team.toml, or {mend}"
    yield Hit(what, mend, page.line_of(page.key_of("owner")))


RULE = Rule(check, WARNING, (FRONT_MATTER, PATH, TEAM))
