"""An export of tickets, and the user's options for its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from kcs.coverage.tickets.columns import ASKED, Column
from kcs.coverage.tickets.model import Count, Ticket
from kcs.coverage.tickets.once import counted

DATES = ("created_at", "closed_at")


@dataclass(slots=True)
class Tickets:
    """One export. Iterate to read it, once or again; `count` is of the last time and right when that has ended.

    `shape` (csv, jsonl, json, xml), `encoding` and `separator` are known at once, `system` and `columns` (of
    the first rows) too. `asks`: whether a ticket has to say what was asked. `watch` is called again and again
    as the file is read, whatever becomes of its rows.
    """

    path: Path
    shape: str
    encoding: str
    separator: str
    system: str
    columns: tuple[Column, ...]
    count: Count = field(default_factory=Count)
    asks: bool = True
    watch: Callable[[], None] | None = None
    _read: Callable[[Count], Iterator[Ticket]] = field(default=lambda _: iter(()), repr=False)

    def __iter__(self) -> Iterator[Ticket]:
        self.count = Count(watch=self.watch)
        return counted(self._read(self.count), self.count, self.asks)

    def part(self) -> float:
        """How much of the file was read the last time, from 0 to 1."""
        try:
            size = self.path.stat().st_size
        except OSError:  # it is read to its end all the same
            return 1.0
        return min(1.0, self.count.seen / max(1, size))


@dataclass(frozen=True, slots=True)
class Wish:
    """The user's options for the columns."""

    mapping: Mapping[str, Sequence[str]]
    order: str
    zone: tzinfo
    needs: Sequence[Sequence[str]]

    @property
    def asks(self) -> bool:
        """Whether a ticket has to say what was asked."""
        return self.needs == ASKED
