"""Other tools' names for our fields."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BETWEEN_WORDS = re.compile(r"[-_. ]+")

# Ours -> the names seen in public knowledge bases and documentation, the clearest first. Case and the
# separators of words do not matter: `last_updated` stands for lastUpdated and last-updated as well.
NAMES: dict[str, tuple[str, ...]] = {
    "verified_at": (
        "verified_at",
        "audit_date",
        "last_verified",
        "last_verified_at",
        "last_verified_on",
        "last_verified_date",
        "verified_on",
        "verified_date",
        "date_verified",
        "verification_date",
        "last_reviewed_on",
        "last_reviewed",
        "last_review",
        "last_review_date",
        "last_reviewed_at",
        "last_reviewed_date",
        "ms.lastreviewed",
        "reviewed_on",
        "reviewed_at",
        "reviewed",
        "review_date",
        "reviewed_date",
        "date_reviewed",
        "last_audited",
        "last_checked",
        "last_validated",
        "last_validated_on",
        "last_validated_at",
        "validated_on",
        "validated_at",
        "validation_date",
        "last_confirmed",
        "ultima_revision",
        "geprueft_am",
        "freshness_validated_date",
        "ms.date",
    ),
    "verify_every": (
        "verify_every",
        "review_in",
        "review_every",
        "review_interval",
        "verification_interval",
        "review_cycle",
    ),
    "created": (
        "created",
        "created_date",
        "date_created",
        "created_at",
        "created_on",
        "creation_date",
        "date",
        "published",
        "published_at",
        "date_published",
        "publish_date",
        "pub_date",
    ),
    "author": ("author", "created_by", "authors", "ms.author", "writer"),
    "editor": ("editor", "last_modified_by", "updated_by", "modified_by", "edited_by"),
    "updated": (
        "updated",
        "last_modified_date",
        "last_modified",
        "lastmod",
        "modified",
        "updated_at",
        "last_updated",
        "last_update",
        "last_modified_at",
        "updated_on",
        "date_updated",
        "date_modified",
        "modified_date",
        "mod_date",
    ),
    "product": ("product", "product_name", "products", "service"),
    "permalink": ("permalink", "slug", "url"),
    "owner": ("owner", "owner_team", "team", "owner_slack", "content_owner", "maintainer"),
    "tags": ("tags", "keywords", "labels", "categories"),
    "language": ("language", "lang", "locale"),
    "audience": ("audience", "visibility", "access"),
    "description": ("description", "summary", "excerpt", "meta_description"),
    "title": ("title", "name", "heading"),
    "type": ("type", "article_type", "doc_type", "content_type", "ms.topic"),
    "draft": ("draft",),
    "id": ("id", "article_id", "uid"),
}


def spellings(keys: Iterable[str]) -> dict[str, list[str]]:
    """Keys as a base writes them, under their words; keys in lower case come first."""
    spelt: dict[str, list[str]] = {}
    for key in sorted(keys, key=lambda key: (key != key.lower(), key)):
        spelt.setdefault(folded(key), []).append(key)
    return spelt


def folded(key: str) -> str:
    """The words of a key: lastReviewed, last-reviewed and Last_Reviewed are one name."""
    return _BETWEEN_WORDS.sub("", key).casefold()
