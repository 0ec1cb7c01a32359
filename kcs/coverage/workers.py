"""Judges many tickets in two processes: each gets one half
of the subjects, so that repeated questions are judged once.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent import futures
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Lock, Thread
from typing import TYPE_CHECKING
from zlib import crc32

from kcs.coverage.judging import Judge
from kcs.coverage.tickets import Ticket
from kcs.coverage.work import Work, state_of
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_WORKERS = 2
# How many tickets go to the workers together, and how many such batches are on their way.
_TOGETHER, _AHEAD = 512, 4
# Seconds in which verdicts are sent.
_SENT = 0.02
_judge: list[Judge] = []


class Moved(Exception):
    """The articles or settings have changed since the work began."""


class _Batch(NamedTuple):
    """Tickets, and each share's position and verdicts; None if no worker has them."""

    tickets: list[Ticket]
    shares: list[tuple[list[int], Future[list[str]]]] | None


def judged_lines(
    work: Work, tickets: Iterator[Ticket], alone: Callable[[Ticket], str]
) -> Generator[Sequence[str]]:
    """Lines for the spool in the order of the tickets, some hundred at a time,
    and none each second until they are there; by `alone` where workers fail.
    """
    pools: list[ProcessPoolExecutor] = []
    waiting: deque[_Batch] = deque()
    context = get_context("spawn")
    told, tell = context.Pipe(duplex=False)
    try:
        pools += (
            ProcessPoolExecutor(1, context, initializer=_open, initargs=(work, told)) for _ in range(_WORKERS)
        )
        while batch := list(islice(tickets, _TOGETHER)):
            waiting.append(_sent(pools, batch))
            if len(waiting) >= _AHEAD:
                yield from _lines_of(waiting.popleft(), alone)
        while waiting:
            yield from _lines_of(waiting.popleft(), alone)
    finally:
        tell.close()
        told.close()
        for pool in pools:
            pool.shutdown(wait=True, cancel_futures=True)


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


def _lines_of(batch: _Batch, alone: Callable[[Ticket], str]) -> Iterator[list[str]]:
    while futures.wait([future for _, future in batch.shares or ()], 1).not_done:
        yield []
    try:
        found = {
            place: line
            for places, future in batch.shares or ()
            for place, line in zip(places, future.result(), strict=True)
        }
    except (Moved, BrokenProcessPool):
        found = {}
    yield [found.get(place) or alone(ticket) for place, ticket in enumerate(batch.tickets)]


# ---- in the worker


class _End:
    """Ends a worker at once when the first process ends or says so: what is on its way may take it half a minute more.

    But not while it sends verdicts: the first process would wait for the rest of them.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_sending = True

    @contextmanager
    def may_come(self) -> Iterator[None]:
        """Within, nothing is sent."""
        with self._lock:
            self._is_sending = False
        try:
            yield
        finally:
            with self._lock:
                self._is_sending = True

    def await_word(self, told: Connection) -> None:
        """A first process that was killed sends no word: its helpers would wait for ever."""
        parent = parent_process()
        assert parent, "this is a worker"
        ended = parent.sentinel in wait([parent.sentinel, told])
        while not ended:
            with self._lock:
                if not self._is_sending:
                    os._exit(1)
            ended = bool(wait([parent.sentinel], _SENT))
        os._exit(1)


_end = _End()


def _open(work: Work, told: Connection) -> None:
    # Ctrl-C reaches all processes of a terminal: the first one says whether these end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end.await_word, args=(told,), daemon=True).start()
    with _end.may_come():
        from kcs.kb.base import KnowledgeBase
        from kcs.search import Searcher

        kb = KnowledgeBase.open(work.root, as_of=work.today)
        if state_of(kb) == work.state:
            _judge.append(Judge(kb, Searcher.open(kb, work.engine), work.floor))


def _judged(tickets: Sequence[Ticket]) -> list[str]:
    from kcs.coverage.ticket_gaps import judged

    if not _judge:
        raise Moved
    with _end.may_come():
        return [judged(_judge[0], ticket).line() for ticket in tickets]
