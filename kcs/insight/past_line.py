"""The line of first parents: which commit stood at the end of a day, and what each file was on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, tzinfo

from kcs.kb.git.change import NOTHING
from kcs.kb.git.graph import Log
from kcs.kb.git.repository import Repository
from kcs.tuples import NamedTuple


class Moment(NamedTuple):
    """A day and the commit that is the base's state at its end."""

    day: date
    commit: str


def moments(repo: Repository, head: str, days: Iterable[date], zone: tzinfo) -> list[Moment]:
    """Those of `days` on which there was a commit already, as `--at DATE` finds it: one process for all of them."""
    told = repo.run("rev-list", "--first-parent", "--timestamp", head, "--").split(b"\n")[:-1]
    line = [(int(seconds), oid) for seconds, _, oid in (one.partition(b" ") for one in told)]
    # The first on the way down that is not younger: the least time seen so far decides it.
    least, falling = None, []
    for seconds, oid in line:
        if least is None or seconds < least:
            least = seconds
            falling.append((-seconds, oid.decode("ascii")))
    found = []
    for day in days:
        end = int(datetime.combine(day, time.max, zone).timestamp() // 1)
        at = bisect_left(falling, (-end,))
        if end >= 0 and at < len(falling):
            found.append(Moment(day, falling[at][1]))
    return found


class State(NamedTuple):
    """A file as one commit of the line left it. `since` is that commit's number in the log."""

    path: bytes
    since: int
    blob: bytes


def states(log: Log, numbers: Sequence[int], prefix: bytes) -> Iterator[list[State]]:
    """For each commit of `numbers` (of the line, the oldest first)
    the files whose state is another than at the one before.

    A state with the blob NOTHING is a file that is gone. Only paths below `prefix`.
    """
    line = _line(log, numbers[-1]) if numbers else set()
    steps: list[list[State]] = [[] for _ in numbers]
    rising = [-number for number in numbers]  # numbers fall with age
    for path in log.paths():
        if not path.startswith(prefix):
            continue
        before = None
        for commit, _, blob, _ in reversed([*log.entries(path)]):
            if commit not in line:
                continue
            at = bisect_left(rising, -commit)
            if at == len(rising):
                break
            if before is not None and before[0] == at:
                steps[at].pop()
            steps[at].append(State(path, commit, blob))
            before = (at, blob)
    yield from steps


def _line(log: Log, newest: int) -> set[int]:
    found, at = set(), newest
    while True:
        found.add(at)
        if not log.parents[at]:
            return found
        at = log.parents[at][0]


__all__ = ["NOTHING", "Moment", "State", "moments", "states"]
