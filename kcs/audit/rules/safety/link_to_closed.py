"""An article links to, or includes, one that its readers may not read.

## Why it matters

A customer who follows the link finds a closed door, and learns the name of what is behind it; what is included is shown to
everybody.

## Example

An article for the audience external: `See [who pays](internal-towing.md)`, or `{% include internal-towing.md %}`.

## How to mend

Say what the reader needs in the article itself, or put the sentence between `<!-- internal -->` and `<!-- /internal -->`. Audiences,
from the most closed to the most open, are those of `audiences` in kcs.toml; an article that names none counts as the most closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import OTHERS, TEXT, Rule, Values
from kcs.audit.rules.links import found
from kcs.audit.rules.safety import Hidden, Places, more_closed, openness
from kcs.kb.articles import Article
from kcs.patterns import later

_INCLUDE = later(
    r"\{%-?\s*(?:include|include_relative|render|extends)\s+(?:file=)?[\"']?([^\s\"'%]+)"
    r"|\{\{[<%]\s*(?:include|readfile)\s+(?:(?:file|path)=)?[\"']?([^\s\"'>%}]+)|^[ \t]*(?:--8<--|!include)\s+[\"']?([^\s\"']+)"
    r"|^[ \t]*(?:`{3,}|~{3,}|:{3,})\s?\{include\}\s+([^\s`~]+)",
    re.MULTILINE,
)


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each link and each include of something more closed."""
    if not openness(page, page.article):
        return
    hidden = Hidden(page) if page.kb.destinations(page.article) else None

    def wanted(spelt: str, _: bool) -> bool:
        return more_closed(page, _target(page, spelt))

    for one in found(page, wanted):
        target = _target(page, one.link.destination)
        if target is not None and hidden is not None and one.link.start not in hidden:
            yield _hit(page, "links to", target, one.line, one.column)
    yield from _includes(page)


def _includes(page: Page) -> Iterator[Hit]:
    text = page.text
    places, hidden = None, None
    for include in _INCLUDE.finditer(text):
        name = next(group for group in include.groups() if group)
        target = page.kb.by_path.get(name.lstrip("/")) or _target(page, name)
        hidden = hidden or Hidden(page)
        if target is not None and more_closed(page, target) and include.start() not in hidden:
            places = places or Places(page)
            yield _hit(page, "includes", target, *places.of(include.start()))


def _target(page: Page, spelt: str) -> Article | None:
    target = page.reaches(spelt) if spelt and spelt[0] != "#" else None
    return page.kb.by_path.get(target.path) if target else None


def _hit(page: Page, verb: str, target: Article, line: int, column: int) -> Hit:
    audience, other = page.article.settings.audience, target.settings.audience
    words = f"an article for {audience} {verb} {target.name}, which is for {other}"
    return Hit(words, "say it in the article, or inside an internal block", line, column, target.name)


RULE = Rule(check, ERROR, (TEXT, OTHERS), archived=True)
