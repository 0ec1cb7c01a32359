"""Two articles say nearly the same.

## Why it matters

One of them is found, the other one gets fixed. Of two articles about one thing, each is half as well kept.

## Example

"The brake does not hold on a slope" and "The brake will not hold on a slope", with the same steps.

## How to mend

Keep the better one, add what only the other one says, and `kcs archive OTHER --superseded-by BETTER --relink`. Versions for
another audience or language name each other in `counterpart` and `translation_of`, and are not reported; neither are articles of
different languages, such as a copy that waits for its translation, nor those of fewer than about 30 words. Comments, such as those that a template begins with, are not counted. `percent` says how much of two articles' phrases must be the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

from kcs.audit.alike import Pairs, pairs
from kcs.audit.finding import INFO, Hit
from kcs.audit.page import Page
from kcs.audit.rule import OTHERS, TEXT, Parameter, Rule, Values
from kcs.audit.sketches import Sketches
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.translated import named

_PERCENT = 70
_NAMING = ("counterpart", "translation_of", "superseded_by")


def check(page: Page, values: Values) -> Iterator[Hit]:
    """The article most like this one."""
    if "review" in page.meta:
        return  # two reviews have their template in common, until they are written
    alike = page.shared(Alike).pairs.of(page.path, values["percent"])
    alike = [one for one in alike if not (_named(page, one.other) or _in_another_language(page, one.other))]
    if not alike:
        return
    nearest = min(alike, key=lambda one: (-one.percent, one.other))  # of equals always the same one
    other = page.kb.by_path[nearest.other]
    more = f", and like {len(alike) - 1} more" if len(alike) > 1 else ""
    title = f" {' '.join(other.title.split())!r}" if other.title else ""
    words = f"{nearest.percent}% the same as {other.name}{title}{more}"
    yield Hit(words, "kcs archive the one to leave --superseded-by the one to keep", 1)


def _named(page: Page, path: str) -> bool:
    """Whether one of the two names the other."""
    names = page.shared(_names)
    mine, theirs = names.get(page.path, ()), names.get(path, ())
    return _is_among(page.kb, page.kb.by_path[path], mine) or _is_among(page.kb, page.article, theirs)


def _in_another_language(page: Page, path: str) -> bool:
    """Whether kcs.toml or the two say that they are of different languages."""
    mine, theirs = page.article.settings.language, page.kb.by_path[path].settings.language
    return bool(mine and theirs) and mine.casefold() != theirs.casefold()


def _is_among(kb: KnowledgeBase, article: Article, names: Collection[str]) -> bool:
    if not names:
        return False
    known = (article.path, article.id, article.permalink.strip("/"), kb.links.key(article.path))
    return any(name in names for name in known)


def _names(kb: KnowledgeBase) -> dict[str, list[str]]:
    """By path, what an article names as another version of itself; few name any."""
    found: dict[str, list[str]] = {}
    for article in kb.articles:
        meta = article.record.meta
        if names := [name for key in _NAMING if key in meta and (name := named(meta[key]).strip("/"))]:
            found[article.path] = names
    return found


class Alike:
    """Who is like whom, once a run."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self.sketches = Sketches(kb)

    @cached_property
    def pairs(self) -> Pairs:
        """Who is like whom."""
        return pairs(self._kb, self.sketches)


def _look(page: Page) -> None:
    page.shared(Alike).sketches.see(page.article, page.text)


RULE = Rule(
    check,
    INFO,
    (TEXT, OTHERS),
    parameters=(
        Parameter(
            "percent",
            "likeness",
            _PERCENT,
            "From how much of their phrases on two articles are alike: 50 to 100.",
        ),
    ),
    look=_look,
)
