"""The article's id is not what it was.

## Why it matters

An id never changes: tickets, links, and the stamps of articles that link here rely on it.

## Example

A commit that replaces `id: kb-7f3q9xk2` by `id: kb-0000main`.

## How to mend

Put the old id back; the message names it. If it must change, moves.tsv has to map the new id to the old key. A run of a change
compares with the commit it is judged against, any other run with HEAD.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.past import before
from kcs.audit.rule import FRONT_MATTER, HISTORY, Rule, Values


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether the version before had another one."""
    old = before(page)
    if old is None or not old.id or old.id == page.article.id:
        return
    if page.kb.key(page.article) == page.kb.key(old):
        return  # moves.tsv says so
    now = f"{page.article.id!r} now" if page.article.id else "gone"
    yield Hit(
        f"its id was {old.id!r} and is {now}", f"put it back: id: {old.id}", page.line_of(page.key_of("id"))
    )


RULE = Rule(check, ERROR, (FRONT_MATTER, HISTORY), archived=True)
