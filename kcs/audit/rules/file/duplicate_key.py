"""A key is in the front matter twice; the last one counts.

## Why it matters

Half of the programs that read the file take the first one, and somebody who changes one of the two may change the one that does
not count.

## Example

    owner: email-team
    tags: [outlook]
    owner: jd

## How to mend

Keep the line that is right, delete the other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Rule, Values
from kcs.patterns import later

_KEY = later("`(.*?)`", re.DOTALL)


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each key that stands again."""
    for problem in page.problems:
        if problem.code == "duplicate-key":
            key = _KEY.search(problem.message)
            yield Hit(
                problem.message,
                "keep the line that is right, delete the other one",
                problem.line,
                subject=key[1] if key else "",
            )


RULE = Rule(check, WARNING, (FRONT_MATTER,), archived=True)
