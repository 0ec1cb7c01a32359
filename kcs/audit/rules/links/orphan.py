"""No other article, and no page of the base, links to this one.

## Why it matters

Search finds it, if somebody knows what to ask for, but readers who browse never come across it; and what an article that nobody
links to says, another article often says better.

## Example

An article about shared calendars that no article about calendars mentions.

## How to mend

Link to it from where its question comes up, or merge it into what people read instead. The rule is off by default, since many
bases are used through search alone; `[rules.KCS506] severity = "info"` in kcs.toml turns it on.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import OFF, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FILES, OTHERS, Rule, Values
from kcs.kb.base import KnowledgeBase
from kcs.kb.translated import by_any_name, named


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether anything links to it."""
    if page.path not in page.shared(_linked):
        yield Hit("no other article links to it", "link to it from where its question comes up", 1)


def _linked(kb: KnowledgeBase) -> frozenset[str]:
    """The paths that some other article, or a page that is none, leads to."""
    from kcs.article.body import parse
    from kcs.article.front_matter import read
    from kcs.kb.pages import read_pages

    found: set[str] = set()
    known = by_any_name(kb)
    for article in kb.articles:
        meta = article.record.meta
        names = [name for key in ("superseded_by", "counterpart") if (name := named(meta.get(key)))]
        paths = [known.get(one) or known.get(one.strip("/"), "") for one in names]
        targets = (kb.links.resolve(spelt, article.path) for spelt, _ in kb.destinations(article))
        paths += [one.path for one in targets if one is not None]
        found.update(one for one in paths if one != article.path)
    for path, raw in read_pages(kb):
        targets = (kb.links.resolve(link.destination, path) for link in parse(read(raw).body).links)
        found.update(target.path for target in targets if target is not None)
    return frozenset(found)


RULE = Rule(check, OFF, (OTHERS, FILES))
