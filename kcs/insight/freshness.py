"""How old this clone's knowledge of other people's work is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase


def days_since_fetch(kb: KnowledgeBase) -> int | None:
    """Whole days since anything was last fetched; None without a remote, and in a clone that never fetched."""
    repo = kb.repo
    if repo is None:
        return None
    fetched = repo.last_fetch()
    if fetched is None:
        return None
    try:
        configured = (repo.common_dir / "config").read_bytes()
    except OSError:
        return None
    return (datetime.now(UTC) - fetched).days if b'[remote "' in configured else None
