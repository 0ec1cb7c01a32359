"""The value of a key is of the wrong kind.

## Why it matters

What cannot be read counts as missing, or, where that would open a gate, as the most closed value: a list as
`owner` owns nothing, and nobody may verify the article. A list as `type`, `product` or `language` files it nowhere, but every
policy for one of its words holds.

## Example

    owner: [jd, kp]
    tags: {a: 1}

## How to mend

Write the value as the message says. An article has one owner: a person, or a team of team.toml.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Rule, Values
from kcs.audit.rules.file.keys import KEYS, MAPPED, WANTED, fits
from kcs.kb.base import KnowledgeBase


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each key whose value cannot be read, and each key that is no plain word."""
    kinds = page.shared(_kinds)
    for key, value in page.meta.items():
        kind = kinds.get(key)
        if kind and not fits(kind, value):
            yield Hit(
                f"`{key}` is {_shown(value)}, but must be {WANTED[kind]}",
                f"write it as {WANTED[kind]}",
                page.line_of(key),
                subject=key,
            )
        elif kind == "words" and isinstance(value, str) and value.replace(".", "").isdigit():
            yield Hit(
                f"`{key}` is the number {value}",
                "write it as a list of words",
                page.line_of(key),
                subject=key,
            )
    for problem in page.problems:
        if problem.code == "non-string-key":
            yield Hit(problem.message, "put it in quotes", problem.line)


def _kinds(kb: KnowledgeBase) -> dict[str, str]:
    """Key -> what its value must be."""
    theirs = kb.config.fields
    return {
        **{theirs[name]: kind for name, kind in (*MAPPED.items(), *KEYS.items()) if name in theirs},
        **{name: kind for name, kind in KEYS.items() if not kb.config.apart(name)},
    }


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    return "a list" if isinstance(value, list) else "key: value pairs"


RULE = Rule(check, ERROR, (FRONT_MATTER,), archived=True)
