"""What a base's index holds, and how it differs from the present articles. Read-only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.search.engines.choose import chosen_engine, engine_named
from kcs.search.engines.engine import Damaged
from kcs.search.index_folder import index_folder
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.search.index import Index


class IndexStatus(NamedTuple):
    """`articles`: how many it holds; `missing`: how many it lacks; `extra`: how many no longer exist.

    `size`: bytes on disk. `kept` is False if there is none, or one that will be rebuilt.
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
        """Whether it is up to date for a search."""
        return self.kept and not self.missing and not self.extra


def _sizes(folder: Path) -> Iterator[int]:
    for where, _, names in os.walk(folder):
        for name in names:
            # Another kcs may remove a file.
            with suppress(OSError):
                yield os.stat(f"{where}/{name}").st_size  # noqa: PTH116 - hot


def index_status(kb: KnowledgeBase, index: Index | None = None) -> IndexStatus:
    """The status of the base's index; `index`: the open one, if any. One in memory counts as not kept."""
    name = chosen_engine(kb.config)
    engine_named(name)  # a missing engine is an error, not an empty index
    folder = index_folder(kb, name)
    size = sum(_sizes(folder))
    if index is not None:
        return _compared(kb, index, IndexStatus(name, folder, index.folder is not None, 0, 0, 0, size))
    from kcs.search.index_open import kept_index

    nothing = IndexStatus(name, folder, False, 0, sum(bool(one.oid) for one in kb.articles), 0, size)
    index = kept_index(folder, name)
    if index is None:
        return nothing
    try:
        return _compared(kb, index, IndexStatus(name, folder, True, 0, 0, 0, size))
    except Damaged:
        return nothing
    finally:
        index.close()


def _compared(kb: KnowledgeBase, index: Index, status: IndexStatus) -> IndexStatus:
    if kb.state and index.state.base == kb.state:
        return status._replace(articles=index.engine.total)
    from collections import Counter

    wanted = Counter(article.oid for article in kb.articles if article.oid)
    pairs = zip(index.held.oids, index.state.numbers, strict=True)
    held = Counter(oid for oid, number in pairs if number)
    missing, extra = (wanted - held).total(), (held - wanted).total()
    return status._replace(articles=index.engine.total, missing=missing, extra=extra)
