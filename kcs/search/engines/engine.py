"""All that search needs of an engine: anything that keeps postings, local or remote, can be one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from kcs.search.model import Entry, Found, Plan

# Returns entries by number, as they were added: kept once, for all engines, beside their postings.
Recall = Callable[[Iterable[int]], Iterator[Entry]]


class Damaged(Exception):
    """An engine's data, or the index around it, are unusable: we rebuild them, never the user."""


class Superseded(Damaged):
    """Another process changed the index since it was opened: open it again; nothing else is wrong."""


class Engine(Protocol):
    """The postings of one knowledge base. Works in batches and hands out no file: it may be on another machine."""

    exact: bool
    """Whether its scores equal those of kcs.search.engines.scoring; else they are close."""

    keyed: bool
    """Whether it gets keys in place of terms (kcs.search.index_keys). It recalls terms."""

    state: str
    """The result of `seal` at the last change; empty if nothing was ever added."""

    total: int
    """How many entries there are."""

    def change(
        self, gone: Collection[int], new: Iterable[Entry], recall: Recall, seal: Callable[[], str], /
    ) -> None:
        """Remove the entries with these numbers and add the new ones: all or nothing.

        `seal` is called last, when `new` is exhausted, for the new state, which is written in the same stroke.
        """

    def find(self, plan: Plan, most: int, within: Collection[int] | None = None) -> Found:
        """The best `most` entries that fit, and all that score as much as the last of them: which of
        these come first is no matter of numbers. `within`: only among these. Damaged if postings are.
        """

    def close(self) -> None:
        """Release all resources. The index stays."""


class Opener(Protocol):
    """Opens the engine in a folder, which may still be empty."""

    def __call__(self, folder: Path, /) -> Engine:
        """Damaged if its files are unusable."""
