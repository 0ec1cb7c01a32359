"""Articles supersede each other in a circle: following `superseded_by` leads back to the start.

## Why it matters

An archived article sends its reader on. In a circle nobody ever arrives.

## Example

`superseded_by: kb-b` in kb-a, and `superseded_by: kb-a` in kb-b.

## How to mend

Decide which article is the one to read, and remove its `superseded_by`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, OTHERS, Rule, Values
from kcs.kb.base import KnowledgeBase
from kcs.kb.translated import by_any_name, named

KEY = "superseded_by"


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether the way from here leads back."""
    if KEY not in page.meta:
        return
    after = page.shared(_successors)
    chain, path = [page.article.name], after.get(page.path)
    while path is not None and len(chain) <= len(after):
        chain.append(page.kb.by_path[path].name)
        if path == page.path:
            words = f"it is superseded in a circle: {' by '.join(chain)}"
            yield Hit(words, "take superseded_by out of the one to read", page.line_of(KEY), subject=KEY)
            return
        path = after.get(path)


def _successors(kb: KnowledgeBase) -> dict[str, str]:
    """Path -> path of what supersedes it."""
    known = by_any_name(kb)
    found = ((one.path, named(one.record.meta.get(KEY))) for one in kb.articles)
    return {path: to for path, name in found if (to := known.get(name) or known.get(name.strip("/")))}


RULE = Rule(check, ERROR, (FRONT_MATTER, OTHERS), archived=True)
