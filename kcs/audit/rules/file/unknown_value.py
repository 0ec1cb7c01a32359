"""A key has an unknown value.

## Why it matters

A gate never opens for what it cannot read: an unknown confidence counts as not validated, an unknown audience as the most
closed, an unknown governance as compliance, an interval that cannot be read is due at once, and a flag for an unknown reason
takes trust away.

## Example

    confidence: approved
    verify_every: biannual

## How to mend

Write one of the values that the message names. Audiences are listed in kcs.toml; intervals are `90d`, `2 weeks`,
`6 months`, `1 year`, or `never` with a `verify_every_reason` beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.days import parse_interval
from kcs.article.stamps import FLAG_REASONS
from kcs.article.states import CONFIDENCES, GOVERNANCES, STATUS_OF
from kcs.audit.finding import ERROR, Hit
from kcs.audit.misspelt import near
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Rule, Values
from kcs.patterns import later

_STATUSES = tuple(dict.fromkeys(STATUS_OF.values()))
_LANGUAGE = later(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each value outside its list."""
    lists = {
        "confidence": CONFIDENCES,
        "audience": page.kb.config.audiences,
        "governance": GOVERNANCES,
        "status": _STATUSES,
    }
    for name, choices in lists.items():
        key = page.key_of(name)
        value = page.meta.get(key)
        # Blanks in quotes: of these two they stay, so that what looks validated is not.
        kept = name in ("confidence", "status")
        if isinstance(value, str) and value.strip() and (value if kept else value.strip()) not in choices:
            yield _hit(page, key, value, choices)
    yield from _others(page)
    for flag in page.article.flags:
        if flag.reason not in FLAG_REASONS:
            yield Hit(
                f"a flag's reason is {flag.reason!r}, which blocks trust as no reason that is known",
                "one of: " + ", ".join(FLAG_REASONS),
                page.line_of("flags"),
                subject="flags",
            )


def _hit(page: Page, key: str, value: str, choices: tuple[str, ...]) -> Hit:
    meant = near(value, choices)
    mend = f"did you mean {meant}?" if meant else "one of: " + ", ".join(choices)
    return Hit(f"`{key}` is {value!r}, which nobody knows", mend, page.line_of(key), subject=key)


def _others(page: Page) -> Iterator[Hit]:
    own = page.article.own
    key = page.key_of("verify_every")
    every = own.verify_every
    if every == "never" and not own.has_reason:
        message = "`verify_every: never` counts as not set: there is no verify_every_reason beside it"
        yield Hit(message, "say why: verify_every_reason: ...", page.line_of(key), subject=key)
    elif every and every != "never" and parse_interval(every) is None:
        message = f"`{key}` is {every!r}, which is not an interval: the article is due at once"
        yield Hit(message, "write it as 90d, 2 weeks, 6 months or 1 year", page.line_of(key), subject=key)
    key = page.key_of("language")
    if own.language and not _LANGUAGE.fullmatch(own.language):
        yield Hit(
            f"`{key}` is {own.language!r}, which is not a language",
            "write it as en, th, vi, ar or en-GB",
            page.line_of(key),
            subject=key,
        )


RULE = Rule(check, ERROR, (FRONT_MATTER,), archived=True)
