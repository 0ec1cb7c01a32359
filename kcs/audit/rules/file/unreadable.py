"""The file cannot be understood: it is not text, or its front matter is not a set of keys and values.

## Why it matters

Whatever such a file says, nobody can tell whether it is right: it counts as untrusted, and no other rule sees it.

## Example

    ---
    - a list, where keys were expected
    ---

## How to mend

Go to the line named in the message. Front matter is `key: value` lines between two lines `---`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, TEXT, Rule, Values

# These have rules of their own.
_ELSEWHERE = ("not-utf8", "unclosed", "invalid-yaml", "merge-conflict")


def check(page: Page, _: Values) -> Iterator[Hit]:
    """The problem that makes it unreadable."""
    problem = page.article.record.unreadable
    if problem and problem.code not in _ELSEWHERE:
        yield Hit(problem.message, "mend the line that is named", problem.line or 1)


RULE = Rule(check, ERROR, (FRONT_MATTER, TEXT), unreadable=True, archived=True, ignorable=False)
