"""The article's id is not what it was.

## Why it matters

An id never changes: tickets, links, and the stamps of articles that link here rely on it.

## Example

A commit that replaces `id: kb-7f3q9xk2` by `id: kb-0000main`.

## How to mend

Put the old id back; the message names it. If it must change, moves.tsv has to map the new id to the old key. A run of a change
compares with the commit it is judged against, any other run with HEAD. If the article that had the old id was moved, and another
one took its place, nothing was changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.past import before, was_there
from kcs.audit.rule import FRONT_MATTER, HISTORY, Rule, Values
from kcs.audit.rules.file.id_duplicate import places
from kcs.kb.articles import Article


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether the version before had another one."""
    old = before(page)
    if old is None or not old.id or old.id == page.article.id:
        return
    if page.kb.key(page.article) == page.kb.key(old):
        return  # moves.tsv says so
    if _goes_on(page, old):
        return
    now = f"{page.article.id!r} now" if page.article.id else "gone"
    yield Hit(
        f"its id was {old.id!r} and is {now}",
        f"put it back: {page.key_of('id')}: {old.id}",
        page.line_of(page.key_of("id")),
    )


def _goes_on(page: Page, old: Article) -> bool:
    """Whether the article that was here is elsewhere now: at a new place, or as it was at one where another one was."""
    kb = page.kb
    for path in page.shared(places).get(old.id, ()):
        same = kb.by_path[path].record.skeleton == old.record.skeleton is not None
        if path != page.path and (same or not was_there(page, path)):
            return True
    return False


RULE = Rule(check, ERROR, (FRONT_MATTER, HISTORY), archived=True)
