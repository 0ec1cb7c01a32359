"""A link leads to an article that is archived.

## Why it matters

An archived article is kept for old links, not for new readers: what it says may no longer be true.

## Example

    See [the old client](vpn-client-3.md), where vpn-client-3.md says `confidence: archived`.

## How to mend

Link to what takes its place. `kcs archive OLD --superseded-by NEW --relink` does that for all links at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.states import ARCHIVED
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import OTHERS, TEXT, Rule, Values
from kcs.audit.rules.links import found
from kcs.kb.articles import Article


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each link to what has no value any more."""

    def wanted(spelt: str, _: bool) -> bool:
        return _archived(page, spelt) is not None

    for one in found(page, wanted):
        target = _archived(page, one.link.destination)
        if target is not None:
            successor = target.record.meta.get("superseded_by")
            told = (
                f"link to {successor}, which takes its place"
                if isinstance(successor, str)
                else "link to another one"
            )
            words = f"{target.name} is archived"
            yield Hit(words, told, one.line, one.column, one.link.destination)


def _archived(page: Page, spelt: str) -> Article | None:
    if not spelt or spelt[0] == "#":
        return None
    target = page.reaches(spelt)
    article = page.kb.by_path.get(target.path) if target else None
    return (
        article
        if article is not None and article.confidence == ARCHIVED and article is not page.article
        else None
    )


RULE = Rule(check, WARNING, (TEXT, OTHERS))
