"""The file has a name that the Open Knowledge Format reserves.

## Why it matters

To every OKF reader `index.md` is a table of contents and `log.md` a list of changes: neither is an article, and nobody will
find what is in it.

## Example

    articles/billing/index.md

## How to mend

`git mv` it to a name of its own; or, if it is not an article, leave it out with `exclude` under `[articles]` in kcs.toml.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import PATH, Rule, Values

_RESERVED = ("index.md", "log.md")


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether it is called so."""
    name = page.path.rpartition("/")[2]
    if name.lower() in _RESERVED:
        yield Hit(
            f"{name} is a reserved name, and no article to other readers",
            "move it, or exclude it in kcs.toml",
            1,
        )


RULE = Rule(check, WARNING, (PATH,), archived=True, unreadable=True)
