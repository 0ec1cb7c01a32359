"""The tickets of an export that ask something, each once, in bounded memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from kcs.authoring.intake import lost_digits
from kcs.coverage.tickets.model import Count, Ticket


def counted(tickets: Iterator[Ticket], count: Count, asks: bool) -> Iterator[Ticket]:
    """Tickets with content, each id once: exports with a row per comment repeat the ticket's."""
    seen = Seen()
    for ticket in tickets:
        if asks and not ticket.subject and not ticket.description:
            count.refuse(ticket.line, f"{ticket.id or 'the row'} has neither a subject nor a description")
        elif lost := lost_digits(ticket.id):
            count.refuse(ticket.line, f"{lost}: keep that column as text")
        elif ticket.id and seen.is_known(ticket.id):
            count.rows += 1
            count.repeated += 1
        else:
            count.rows += 1
            count.read += 1
            yield ticket


class Seen:
    """A set of digests in 8 bytes each, half of it empty: a million ids take 16 MB."""

    def __init__(self) -> None:
        self._size = 1 << 12
        self._slots = array("Q", bytes(8 * self._size))
        self._filled = 0

    def is_known(self, name: str) -> bool:
        """Whether it was seen before; remembers it."""
        digest = (hash(name) & 0xFFFFFFFFFFFFFFFF) or 1
        place = self._place(digest)
        if self._slots[place]:
            return True
        self._slots[place] = digest
        self._filled += 1
        if self._filled * 2 > self._size:
            self._grow()
        return False

    def _place(self, digest: int) -> int:
        mask, slots = self._size - 1, self._slots
        place = digest & mask
        while slots[place] and slots[place] != digest:
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        old = self._slots
        self._size *= 2
        self._slots = array("Q", bytes(8 * self._size))
        for digest in old:
            if digest:
                self._slots[self._place(digest)] = digest
