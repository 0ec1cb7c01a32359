"""What lies in the index of a base, and how far that is from the articles there are. Reads only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.search.engines.choose import chosen_engine, engine_named
from kcs.search.engines.engine import Damaged
from kcs.search.index_folder import index_folder
from kcs.search.index_open import kept_index

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.search.index import Index


@dataclass(frozen=True)
class IndexStatus:
    """`articles`: how many it holds; `missing`: how many of the base it does not; `extra`: how many are there no more.

    `size`: bytes on the disk. `kept` is False where there is none, or one that will be made anew.
    """

    engine: str
    folder: Path
    kept: bool
    articles: int
    missing: int
    extra: int
    size: int

    @property
    def current(self) -> bool:
        """Whether a search would find it as it should be."""
        return self.kept and not self.missing and not self.extra


def index_status(kb: KnowledgeBase, engine: str | None = None) -> IndexStatus:
    """The status of the base's index; with another engine, of that one's."""
    name = chosen_engine(kb.config, engine)
    engine_named(name)  # one that is not installed is to be told, not shown as an empty index
    folder = index_folder(kb, name)
    wanted = Counter(article.oid for article in kb.articles if article.oid)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    index = kept_index(folder, name)
    try:
        held = _held(index) if index else Counter[str]()
    except Damaged:
        index = None
        held = Counter()
    status = IndexStatus(
        engine=name,
        folder=folder,
        kept=index is not None,
        articles=held.total(),
        missing=(wanted - held).total(),
        extra=(held - wanted).total(),
        size=size,
    )
    if index:
        index.close()
    return status


def _held(index: Index) -> Counter[str]:
    pairs = zip(index.held.oids, index.state.numbers, strict=True)
    return Counter(oid for oid, number in pairs if number)
