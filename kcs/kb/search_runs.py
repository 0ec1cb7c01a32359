"""Runs of refinements: searches of one person soon after each other are one question, put better each time."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    from kcs.kb.ledger_lines import Event

# Searches of one person within this many seconds of each other are one question.
RUN = 120
_ID_BITS = 30
_Search = TypeVar("_Search")


def person(event: Event) -> str:
    """Whose run the event belongs to. A person who is not known still has a terminal."""
    return event.actor or event.session or event.id


def is_look(event: Event) -> bool:
    """Whether the person had what was asked for: opened an article, or linked a hit to a ticket.
    Then the next search asks something else.
    """
    return event.kind == "open" or (event.kind == "link" and bool(event.after))


def last_ones(events: Iterable[tuple[int, _Search | None]]) -> Iterator[_Search]:
    """The searches that end their run: nothing else was asked within two minutes, or something was looked at first.

    `events` of one person in order: the second, and the search; None for a look.
    """
    waiting: tuple[int, _Search] | None = None
    for second, search in events:
        if waiting is not None and (search is None or second - waiting[0] > RUN):
            yield waiting[1]
            waiting = None
        if search is not None:
            waiting = second, search
    if waiting is not None:
        yield waiting[1]


class Runs:
    """The searches and looks of all persons, eight bytes each; tells which searches were put better afterwards."""

    def __init__(self) -> None:
        self._runs: dict[str, array[int]] = {}
        self._refined: dict[str, set[int]] | None = None

    def add(self, event: Event) -> None:
        """Every event counts that a person at a terminal made."""
        if event.origin == "person" and (event.kind == "search" or is_look(event)):
            self._runs.setdefault(person(event), array("Q")).append(_packed(event))

    def is_refined(self, event: Event) -> bool:
        """Whether the same person asked again within two minutes, and looked at nothing before. Once all are added."""
        if event.origin != "person":
            return False
        if self._refined is None:
            self._refined = {one: _refined(run) for one, run in self._runs.items()}
            self._runs.clear()
        return _packed(event) in self._refined.get(person(event), ())


def _refined(run: array[int]) -> set[int]:
    events = sorted(run)
    ends = set(last_ones((one >> _ID_BITS + 1, None if _is_look(one) else one) for one in events))
    return {one for one in events if not _is_look(one) and one not in ends}


def _is_look(packed: int) -> bool:
    return bool(packed >> _ID_BITS & 1)


def _packed(event: Event) -> int:
    """The second, whether it is a look, and what tells it from others of this second."""
    told = crc32(event.id.encode("utf-8", "surrogatepass")) & (1 << _ID_BITS) - 1
    return (max(int(event.at.timestamp()), 0) << 1 | is_look(event)) << _ID_BITS | told
