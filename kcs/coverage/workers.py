"""Judges many tickets in two processes: each gets one half of the subjects, so that repeated questions are judged once."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from zlib import crc32

from kcs.coverage.judging import Judge
from kcs.coverage.tickets import Ticket
from kcs.coverage.work import Work, state_of
from kcs.tuples import NamedTuple

_WORKERS = 2
# How many tickets go to the workers together, and how many such batches are on their way.
_TOGETHER, _AHEAD = 512, 4
_judge: list[Judge] = []


class Moved(Exception):
    """The articles or settings have changed since the work began."""


class _Batch(NamedTuple):
    """Tickets, and each share's position and verdicts; None if no worker has them."""

    tickets: list[Ticket]
    shares: list[tuple[list[int], Future[list[str]]]] | None


def judged_lines(
    work: Work, tickets: Iterator[Ticket], alone: Callable[[Ticket], str]
) -> Iterator[Sequence[str]]:
    """Lines for the spool in the order of the tickets, some hundred at a time; by `alone` where workers fail."""
    pools: list[ProcessPoolExecutor] = []
    waiting: deque[_Batch] = deque()
    try:
        pools += (_pool(work) for _ in range(_WORKERS))
        while batch := list(islice(tickets, _TOGETHER)):
            waiting.append(_sent(pools, batch))
            if len(waiting) >= _AHEAD:
                yield _lines_of(waiting.popleft(), alone)
        while waiting:
            yield _lines_of(waiting.popleft(), alone)
    finally:
        for pool in pools:
            pool.shutdown(wait=True, cancel_futures=True)


def _pool(work: Work) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"), initializer=_open, initargs=(work,))


def _sent(pools: Sequence[ProcessPoolExecutor], batch: list[Ticket]) -> _Batch:
    places: list[list[int]] = [[] for _ in pools]
    for place, ticket in enumerate(batch):
        places[crc32(ticket.subject.encode("utf-8", "replace")) % len(pools)].append(place)
    try:
        shares = [
            (some, pool.submit(_judged, [batch[place] for place in some]))
            for pool, some in zip(pools, places, strict=True)
        ]
    except (BrokenProcessPool, OSError):
        return _Batch(batch, None)
    return _Batch(batch, shares)


def _lines_of(batch: _Batch, alone: Callable[[Ticket], str]) -> list[str]:
    try:
        found = {
            place: line
            for places, future in batch.shares or ()
            for place, line in zip(places, future.result(), strict=True)
        }
    except (Moved, BrokenProcessPool):
        found = {}
    return [found.get(place) or alone(ticket) for place, ticket in enumerate(batch.tickets)]


# ---- in the worker


def _open(work: Work) -> None:
    import signal
    import threading

    # Ctrl-C reaches all processes of a terminal: the first one lets these finish what they have.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from kcs.kb.base import KnowledgeBase
    from kcs.search import Searcher

    kb = KnowledgeBase.open(work.root)
    if state_of(kb) == work.state:
        _judge.append(Judge(kb, Searcher.open(kb, work.engine), work.floor))


def _end_with_parent() -> None:
    """A first process that was killed sends no word: its helpers would wait for ever."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _judged(tickets: Sequence[Ticket]) -> list[str]:
    from kcs.coverage.ticket_gaps import judged

    if not _judge:
        raise Moved
    return [judged(_judge[0], ticket).line() for ticket in tickets]
