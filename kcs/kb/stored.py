"""Whether Git holds a file as it is in the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.kb.records import object_id
from kcs.kb.source import WorkingTree

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


def is_stored_as(kb: KnowledgeBase, article: Article, blob: str | None) -> bool:
    """Whether this blob is what Git stores of the file: in the folder its lines may end otherwise (`eol=crlf`)."""
    if blob == article.oid:
        return True
    if blob is None or kb.repo is None or not article.oid or not isinstance(kb.source, WorkingTree):
        return False
    raw = kb.raw(article)
    return b"\r\n" in raw and object_id(raw.replace(b"\r\n", b"\n"), kb.repo.object_format) == blob
