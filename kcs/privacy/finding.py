"""What is found: kinds, places, and how a finding is hidden."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from kcs.tuples import NamedTuple


class Kind(StrEnum):
    """What personal data is told apart. The value is the placeholder's word."""

    SECRET = "secret"
    EMAIL = "email"
    IBAN = "iban"
    CARD = "card"
    NATIONAL_ID = "national-id"
    PHONE = "phone"
    NAME = "name"


class Finding(NamedTuple):
    """Characters `start` to `end` of the text that was searched; `text` is what stands there."""

    kind: Kind
    start: int
    end: int
    text: str


class Known(NamedTuple):
    """What a ticket's own fields name: wherever it stands in the text, it is a finding."""

    names: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


def redact(text: str, findings: Iterable[Finding]) -> str:
    """`text` with `[email]`, `[phone]`, ... in place of the findings; where two overlap the first one stands."""
    parts, end = [], 0
    for one in sorted(findings, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            parts += [text[end : one.start], f"[{one.kind}]"]
        end = max(end, one.end)
    return "".join([*parts, text[end:]])


def mask(finding: Finding) -> str:
    """Enough to know again what was left out, too little to use: `j…@a…`, `+6…`, and nothing of a secret."""
    if finding.kind is Kind.SECRET:
        return "…"
    if finding.kind is Kind.EMAIL and "@" in finding.text:
        name, _, domain = finding.text.partition("@")
        return f"{name[:1]}…@{domain[:1]}…"
    return f"{finding.text[: 2 if finding.kind is Kind.PHONE else 1]}…"
