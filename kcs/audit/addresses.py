"""Which files of a base share an address: two articles, or an article and another page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from unicodedata import normalize

from kcs.kb.beside import address_of, folded
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase

# Jekyll's names for styles of permalinks.
_STYLES = frozenset(("date", "pretty", "ordinal", "weekdate", "none"))
# The same name on some disks; the same address from the path; the same permalink.
NAME, ADDRESS, PERMALINK = "name", "address", "permalink"


class Twin(NamedTuple):
    """Another file at an article's address, and what they share."""

    path: str
    by: str


def twins(kb: KnowledgeBase) -> Mapping[str, Sequence[Twin]]:
    """By path of the article.

    Permalinks count where links name them: elsewhere many bases have permalinks that nothing uses, or one
    for all translations. Articles in different languages may share one, since sites serve them separately.
    """
    by_permalink = kb.config.link_by == "permalink"
    names = [(path, _permalink_of(said) if by_permalink else "") for path, _, said in kb.articles.names()]
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for by, groups in (
        (PERMALINK, _in_one_language(kb, _shared((said, path) for path, said in names if said))),
        (ADDRESS, _shared((address_of(path), path) for path, said in names if not said)),
        (NAME, _shared((folded(path), path) for path, _ in names)),
    ):
        for group in groups:
            for path in group:
                found[path].update((other, by) for other in group if other != path)
    elsewhere = {path for path, said in names if said} if kb.beside else ()
    for path, pages in kb.beside.items():
        for page in pages:
            if (same := folded(page) == folded(path)) or path not in elsewhere:
                found[path][page] = NAME if same else ADDRESS
    return {path: [Twin(*one) for one in sorted(others.items())] for path, others in found.items()}


def _permalink_of(said: str) -> str:
    """The address that a permalink names; empty if it is a pattern of one, or a style."""
    if not said or said in _STYLES or ":" in said or "{" in said:
        return ""
    return normalize("NFC", said).strip("/").removesuffix("index.html").rstrip("/")


def _shared(named: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The paths that share a name with others, name by name."""
    first: dict[str, str] = {}
    more: dict[str, list[str]] = {}
    for name, path in named:
        if (other := first.setdefault(name, path)) != path:
            more.setdefault(name, [other]).append(path)
    return list(more.values())


def _in_one_language(kb: KnowledgeBase, groups: list[list[str]]) -> Iterator[list[str]]:
    for group in groups:
        by_language = defaultdict(list)
        for path in group:
            by_language[kb.articles.at(path).settings.language.casefold()].append(path)
        yield from (one for one in by_language.values() if one[1:])
