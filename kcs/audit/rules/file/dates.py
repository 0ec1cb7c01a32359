"""Every date that an article's front matter holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kcs.article.days import parse_day
from kcs.article.stamps import entries_of
from kcs.audit.page import Page
from kcs.kb.base import KnowledgeBase
from kcs.tuples import NamedTuple

# Those that tell of something that has happened.
PAST = ("created", "updated", "verified_at")
AHEAD = ("stale_after", "launch")
_ENTRIES = {
    "verified": ("at", "since"),
    "approved": ("at",),
    "flags": ("at",),
    "sources": ("last_modified", "effective"),
}
# An entry's day that may lie ahead: the day on which a source comes into force.
_MAY_LIE_AHEAD = ("effective",)


class Dated(NamedTuple):
    """One date: the top-level key it stands under, what to call it, its text, its day if it can be read."""

    key: str
    name: str
    text: str
    day: date | None
    past: bool


def dates(page: Page) -> Iterator[Dated]:
    """The dates with a value, in the order of the file's meaning."""
    config, meta = page.kb.config, page.meta
    for key, past in page.shared(_dated):
        value = meta.get(key)
        if isinstance(value, str) and value.strip():
            yield Dated(key, key, value, parse_day(value, config.timezone, config.date_order), past)
    for key, parts in _ENTRIES.items():
        for entry in entries_of(meta[key]) if key in meta else ():
            yield from _of_entry(page, key, entry, parts)


def _dated(kb: KnowledgeBase) -> list[tuple[str, bool]]:
    """The keys that hold one, ours and theirs, and whether it tells of something that has happened."""
    fields = kb.config.fields
    found: list[tuple[str, bool]] = []
    for name in (*PAST, *AHEAD):
        own = () if name in ("updated", "verified_at") else (name,)
        mapped = (fields[name],) if name in fields else ()
        found += [(key, name in PAST) for key in dict.fromkeys((*own, *mapped))]
    return found


def _of_entry(page: Page, key: str, entry: Mapping[str, Any], parts: tuple[str, ...]) -> Iterator[Dated]:
    zone = page.kb.config.timezone
    for part in parts:
        value = entry.get(part)
        if value is None:
            continue
        text = value if isinstance(value, str) else str(value)
        yield Dated(key, f"{key}.{part}", text, parse_day(text, zone), part not in _MAY_LIE_AHEAD)
