"""A finding's place for programs that look at the whole repository, and how places are written for them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from kcs.audit.finding import Finding
    from kcs.audit.report import Report


def in_repository(report: Report, finding: Finding) -> str:
    """The path from the repository's root, with `/`."""
    return report.kb.prefix + finding.path


def as_uri(path: str) -> str:
    """A path as a relative URI; bytes that are not UTF-8 stay."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/~")


def first_way(finding: Finding) -> str:
    """What was found and what to do about it, on one line."""
    ways = "; ".join(finding.help.splitlines())
    return " ".join(f"{finding.message} -> {ways}".split()) if ways else " ".join(finding.message.split())
