"""A file as one commit left it, from Git's words about the commit."""

from __future__ import annotations

from typing import Literal

from kcs.tuples import NamedTuple

Status = Literal["known", "uncommitted", "unknown", "beyond"]
# The fields of Version that the commit alone decides, in order.
Commit = tuple[str, str, str, int, int, str]
# The last second of the year 9999; the digits of a moment that we read.
_LAST_SECOND, _MOST_DIGITS = 253402300799, 99


class Version(NamedTuple):
    """A file as one commit left it. People are named by that history's mailmap.

    Times are seconds since 1970 (UTC; 0 if the commit holds nonsense).
    `path` is the file's path then, `blob` the id of its content.
    """

    commit: str
    author_name: str
    author_email: str
    author_time: int
    committer_time: int
    subject: str
    blob: str
    path: str


class Reference(NamedTuple):
    """Where the present value of a claim was introduced.

    known: by `version`; uncommitted: HEAD's file does not hold it; unknown: beyond where a shallow clone ends.
    """

    status: Status
    version: Version | None = None


class Step(NamedTuple):
    """A version, and the file's (blob, path) in each parent of its commit that has it."""

    version: Version
    before: tuple[tuple[str, str], ...]
    merge: bool


def commit_of(said: str) -> Commit:
    """The fields of Version that its commit alone decides, `said` being the lines of git.graph.SAID."""
    oid, authored, committed, email, name, subject = said.split("\n", 5)
    return oid, name, email, _moment(authored), _seconds(committed) or 0, subject[:500]


def _moment(raw: str) -> int:
    """Git's `1605044400 -0600` as seconds; 0 if it is malformed or beyond the year 9999."""
    digits, _, zone = raw.partition(" ")
    return (_seconds(digits) or 0) if len(zone) == 5 and zone[1:].isdecimal() else 0


def _seconds(digits: str) -> int | None:
    # Digits as in the commit, even too many for a number.
    seconds = int(digits[:_MOST_DIGITS]) if digits.isdecimal() else _LAST_SECOND + 1
    return seconds if seconds <= _LAST_SECOND else None
