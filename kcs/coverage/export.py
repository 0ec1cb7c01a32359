"""An export of a help desk, and how the user says that it is to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.coverage.tickets import Tickets, open_tickets
from kcs.coverage.tickets.columns import ASKED

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Export:
    """A ticket export and how to read it: `open_tickets` explains each."""

    path: Path
    mapping: dict[str, list[str]] = field(default_factory=dict)
    order: str = ""
    encoding: str = ""

    def open(self, kb: KnowledgeBase, needs: Sequence[Sequence[str]] = ASKED) -> Tickets:
        """FileProblem if unreadable, or has no column for what it `needs`."""
        return open_tickets(
            self.path,
            self.mapping,
            order=self.order,
            encoding=self.encoding,
            zone=kb.config.timezone,
            needs=needs,
        )
