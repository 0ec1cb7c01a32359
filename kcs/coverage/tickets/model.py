"""One ticket, whatever it came from, and the count of what was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from kcs.tuples import NamedTuple

_SHOWN = 20
# How many characters of a value are shown that cannot be read.
_VALUE = 60


# Not frozen: filling a frozen one costs four times as much, and an export holds a million.
@dataclass(slots=True)
class Ticket:
    """`id` as people write it (`ZD-9912`), `line` where it begins in its file. Moments are aware, or None if the
    export has none. `description` is plain text. `linked_articles`: ids, paths or addresses as the export names them.
    `requester`: names, addresses and numbers of whom its fields name.
    """

    id: str
    created_at: datetime | None = None
    closed_at: datetime | None = None
    subject: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    product: str = ""
    version: str = ""
    channel: str = ""
    handle_minutes: float | None = None
    linked_articles: tuple[str, ...] = ()
    line: int = 0
    requester: tuple[str, ...] = ()

    @property
    def asked_at(self) -> datetime | None:
        """When it came in; else when it was closed."""
        return self.created_at or self.closed_at


class Problem(NamedTuple):
    """Something in the file that is not a ticket, with the line where it begins (from 1)."""

    line: int
    message: str


@dataclass(slots=True)
class Count:
    """What became of the rows so far: `rows` = `read` + `refused` + `repeated`. `problems` are the first refused ones.

    Of those read: `cut`, descriptions that the export cut off; `unread`, field -> values that could not be
    understood and were left empty, of each field the first of them in `misreadings`. `seen`: bytes of the
    file so far; `watch` is called whenever some more are read.
    """

    rows: int = 0
    read: int = 0
    refused: int = 0
    repeated: int = 0
    cut: int = 0
    unread: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    misreadings: list[Problem] = field(default_factory=list)
    seen: int = 0
    watch: Callable[[], None] | None = field(default=None, repr=False, compare=False)

    def refuse(self, line: int, message: str) -> None:
        """Count a row that cannot be read."""
        self.rows += 1
        self.refused += 1
        if len(self.problems) < _SHOWN:
            self.problems.append(Problem(line, message))

    def saw(self, size: int) -> None:
        """Count bytes of the file."""
        self.seen += size
        if self.watch:
            self.watch()

    def misread(self, name: str, line: int, value: object) -> None:
        """Count a value that was left empty."""
        if name not in self.unread:
            self.misreadings.append(
                Problem(line, f"has {name} {str(value)[:_VALUE]!r}, which cannot be read")
            )
        self.unread[name] = self.unread.get(name, 0) + 1
