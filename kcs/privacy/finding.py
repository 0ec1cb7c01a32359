"""What is found: kinds, places, and how a finding is hidden."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from kcs.tuples import NamedTuple


class Kind(StrEnum):
    """The kinds of personal data. The value is the word of the placeholder."""

    SECRET = "secret"
    EMAIL = "email"
    IBAN = "iban"
    CARD = "card"
    NATIONAL_ID = "national-id"
    PHONE = "phone"
    NAME = "name"


class Finding(NamedTuple):
    """Characters `start` to `end` of the searched text; `text` is what they say."""

    kind: Kind
    start: int
    end: int
    text: str


class Known(NamedTuple):
    """What a ticket's own fields name: it is a finding wherever the text says it."""

    names: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


def redact(text: str, findings: Iterable[Finding]) -> str:
    """`text` with `[email]`, `[phone]`, ... in place of the findings; if two overlap, the first one counts."""
    parts, end = [], 0
    for one in sorted(findings, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            parts += [text[end : one.start], f"[{one.kind}]"]
        end = max(end, one.end)
    return "".join([*parts, text[end:]])


def mask(finding: Finding) -> str:
    """Enough to recognise what was left out, too little to use it: `j…@a…`, `+6…`, and nothing of a secret."""
    if finding.kind is Kind.SECRET:
        return "…"
    if finding.kind is Kind.EMAIL and "@" in finding.text:
        name, _, domain = finding.text.partition("@")
        return f"{name[:1]}…@{domain[:1]}…"
    return f"{finding.text[: 2 if finding.kind is Kind.PHONE else 1]}…"
