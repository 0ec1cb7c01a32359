"""What should exist and does not: product by type by audience, and the languages of existing articles."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING

from kcs.errors import UsageProblem
from kcs.kb.values import alike
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


class Cell(NamedTuple):
    """One place of the taxonomy. What kcs.toml does not list is empty and asks for nothing.

    `families`: how many articles there are, an article and its translations counting as one; `lacking`: language -> how
    many of them have no translation into it.
    """

    product: str
    type: str
    audience: str
    families: int
    lacking: Mapping[str, int]


class TaxonomyGaps(NamedTuple):
    """All cells in the order of kcs.toml. `outside`: articles in none of them."""

    cells: list[Cell]
    languages: tuple[str, ...]
    outside: int


def asks(kb: KnowledgeBase) -> bool:
    """Whether kcs.toml lists anything that should exist."""
    return any(kb.config.taxonomy.values())


def taxonomy_gaps(kb: KnowledgeBase) -> TaxonomyGaps:
    """UsageProblem if kcs.toml lists nothing that should exist."""
    wanted = kb.config.taxonomy
    sides = [tuple(wanted.get(name, ())) for name in ("products", "types", "audiences")]
    languages = tuple(wanted.get("languages", ()))
    if not asks(kb):
        raise UsageProblem(
            "kcs.toml does not say what should exist",
            hint='[taxonomy] products = ["widget"], types = ["Solution"], audiences = [...], languages = ["en", "th"]',
        )
    families = _families(kb)
    own = {one.path: _place(one) for family in families for one in family}
    cells, inside = [], set[str]()
    for place in product(*(side or ("",) for side in sides)):
        asked = tuple(map(alike, place))
        within = {path for path, there in own.items() if _is_in(there, asked)}
        here = [family for family in families if any(one.path in within for one in family)]
        inside |= within
        lacking = {
            language: missing
            for language in languages
            if (missing := sum(not any(_speaks(one, language) for one in family) for family in here))
        }
        cells.append(Cell(place[0], place[1], place[2], len(here), lacking))
    return TaxonomyGaps(cells, languages, len(own.keys() - inside))


def _place(article: Article) -> tuple[str, ...]:
    """Its product, type and audience as people type them."""
    return tuple(map(alike, (article.own.product, article.type, article.settings.audience)))


def _is_in(own: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    return all(not wanted or wanted == value for wanted, value in zip(asked, own, strict=True))


def _speaks(article: Article, language: str) -> bool:
    spoken = article.settings.language.casefold()
    return spoken == language.casefold() or spoken.startswith(language.casefold() + "-")


def _families(kb: KnowledgeBase) -> list[list[Article]]:
    """Each article with its translations; archived ones are left out."""
    there = [one for one in kb.articles if one.confidence != "archived"]
    families: dict[str, list[Article]] = {}
    for article in there:
        families.setdefault(_original(kb, article.path), []).append(article)
    return list(families.values())


def _original(kb: KnowledgeBase, path: str) -> str:
    """The path of its original, at the end of the chain; its own if it is no translation."""
    seen = {path}
    while (origin := kb.translated.get(path, path)) in kb.by_path and origin not in seen:
        seen.add(origin)
        path = origin
    return path
