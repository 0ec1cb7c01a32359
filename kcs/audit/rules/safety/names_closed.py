"""An article names the id of one that its readers may not read.

## Why it matters

"See kb-1n7e2n4a" tells a customer that there is more, and that it is kept from them.

## Example

An article for the audience external: "Colleagues look into kb-1n7e2n4a", which is for internal.

## How to mend

Remove it, or put it between `<!-- internal -->` and `<!-- /internal -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.article.ids import ALPHABET, LENGTH
from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, OTHERS, TEXT, Rule, Values
from kcs.audit.rules.safety import Hidden, Places, more_closed, openness
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.patterns import later

# In capitals, and with the hyphens that editors make of one, it names the article just as well.
_ID = later(rf"(?<![\w-])kb[-\u2010\u2011\u2013]([{ALPHABET}]{{{LENGTH}}})(?![\w-])", re.IGNORECASE)
_HELP = "take it out, or put it inside an internal block"


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each id of something more closed, outside of links' destinations."""
    if not openness(page, page.article):
        return
    text = page.text
    found = list(_ID.finditer(text))
    linked = {link.start for link in page.body.links} if found else set()
    hidden, places = Hidden(page) if found else (), Places(page) if found else None
    for one in found:
        if one.start() not in linked and one.start() not in hidden and places:
            yield from _hit(page, f"kb-{one[1].lower()}", *places.of(one.start()))
    for key in ("title", "description"):
        value = page.meta.get(page.key_of(key))
        for name in _ID.findall(value) if isinstance(value, str) else ():
            yield from _hit(page, f"kb-{name.lower()}", page.line_of(page.key_of(key)), None)


def _hit(page: Page, name: str, line: int | None, column: int | None) -> Iterator[Hit]:
    article = page.shared(_by_id).get(name)
    if article is not None and more_closed(page, article):
        audience, other = page.article.settings.audience, article.settings.audience
        words = f"an article for {audience} names {name}, which is for {other}"
        yield Hit(words, _HELP, line, column, name)


def _by_id(kb: KnowledgeBase) -> dict[str, Article]:
    return {one.id: one for one in kb.articles if one.id}


RULE = Rule(check, ERROR, (FRONT_MATTER, TEXT, OTHERS), archived=True)
