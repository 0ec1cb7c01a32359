"""A link, or a key such as `superseded_by`, `translation_of` or `counterpart`, names an id that no article has.

## Why it matters

An id never changes, so no existing article can be meant: it was misread, or the article is gone.

## Example

    See [the limits](kb-4c7mhx0q), or `superseded_by: kb-4c7mhx0q`, where no article has that id.

## How to mend

`kcs list | grep` with words of the title shows the right id. Better archive than delete: then links to the article still lead
somewhere, and say what took its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, OTHERS, TEXT, Rule, Values
from kcs.audit.rules.links import found, looks_like_id
from kcs.kb.base import KnowledgeBase
from kcs.kb.translated import named

_KEYS = ("superseded_by", "counterpart", "translation_of")
_HELP = "name an article that is there"


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each name that nobody has."""

    def wanted(spelt: str, _: bool) -> bool:
        return looks_like_id(spelt) and page.leads_to(spelt) is None

    for one in found(page, wanted):
        spelt = one.link.destination
        yield Hit(f"no article has the id {spelt!r}", _HELP, one.line, one.column, spelt)
    for key in _KEYS:
        name = named(page.meta.get(key))
        if name and not {name, name.strip("/")} & page.shared(_known):
            yield Hit(f"{key} names {name!r}, which no article is", _HELP, page.line_of(key), subject=key)


def _known(kb: KnowledgeBase) -> frozenset[str]:
    named = {name for one in kb.articles for name in (one.id, one.path, kb.links.key(one.path))}
    return frozenset(named | {one.permalink.strip("/") for one in kb.articles if one.permalink})


RULE = Rule(check, ERROR, (FRONT_MATTER, TEXT, OTHERS))
