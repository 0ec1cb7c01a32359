"""Many queries in one process: for evaluation, and for scripts that ask a lot."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kcs.errors import FileProblem, UsageProblem
from kcs.kb.base import KnowledgeBase
from kcs.search.answer import Answer, Request
from kcs.search.asking import Asker
from kcs.search.language import MOST_SIGNS, Query, parse
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.search.index_update import Progress

# Longer lines are cut when read, so that a file without line ends does not fill memory.
_LONGEST = MOST_SIGNS * 4


class Numbered(NamedTuple):
    """The answer to the query in line `number` (from 1); `problem`: why there is none."""

    number: int
    answer: Answer
    problem: UsageProblem | None = None


def answers(
    kb: KnowledgeBase, source: str, request: Request, progress: Progress | None = None
) -> Iterator[Numbered]:
    """Answer each line of a file, or of standard input for `-`, as `request` says, in order. FileProblem for the file.

    `progress` reports long work on the index.
    """
    from kcs.search.searcher import Searcher

    with _stream(source) as stream:
        searcher = Searcher.open(kb, progress=progress)
        try:
            asker = Asker(kb, searcher)
            for number, line in enumerate(_lines(stream), 1):
                yield _numbered(asker, request, number, line)
        finally:
            searcher.close()


def _numbered(asker: Asker, request: Request, number: int, line: str) -> Numbered:
    try:
        query = parse(line)
        if query.words or query.conditions or query.without:
            return Numbered(number, asker.answer(request._replace(query=query)))
    except UsageProblem as problem:
        return Numbered(number, _nothing(Query(line, ""))._replace(notes=(problem.message,)), problem)
    return Numbered(number, _nothing(query))


def _nothing(query: Query) -> Answer:
    return Answer(query, 0, False, 0.0, ())


@contextmanager
def _stream(source: str) -> Iterator[IO[bytes]]:
    if source == "-":
        yield sys.stdin.buffer
        return
    with ExitStack() as held:
        try:
            stream = held.enter_context(Path(source).open("rb"))
        except OSError as error:
            raise FileProblem(f"cannot be read: {error.strerror}", path=source) from error
        yield stream


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """Each line without its end; only the start of a very long one."""
    first = True
    while line := stream.readline(_LONGEST):
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(_LONGEST)):
            pass
        line = line.removeprefix(b"\xef\xbb\xbf") if first else line
        first = False
        yield line.decode("utf-8", "replace").rstrip("\r\n")
