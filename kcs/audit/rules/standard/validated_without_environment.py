"""An article is validated, but does not say which environment it applies to.

## Why it matters

"Reinstall the driver" is right for one printer and wrong for the next. Without the environment a reader cannot tell whether the
article is about the case at hand, and search cannot either.

## Example

A validated Solution with Issue and Resolution, and no Environment (สภาพแวดล้อม, Môi trường, البيئة).

## How to mend

Name product, version and platform under `## Environment`: what was true before the fix and is true after it. Required of types
whose template has it, and of articles with an issue and a resolution.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.article.headings import stands_for
from kcs.article.states import VALIDATED
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FILES, FRONT_MATTER, TEXT, Rule, Values
from kcs.audit.rules.standard import called, sections, wanted
from kcs.patterns import later

_HEADINGS = {"issue", "resolution"}
_HEADING = later(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*\r?$", re.MULTILINE)


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether the environment is said."""
    if page.article.confidence != VALIDATED:
        return
    asked = wanted(page)
    if asked and "environment" not in asked:
        return
    if not asked and not _answers(page.text):
        return
    there = sections(page)
    if "environment" not in there and (asked or there.keys() >= _HEADINGS):
        name = called(page, "environment")
        yield Hit(f"validated, and it has no section {name}", f"add ## {name}", 1)


def _headings(text: str) -> Iterator[str]:
    """What may be one, asked of the lines that hold a mark alone."""
    at = text.find("#")
    while at >= 0:
        if found := _HEADING.match(text, text.rfind("\n", 0, at) + 1):
            yield found[1]
        end = text.find("\n", at)
        at = text.find("#", end) if end >= 0 else -1


def _answers(text: str) -> bool:
    """Whether it has an issue and a resolution."""
    found = list(_headings(text))
    return all(any(stands_for(words, key) for words in found) for key in _HEADINGS)


RULE = Rule(check, WARNING, (FRONT_MATTER, TEXT, FILES))
