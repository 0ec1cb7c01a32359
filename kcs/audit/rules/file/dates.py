"""Every date that an article's front matter holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kcs.article.days import parse_day
from kcs.article.stamps import entries_of
from kcs.audit.page import Page
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
    zone, fields = page.kb.config.timezone, page.kb.config.fields
    for name in (*PAST, *AHEAD):
        own = () if name in ("updated", "verified_at") else (name,)
        for key in dict.fromkeys((*own, *((fields[name],) if name in fields else ()))):
            value = page.meta.get(key)
            if isinstance(value, str) and value.strip():
                yield Dated(key, key, value, parse_day(value, zone, page.kb.config.date_order), name in PAST)
    for key, parts in _ENTRIES.items():
        for entry in entries_of(page.meta.get(key)) if key in page.meta else ():
            yield from _of_entry(page, key, entry, parts)


def _of_entry(page: Page, key: str, entry: Mapping[str, Any], parts: tuple[str, ...]) -> Iterator[Dated]:
    zone = page.kb.config.timezone
    for part in parts:
        value = entry.get(part)
        if value is None:
            continue
        text = value if isinstance(value, str) else str(value)
        yield Dated(key, f"{key}.{part}", text, parse_day(text, zone), part not in _MAY_LIE_AHEAD)
