"""An article before the judged change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.kb.base import KnowledgeBase
from kcs.kb.stored import is_stored_as

if TYPE_CHECKING:
    from kcs.audit.page import Page
    from kcs.kb.articles import Article


def before(page: Page) -> Article | None:
    """The version that the change replaces: of the commit a change run is judged against, else HEAD's.

    None if it is new or unchanged. A file that was moved is recognised by its key.
    """
    then = page.scene.before
    if then is not None:
        found = _earlier(page, then)
        return None if found is None or found.oid == page.article.oid else found
    kb = page.kb
    head = page.shared(_committed)
    oid = head.get(kb.prefix + page.path)
    if kb.repo is None or oid is None or oid == page.article.oid:
        return None
    return kb.version(page.path, next(raw for _, raw in kb.repo.blobs([oid])), oid)


def as_before(page: Page) -> bool:
    """Whether the file is unchanged, wherever it was; if the past is unknown, it counts as unchanged."""
    article, kb, then = page.article, page.kb, page.scene.before
    if then is not None:
        found = _earlier(page, then)
        return found is not None and is_stored_as(kb, article, found.oid)
    head = page.shared(_committed)
    return not head or is_stored_as(kb, article, head.get(kb.prefix + page.path))


def was_there(page: Page, path: str) -> bool:
    """Whether there was a file at this path."""
    then = page.scene.before
    return path in then.by_path if then is not None else page.kb.prefix + path in page.shared(_committed)


def _committed(kb: KnowledgeBase) -> dict[str, str]:
    """The blobs of HEAD by path; none before the first commit, or for a base at a commit."""
    if kb.repo is None or kb.commit is not None or (head := kb.repo.head()) is None:
        return {}
    return kb.repo.tree(head)


def _earlier(page: Page, then: KnowledgeBase) -> Article | None:
    """The article at this place, else the one with its key: of translations with
    one permalink, one that left its place, with the same text if there is such.
    """
    if (found := then.by_path.get(page.path)) is not None:
        return found
    alike = page.scene.shared_before(_by_key).get(page.kb.key(page.article), [])
    left = [one for one in alike if one.path not in page.kb.by_path] or alike
    same = (one for one in left if is_stored_as(page.kb, page.article, one.oid))
    return next(same, left[-1] if left else None)


def _by_key(kb: KnowledgeBase) -> dict[str, list[Article]]:
    found: dict[str, list[Article]] = {}
    for article in kb.articles:
        found.setdefault(kb.key(article), []).append(article)
    return found
