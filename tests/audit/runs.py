"""Runs of the audit over the base of `verified`, with the rules about files and verifications."""

from __future__ import annotations

from tests.conftest import Base, Result, Run

ARTICLE = "articles/email/outlook.md"
VPN = "articles/vpn.md"


def rules(told: Result) -> list[tuple[str, str]]:
    return [(one["rule"], one["path"]) for one in told.json["findings"]]


def audit(quick: Run, base: Base, *words: str, as_of: str = "2026-06-01") -> Result:
    return quick("audit", "--select", "KCS0,KCS1", "--ignore", "KCS008,KCS106,KCS022", "--format", "json", "--as-of", as_of, *words, cwd=base.root)  # fmt: skip
