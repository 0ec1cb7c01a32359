"""What an article's front matter says about its verification:
stamps, date-only claims and flags, read without judging.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, tzinfo
from typing import Any

from kcs.article.days import parse_day
from kcs.tuples import NamedTuple

BLOCKING_REASONS = ("wrong", "outdated", "unsafe", "changed")
OTHER_REASONS = ("unclear", "style", "duplicate")
FLAG_REASONS = BLOCKING_REASONS + OTHER_REASONS
# No person is called so, and no fingerprint is written so.
UNREADABLE = "?"


class Stamp(NamedTuple):
    """One entry of `verified`. Without `content` it is a date-only claim.

    `day` is the day it counts from (`since`, else `at`, in the base's timezone) or None if that cannot be read.
    """

    index: int  # type: ignore[assignment]
    by: str
    at: str
    day: date | None
    content: str | None
    note: str = ""
    ticket: str = ""
    minor: bool = False
    unseen: bool = False

    @property
    def person(self) -> str | None:
        """The id after `human:`; None for a process, a tool, or nobody."""
        return self.by[6:] if self.by.startswith("human:") and len(self.by) > 6 else None


class Flag(NamedTuple):
    """One entry of `flags`: what somebody found wrong."""

    index: int  # type: ignore[assignment]
    by: str
    at: str
    reason: str
    section: str = ""
    note: str = ""

    @property
    def blocking(self) -> bool:
        """Whether it takes trust away. A reason outside the vocabulary does: a gate never fails open."""
        return self.reason not in OTHER_REASONS


def entries_of(value: Any) -> list[Mapping[str, Any]]:
    """The mappings of a list, or a bare mapping as a list of one (OKF); anything else counts as an empty mapping."""
    if value is None or value == "":
        return []
    items = value if isinstance(value, list) else [value]
    return [item if isinstance(item, Mapping) else {} for item in items]


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _named(entry: Mapping[str, Any], key: str) -> str:
    """As `_text`; what is no text names an unknown one: as nothing at all, it
    would let Git's author stand for a machine, and a date for a fingerprint.
    """
    value = entry.get(key)
    return UNREADABLE if value is not None and not isinstance(value, str) else _text(entry, key)


def stamps_of(meta: Mapping[str, Any], timezone: tzinfo = UTC) -> list[Stamp]:
    """The entries of `verified`, in the order of the file."""
    stamps = []
    for index, entry in enumerate(entries_of(meta.get("verified"))):
        at, since = _text(entry, "at"), entry.get("since")
        counted_from = at if since is None else _text(entry, "since")
        stamps.append(
            Stamp(
                index=index,
                by=_named(entry, "by").strip(),
                at=at,
                day=parse_day(counted_from, timezone),
                content=_named(entry, "content") or None,
                note=_text(entry, "note"),
                ticket=_text(entry, "ticket"),
                minor=entry.get("minor") is True,
                unseen=entry.get("unseen") is True,
            )
        )
    return stamps


def flags_of(meta: Mapping[str, Any]) -> list[Flag]:
    """The entries of `flags`, in the order of the file."""
    return [
        Flag(
            index=index,
            by=_text(entry, "by"),
            at=_text(entry, "at"),
            reason=_text(entry, "reason"),
            section=_text(entry, "section"),
            note=_text(entry, "note"),
        )
        for index, entry in enumerate(entries_of(meta.get("flags")))
    ]
