"""Two articles for the same readers have one title.

## Why it matters

A search shows it twice, and nobody knows which one to use; whoever fixes one leaves the other as it was.

## Example

Two articles called "Outlook asks for the password", both external, both in English.

## How to mend

Merge them: keep the better one, and archive the other with `superseded_by`. If they are about different things, the titles
should say what is different. The same title for another audience, product or language is not a finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kcs.article.states import ARCHIVED
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, OTHERS, Rule, Values
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase

_Readers = tuple[str, str, str, str]


def _readers(article: Article) -> _Readers:
    settings = article.settings
    title = " ".join(article.title.split()).casefold()
    return title, settings.audience, article.own.product.casefold(), settings.language.casefold()


def titles(kb: KnowledgeBase) -> dict[_Readers, list[str]]:
    """Title and readers -> the paths of the articles in use that have them."""
    found: dict[_Readers, list[str]] = defaultdict(list)
    for article in kb.articles:
        if article.title.strip() and article.confidence != ARCHIVED:
            found[_readers(article)].append(article.path)
    return found


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Who else has its title."""
    others = [one for one in page.shared(titles).get(_readers(page.article), ()) if one != page.path]
    if others:
        more = f" and {len(others) - 1} more" if others[1:] else ""
        yield Hit(
            f"{others[0]}{more} {'have' if more else 'has'} the same title",
            "merge them, or say in the titles what is different",
            page.title_line,
        )


RULE = Rule(check, WARNING, (FRONT_MATTER, OTHERS))
