"""Verdicts so far, on disk: an interrupted run resumes where it stopped, and no question is judged twice."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from kcs.coverage.judging import Verdict
from kcs.errors import FileProblem
from kcs.kb.base import KnowledgeBase

_FOLDER = "coverage"
# The version of a line's content. Since 2, texts keep their lines; since 3, the nearest is who covers most
# among the first ten; since 4, all articles that a ticket is linked to; since 5, those that ask nothing;
# since 6, fewer of these; since 7, short questions are judged without how they are put; since 8, that ends
# where a name goes on; since 9, so are Vietnamese, Thai and Arabic ones of any length; since 10, synonyms
# rank as if they were typed; since 11, words are compared as in version 8 of an index; since 12, how a
# question is put ends where a Thai word does, and of synonyms the best counts; since 13, usual short forms
# are synonyms; since 14, fewer are, and what follows a word of a synonym is looked for.
_VERSION = b"14\n"
_KEPT = 3
_TOGETHER = 200


# Not frozen: there are a million of them.
@dataclass(slots=True)
class Judged:
    """One ticket. `at`, `closed`: seconds since 1970, 0 where unknown; `minutes`: None where unknown.

    Only uncovered tickets have `subject` (silent ones what they are) and `text` (as the requestor wrote them, with line breaks) and `people` (whom the ticket's
    fields name). `others`: of an uncovered one the articles next after `path`, of a linked one those that are linked beside it.
    `typed`: a search with its conditions, which `subject` has not.
    """

    verdict: Verdict
    id: str
    at: int
    closed: int
    minutes: float | None
    product: str
    path: str
    match: float
    linked: bool
    subject: str = ""
    text: str = ""
    others: Sequence[str] = ()
    people: Sequence[str] = ()
    typed: str = ""

    @property
    def near(self) -> list[str]:
        """The nearest articles."""
        return [self.path, *self.others] if self.path else []

    def line(self) -> str:
        """One line of JSON."""
        return json.dumps([getattr(self, name) for name in self.__slots__], ensure_ascii=True) + "\n"


class Spool:
    """The file of one question: these tickets, these articles, this engine. Private to the user, in the cache."""

    def __init__(self, kb: KnowledgeBase, *question: object) -> None:
        state = sha256(_VERSION)
        for article in kb.articles:
            state.update(f"{article.path}\0{article.oid}\n".encode("utf-8", "surrogateescape"))
        state.update(repr(question).encode("utf-8", "backslashreplace"))
        self._folder = kb.cache.folder / _FOLDER
        self.path = self._folder / f"{state.hexdigest()[:24]}.jsonl"
        self._stream: IO[str] | None = None
        self._waiting: list[str] = []
        self._memory: list[str] | None = None

    def __iter__(self) -> Iterator[Judged]:
        """The kept verdicts in order; a torn last line is skipped."""
        if self._memory is not None:
            yield from (Judged(*json.loads(line)) for line in self._memory)
            return
        for line in self._lines():
            yield Judged(*json.loads(line))

    def resume(self) -> int:
        """Make it ready for more, and return how many it holds. Without a folder to write to, it is kept in memory."""
        count = size = 0
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for line in self._lines():
                count += 1
                size += len(line)
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600)
            os.truncate(descriptor, size)
            os.lseek(descriptor, 0, os.SEEK_END)
            self._stream = open(descriptor, "a", encoding="ascii")  # noqa: PTH123, SIM115 - a descriptor, and closed by `close`
        except OSError:
            self._memory = []
            return 0
        self._forget_others()
        return count

    def add(self, line: str) -> None:
        """Note the line of a verdict; lines are written to disk a few at a time."""
        if self._memory is not None:
            self._memory.append(line)
            return
        self._waiting.append(line)
        if len(self._waiting) >= _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write the waiting lines to disk. FileProblem if that is impossible."""
        if self._stream is not None and self._waiting:
            raw = "".join(self._waiting)
            self._waiting.clear()
            try:
                self._stream.write(raw)
                self._stream.flush()
            except OSError as error:
                self._let_go()
                raise FileProblem(
                    f"cannot be written: {error.strerror}",
                    path=str(self.path),
                    hint="free some space; what was judged so far is kept, and the next run continues from there",
                ) from error

    def close(self) -> None:
        """Keep what there is."""
        self.flush()
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _let_go(self) -> None:
        """Close the file without the data that could not be written: trying again would fail again."""
        stream, self._stream = self._stream, None
        if stream is not None:
            with suppress(OSError):
                stream.close()

    def _lines(self) -> Iterator[str]:
        try:
            with self.path.open(encoding="ascii", newline="\n") as stream:
                for line in stream:
                    if not line.endswith("]\n"):
                        return
                    yield line
        except (OSError, UnicodeError):
            return

    def _forget_others(self) -> None:
        """Tickets hold people's words: keep only the last few questions."""

        def age(file: Path) -> float:
            try:
                return -file.stat().st_mtime
            except OSError:
                return 0.0

        for file in sorted(self._folder.glob("*.jsonl"), key=age)[_KEPT:]:
            if file != self.path:
                file.unlink(missing_ok=True)


def stamp_of(path: Path) -> tuple[str, int, int]:
    """What shows that a file is unchanged."""
    facts = path.stat()
    return (str(path.resolve()), facts.st_size, facts.st_mtime_ns)
