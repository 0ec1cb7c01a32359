"""What articles say that they translate. People and `kcs new` name it by its id or, where it has none, by its path; an
adopted base may name it as its links do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.state import State

KEY = "translation_of"


def named(value: Any) -> str:
    """What a key such as `translation_of` or `superseded_by` names, as it is spelt; empty if nothing."""
    name = value.get("id") if isinstance(value, dict) else value
    return name if isinstance(name, str) else ""


def origin_name(meta: Mapping[str, Any]) -> str:
    """The name in `translation_of`; empty without one."""
    return named(meta.get(KEY))


def origins(kb: State) -> dict[str, str]:
    """Path to the path of what it translates, for every article
    that says so; to the name itself if no article has it.
    """
    said = {
        one.path: name
        for one in kb.articles
        if kb.source.may_say(one.oid, KEY) and (name := origin_name(one.record.meta))
    }
    if not said:
        return {}
    known = _by_id_and_path(kb)
    if not all(name in known for name in said.values()):
        known = by_any_name(kb)
    return {path: known.get(name) or known.get(name.strip("/"), name) for path, name in said.items()}


def by_any_name(kb: State) -> dict[str, str]:
    """Path by each name that front matter may give an article,
    without a `/` at either end: id, path, or as links name it.
    """
    return _as_links_name_them(kb, reversed(kb.articles)) | _by_id_and_path(kb)


def _by_id_and_path(kb: State) -> dict[str, str]:
    ids = {one.id: one.path for one in reversed(kb.articles) if one.id}  # of two the first by path
    return {path: path for path in kb.by_path} | ids


def _as_links_name_them(kb: State, articles: Iterable[Article]) -> dict[str, str]:
    found = {}
    for one in articles:
        for name in (one.permalink.strip("/"), kb.links.key(one.path)):
            if name:
                found[name] = one.path
    return found
