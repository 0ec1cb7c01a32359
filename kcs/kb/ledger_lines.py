"""One event of use, and its line of JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, Any, Literal

from kcs.article.ids import ALPHABET
from kcs.tuples import NamedTuple

Kind = Literal["search", "open", "link"]
KINDS: tuple[Kind, ...] = ("search", "open", "link")
# Outcomes that are no reuse: the article was tried and was wrong; the link itself was a mistake, and was taken back.
WRONG, UNDONE = "wrong", "undone"
ORIGINS = ("person", "new", "batch", "agent", "ci")
ID_LENGTH = 16
LONGEST_QUERY = 500
# A longer line is not ours: never hold one in memory.
LONGEST_LINE = 1 << 16
_HEAD = b'{"id":"'
# Minutes; nobody spends a lifetime on a ticket.
_MOST = 1e9


class Event(NamedTuple):
    """One search, one opened article, or one article linked to a ticket.

    `at` is aware. `actor`: `human:<id>` or `process:<id>`, empty if unknown. `origin`: one of ORIGINS.
    `session`: random, the same for one terminal. A search's `query` is already free of personal data,
    `match` is in [0, 1], `top` the key of its first article; `after`: id of the search that an open or a link came from.
    `outcome` of a link: solved, partly, wrong, undone, or empty; `minutes`: handling time of its ticket, 0 when unknown.
    """

    id: str
    at: datetime
    kind: Kind
    actor: str = ""
    origin: str = "person"
    session: str = ""
    query: str = ""
    answered: bool = False
    total: int = 0
    match: float = 0.0
    top: str = ""
    article: str = ""
    after: str = ""
    ticket: str = ""
    outcome: str = ""
    minutes: float = 0.0


_DEFAULTS = Event("", datetime.fromtimestamp(0, UTC), "search")
_QUERY = Event._fields.index("query")
_PLAIN = tuple((name, getattr(_DEFAULTS, name)) for name in Event._fields[3:])


def random_id(length: int = ID_LENGTH) -> str:
    """A random, unique id."""
    return "".join(ALPHABET[byte & 31] for byte in os.urandom(length))


def new_event(kind: Kind, at: datetime | None = None, **facts: Any) -> Event:
    """An event of now, with an id of its own; `facts` are the other fields of Event."""
    event = Event(random_id(), at or datetime.now(UTC), kind, **facts)
    if event.at.tzinfo is None:
        raise ValueError("an event's time must say its zone")
    if kind not in KINDS or event.origin not in ORIGINS:
        raise ValueError(f"no such event: {kind} from {event.origin}")
    return event._replace(query=event.query[:LONGEST_QUERY])


def newest_links(events: Iterable[Event]) -> dict[tuple[str, str], Event]:
    """(ticket, article) -> its newest link, in whatever order they are read: that word counts in every figure."""
    newest: dict[tuple[str, str], Event] = {}
    for event in events:
        if event.kind == "link":
            pair = (event.ticket, event.article)
            newest[pair] = max(event, newest.get(pair, event), key=lambda one: (one.at, one.id))
    return newest


def undone_links(events: Iterable[Event]) -> set[tuple[str, str]]:
    """(ticket, article) of each link that was taken back, and not made again since."""
    return {pair for pair, event in newest_links(events).items() if event.outcome == UNDONE}


def to_line(event: Event) -> bytes:
    """The line, newline included; empty fields are left out. The id comes first."""
    at = event.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    told: dict[str, Any] = {"id": event.id, "at": at, "kind": event.kind}
    told |= {name: value for name, plain in _PLAIN if (value := getattr(event, name)) != plain}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace") + b"\n"


def from_line(line: bytes) -> Event | None:
    """The event in a line; None for anything else. Finds a whole event after a torn one."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        start = line.rfind(_HEAD)
        return from_line(line[start:]) if start > 0 else None
    return _event(told) if isinstance(told, dict) else None


def _event(told: dict[str, Any]) -> Event | None:
    try:
        at = datetime.fromisoformat(told["at"])
        known, kind = told["id"], told["kind"]
        # At the calendar's ends, a zone may leave it.
        at = at.astimezone(UTC) if at.tzinfo else at
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    if kind not in KINDS or not isinstance(known, str) or not 0 < len(known) <= 64 or at.tzinfo is None:
        return None
    values = [known, at, kind]
    for name, plain in _PLAIN:
        value = told.get(name, plain)
        if type(value) is not type(plain):
            if type(plain) is not float or type(value) is not int or value.bit_length() > 64:
                return None
            value = float(value)
        # Neither is below nothing, and one sum with an infinite time would be no number.
        if type(value) is float and not 0 <= value < _MOST:
            return None
        values.append(value)
    values[_QUERY] = values[_QUERY][:LONGEST_QUERY]  # a foreign line's may be a page
    return Event._make(values)


def lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file, except those too long for an event; at most one is in memory."""
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            continue
        yield line
