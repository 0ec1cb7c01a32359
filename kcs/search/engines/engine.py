"""What search needs of an engine, and no more: whatever keeps postings, here or far away, can be one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from kcs.search.model import Entry, Found, Plan


class Engine(Protocol):
    """One index of one knowledge base. Works in batches and hands out no file: it may lie on another machine."""

    def change(self, gone: Collection[int], new: Iterable[Entry]) -> None:
        """Take out the entries with these numbers and bring in the new ones: all of it or nothing."""

    def find(self, plan: Plan, most: int, within: Collection[int] | None = None) -> Found:
        """The best `most` entries that fit; `within`: only among these numbers."""

    def records(self, numbers: Iterable[int]) -> Mapping[int, str]:
        """The records of these entries, all in one go."""

    def close(self) -> None:
        """Let go of what is held. The index stays."""
