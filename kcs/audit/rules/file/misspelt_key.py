"""A key that nothing reads is nearly one that kcs reads.

## Why it matters

A misspelt `verfiers` lets everybody verify, a misspelt `las_modified_date` is a date that is missing, and nobody notices:
unknown keys are kept and are not errors in themselves.

## Example

    verfiers: [jd, kp]

## How to mend

Spell the key as it is meant. If it is a key of your own, list it: `[rules.KCS007]` with `allow = ["verfiers"]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import WARNING, Hit
from kcs.audit.misspelt import near
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Parameter, Rule, Values
from kcs.audit.rules.file.keys import COMMON, KEYS
from kcs.kb.base import KnowledgeBase


def check(page: Page, values: Values) -> Iterator[Hit]:
    """Each unknown key that is near a known one which does not stand there itself."""
    ours = page.shared(_ours)
    for key in page.meta:
        if key in ours or key in COMMON or key in values["allow"]:
            continue
        meant = near(key, ours - page.meta.keys())
        if meant:
            yield Hit(
                f"nobody reads the key `{key}`: it looks like `{meant}`",
                f"write {meant}, or allow it under [rules.KCS007]",
                page.line_of(key),
                subject=key,
            )


def _ours(kb: KnowledgeBase) -> frozenset[str]:
    return frozenset((*KEYS, *kb.config.fields.values()))


RULE = Rule(
    check,
    WARNING,
    (FRONT_MATTER,),
    parameters=(Parameter("allow", "strings", (), "Keys of your own that are right as they are."),),
    archived=True,
)
