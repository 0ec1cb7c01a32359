"""What search needs of an engine, and no more: anything that keeps postings, here or remote, can be one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from kcs.search.model import Entry, Found, Plan

# Gives entries back as they were brought in, by their numbers: kept once, for all engines, beside their postings.
Recall = Callable[[Iterable[int]], Iterator[Entry]]


class Damaged(Exception):
    """What an engine, or the index around it, keeps is unusable: it is rebuilt, and never the user's to repair."""


class Superseded(Damaged):
    """Another process changed the index since it was opened: open it again; nothing else is wrong."""


class Engine(Protocol):
    """The postings of one knowledge base. Works in batches and hands out no file: it may be on another machine."""

    exact: bool
    """Whether its scores are those of kcs.search.engines.scoring; else they are near to these."""

    keyed: bool
    """Whether it is given keys in place of terms (kcs.search.index_keys). What it recalls is in terms."""

    state: str
    """What `seal` gave at the last change; empty where nothing was ever brought in."""

    total: int
    """How many entries there are."""

    def change(
        self, gone: Collection[int], new: Iterable[Entry], recall: Recall, seal: Callable[[], str], /
    ) -> None:
        """Take out the entries with these numbers and bring in the new ones: all of it or nothing.

        `seal` is asked last, when `new` is used up, for the state that then holds: it comes in with the same stroke.
        """

    def find(self, plan: Plan, most: int, within: Collection[int] | None = None) -> Found:
        """The best `most` entries that fit; `within`: only among these numbers. Damaged where postings are."""

    def close(self) -> None:
        """Let go of what is held. The index stays."""


class Opener(Protocol):
    """How an engine is had: what lies in the folder, or nothing yet."""

    def __call__(self, folder: Path, /) -> Engine:
        """Damaged where what lies there cannot be used."""
