"""A required key is missing.

## Why it matters

Lists, policies and other programs go by these keys. `type` is the one key that the Open Knowledge Format requires: it also
says which sections an article needs.

## Example

    ---
    title: Reset a password
    ---

## How to mend

Add the key; `kcs new --list` names the types. What your base requires: `[rules.KCS008]` with `keys = ["type", "product"]`.
A base with its own field names (`[fields]`) requires nothing until it says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Parameter, Rule, Values


def check(page: Page, values: Values) -> Iterator[Hit]:
    """Each required key without a value."""
    if page.bare:
        return
    wanted = values["keys"] or (() if page.kb.config.fields else ("type",))
    for key in wanted:
        if _says_nothing(page.meta.get(page.key_of(key))):
            yield Hit(f"`{key}` is missing", f"add a line {key}: ...", page.line_of(key), subject=key)


def _says_nothing(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_says_nothing, value))
    return value in (None, {}) or (isinstance(value, str) and not value.strip())


RULE = Rule(
    check,
    ERROR,
    (FRONT_MATTER,),
    parameters=(
        Parameter("keys", "strings", (), "What every article must say; `type` alone where this is empty."),
    ),
)
