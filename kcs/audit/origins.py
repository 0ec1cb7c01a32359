"""Which commit introduced each stamp: a function of the commit, kept by its id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kcs.article.front_matter import read
from kcs.article.stamps import stamps_of
from kcs.audit.changes import history

if TYPE_CHECKING:
    from kcs.article.stamps import Stamp
    from kcs.kb.base import KnowledgeBase

_NAME = "stamp-origins"


def stamp_name(stamp: Stamp) -> str:
    """What distinguishes the stamps of an article."""
    return f"{stamp.by} {stamp.at}"


def origins(kb: KnowledgeBase) -> dict[tuple[str, str], str]:
    """(path, stamp's name) -> mail address of the author of the commit that it came in with.

    Only of people's stamps for a content.
    Stamps that are in no commit yet, or from before history begins, are left out.
    """
    wanted = {
        article.path: {
            stamp_name(one): one.content or "" for one in article.stamps if one.content and one.person
        }
        for article in kb.articles
        if not article.unreadable
    }
    wanted = {path: found for path, found in wanted.items() if found}
    past = history(kb) if wanted else None
    if past is None or kb.repo is None:
        return {}
    key = repr((6, past.head, kb.prefix, sorted(kb.repo.shallow_commits()), sorted(wanted.items())))
    kept = kb.cache.read(_NAME, key)
    if isinstance(kept, list):
        return {(path, name): email for path, name, email in kept}
    claims = {kb.prefix + path: found for path, found in wanted.items()}
    found = {
        (path.removeprefix(kb.prefix), name): reference.version.author_email
        for (path, name), reference in past.references(claims, _values).items()
        if reference.version is not None
    }
    kb.cache.write(_NAME, [[*place, email] for place, email in found.items()], key)
    return found


def _values(raw: bytes) -> Mapping[str, str]:
    """The stamps of a version, by name. Escaped, a key is spelt otherwise."""
    if b"verified" not in raw and b"\\" not in raw:
        return {}
    return {stamp_name(one): one.content or "" for one in stamps_of(read(raw).meta)}
