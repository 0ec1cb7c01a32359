"""The front matter keys that have a meaning, and of what kind their values are."""

from __future__ import annotations

from typing import Any

TEXT, WORDS, DAY, ENTRIES, MAPPING, YES_NO = "text", "words", "day", "entries", "mapping", "yes-no"

# Of the vocabulary and of OKF.
KEYS: dict[str, str] = {
    "approved": ENTRIES,
    "audience": TEXT,
    "confidence": TEXT,
    "counterpart": TEXT,
    "created": DAY,
    "description": TEXT,
    "flags": ENTRIES,
    "generated": MAPPING,
    "governance": TEXT,
    "id": TEXT,
    "language": TEXT,
    "launch": DAY,
    "owner": TEXT,
    "product": TEXT,
    "release": TEXT,
    "resource": TEXT,
    "review": MAPPING,
    "sources": ENTRIES,
    "stale_after": DAY,
    "status": TEXT,
    "superseded_by": TEXT,
    "tags": WORDS,
    "title": TEXT,
    "translation_of": MAPPING,
    "type": TEXT,
    "verified": ENTRIES,
    "verifiers": WORDS,
    "verify_every": TEXT,
    "verify_every_reason": TEXT,
}
# What `[fields]` can map besides, in the base's own words.
MAPPED = {"verified_at": DAY, "updated": DAY, "draft": YES_NO, "permalink": TEXT}
# Keys of the usual site generators: whoever writes one of these means it.
COMMON = frozenset(
    """
    aliases approver approvers author authors base categories category content_type cover date draft editor excerpt expires
    expiryDate featured hide icon image images keywords kind label labels lang last_modified lastmod
    layout link links linkTitle locale menu meta name nav navigation next note notes order parent
    parents permalink pin position prev prev_next product_url products publish publishDate published
    redirect redirect_from redirects related section sections series sidebar slug source subtitle
    summary tag template toc topic topics uid updated updated_at url version versions video videos
    weight
    """.split()  # noqa: SIM905
)


def fits(kind: str, value: Any) -> bool:
    """Whether a value that stands there can be read as one of its kind."""
    if value in (None, "", []):
        return True
    if kind == WORDS:
        return isinstance(value, str) or (
            isinstance(value, list) and all(isinstance(one, str | None) for one in value)
        )
    if kind == ENTRIES:
        items = value if isinstance(value, list) else [value]
        return all(isinstance(item, dict) for item in items)
    if kind == MAPPING:
        return isinstance(value, dict)
    if kind == YES_NO:
        return isinstance(value, bool | str)
    return isinstance(value, str)


WANTED = {
    TEXT: "text",
    WORDS: "a list of words",
    DAY: "a day such as 2026-01-31",
    ENTRIES: "a list of entries such as {by: ..., at: ...}",
    MAPPING: "key: value pairs",
    YES_NO: "true or false",
}
