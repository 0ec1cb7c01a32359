"""A comment silences a rule that finds nothing there.

## Why it matters

What it silenced was fixed, or never existed. Left there, it hides the next real finding.

## Example

    <!-- kcs: ignore KCS405 the product is called so -->
    # and no word of the style guide's list anywhere in the article

## How to mend

Delete the comment. Some rules cannot be silenced in an article: whether a file can be read, and whether somebody vouches for it. Their
severity is set in kcs.toml, where everybody sees it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import OTHERS, TEXT, Rule, Values


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each rule that was asked in this run, and each comment on it that was not needed."""
    asked = page.asked() if page.ignores else {}
    for number, one in enumerate(page.ignores):
        if not one.reason:
            continue
        for code in one.codes:
            if code in asked and (number, code) not in page.used:
                why = "finds nothing there" if asked[code] else "no article can silence"
                yield Hit(
                    f"a comment ignores {code}, which {why}",
                    "delete the comment",
                    one.line,
                    subject=code,
                )


RULE = Rule(check, WARNING, (TEXT, OTHERS), archived=True, ignorable=False, last=True)
