"""The default engine: segments written by Whoosh, named by our own table of contents, which is no pickle.

A change writes a segment of new entries; eight segments of a size are merged into one. The table of contents is put in
place last, by a rename, and names everything valid: a reader has either the old or the new.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from kcs.kb.files import read_kept
from kcs.search.engines.engine import Damaged, Recall
from kcs.search.engines.marks import Mark, check, mark_of, started
from kcs.search.engines.scoring import K1, NONE, B, Matches, find
from kcs.search.engines.whoosh_segment import Segment
from kcs.search.model import Entry, Field, Found, Plan
from kcs.tuples import NamedTuple

FIELDS: tuple[Field, ...] = ("words", "clusters")
_CONTENTS = "contents.json"
_EXTENSIONS = ("trm", "pst", "doc")
_GROWTH = 8
# The most entries in memory while a segment is made: about 100 MB.
_MOST = 20_000


class _Part(NamedTuple):
    """A segment with its removed places."""

    segment: Segment
    gone: frozenset[int]
    marks: list[Mark]

    @property
    def live(self) -> int:
        return len(self.segment.numbers) - len(self.gone)

    @property
    def worn(self) -> bool:
        return self.live * 2 < len(self.segment.numbers)

    def numbers(self) -> list[int]:
        """The numbers not removed."""
        return [one for place, one in enumerate(self.segment.numbers) if place not in self.gone]

    def length(self, field: Field) -> tuple[int, int]:
        """The total length of the valid entries, and how many of them have the field."""
        lengths = self.segment.lengths[field]
        gone = [lengths[place] for place in self.gone]
        return sum(lengths) - sum(gone), sum(map(bool, lengths)) - sum(map(bool, gone))

    def without(self, numbers: frozenset[int]) -> _Part:
        """The part without these as well."""
        places = {place for place, one in enumerate(self.segment.numbers) if one in numbers}
        return self._replace(gone=self.gone | places)


class WhooshEngine:
    """The engine in `folder`."""

    exact = True
    keyed = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: list[_Part] = []
        self.state, self.total = "", 0
        # Of the entries that have any of it: in a base of many languages, few articles are in Thai.
        self._average = dict.fromkeys(FIELDS, 0.0)
        self._read()

    def _read(self) -> None:
        # Between two reads, another process may replace the table and remove what the first one named.
        for left in (2, 1, 0):
            try:
                self._take(json.loads(read_kept(self._folder / _CONTENTS)))
                return
            except FileNotFoundError:
                return
            except (Damaged, OSError, ValueError, TypeError, KeyError, RecursionError) as error:
                self.close()
                if not left:
                    raise Damaged(f"{self._folder}: {error}") from error

    def _take(self, contents: dict[str, Any]) -> None:
        if contents["order"] != sys.byteorder:
            raise Damaged("made on another machine")
        for name, gone, marks in contents["segments"]:
            for extension, mark in zip(_EXTENSIONS, marks, strict=True):
                check(self._folder / f"{name}.{extension}", mark, contents["started"])
            self._parts.append(_Part(Segment(self._folder, name), frozenset(gone), marks))
        self._count(contents["state"], dict(zip(FIELDS, contents["average"], strict=True)))

    def _count(self, state: str, average: dict[Field, float]) -> None:
        self.total = sum(part.live for part in self._parts)
        self._average, self.state = average, state

    def change(
        self, gone: Collection[int], new: Iterable[Entry], recall: Recall, seal: Callable[[], str]
    ) -> None:
        """As Engine says. OSError if it cannot be written: then nothing changed."""
        without = frozenset(gone)
        parts = [part.without(without) for part in self._parts] if without else list(self._parts)
        worn = [part for part in parts if part.worn]
        kept = [part for part in parts if not part.worn]
        written = self._write(kept, [number for part in worn for number in part.numbers()], new, recall)
        parts = kept + written
        average = {field: _average([part.length(field) for part in parts]) for field in FIELDS}
        state = seal()
        self._put(parts, average, state)
        named = {part.segment.name for part in parts}
        for part in self._parts:
            if part.segment.name not in named:
                part.segment.close()
        self._parts = parts
        self._count(state, average)

    def _write(
        self, kept: list[_Part], again: list[int], new: Iterable[Entry], recall: Recall
    ) -> list[_Part]:
        """New segments for `again` and `new`, and for the parts of `kept` that are merged into them and leave it."""
        from itertools import chain

        # Imported only here: loading Whoosh takes longer than reading an index.
        from kcs.search.engines.whoosh_writer import SegmentWriter

        written: list[_Part] = []
        entries, more = chain(recall(again), new), True
        while more:
            writer = SegmentWriter()
            more = writer.add(entries, _MOST)
            if not writer.numbers:
                break
            if not more and not written:
                taken = _taken(kept, len(writer.numbers))
                writer.add(recall([one for part in taken for one in part.numbers()]), sys.maxsize)
                kept[:] = [part for part in kept if part not in taken]
            name = writer.write(self._folder)
            marks = [mark_of(self._folder / f"{name}.{extension}") for extension in _EXTENSIONS]
            written.append(_Part(Segment(self._folder, name), frozenset(), marks))
        return written

    def _put(self, parts: list[_Part], average: dict[Field, float], state: str) -> None:
        from kcs.kb.files import write_atomically

        contents = {
            "state": state,
            "order": sys.byteorder,
            "started": started(),
            "average": [average[field] for field in FIELDS],
            "segments": [[part.segment.name, sorted(part.gone), part.marks] for part in parts],
        }
        write_atomically(self._folder / _CONTENTS, json.dumps(contents).encode(), durable=not started())
        self._sweep({f"{part.segment.name}.{extension}" for part in parts for extension in _EXTENSIONS})

    def _sweep(self, named: set[str]) -> None:
        """Remove what no table of contents names: old segments, and those of a writer that was killed."""
        for path in self._folder.iterdir():
            if path.name not in named and path.name != _CONTENTS:
                with suppress(OSError):
                    path.unlink()

    def matches(self, field: Field, term: str) -> Matches:
        """The entries that hold `term`."""
        found = [(part, held) for part in self._parts if (held := part.segment.postings(field, term))]
        if not found or not self._average[field]:
            return NONE
        least, slope = K1 * (1 - B), K1 * B / self._average[field]
        numbers: list[int] = []
        shares: list[float] = []
        for part, (places, frequencies) in found:
            if part.gone:
                live = [pair for pair in zip(places, frequencies, strict=True) if pair[0] not in part.gone]
                places, frequencies = [place for place, _ in live], [often for _, often in live]
            names, lengths = part.segment.numbers, part.segment.lengths[field]
            try:
                numbers += [names[place] for place in places]
                shares += [
                    (K1 + 1) * often / (often + least + slope * lengths[place])
                    for place, often in zip(places, frequencies, strict=True)
                ]
            except (IndexError, ValueError) as error:
                raise Damaged(f"{part.segment.name}: {error}") from error
        return Matches(numbers, shares)

    def find(self, plan: Plan, most: int, within: Collection[int] | None = None) -> Found:
        """As Engine says."""
        return find(self, plan, most, within)

    def close(self) -> None:
        """Close the files."""
        for part in self._parts:
            part.segment.close()
        self._parts = []


def _average(lengths: list[tuple[int, int]]) -> float:
    return sum(length for length, _ in lengths) / max(sum(number for _, number in lengths), 1)


def _taken(parts: list[_Part], count: int) -> list[_Part]:
    """Which segments are merged into one of `count` entries: all
    that are no larger, once there are enough of them; and so on.
    """
    taken: list[_Part] = []
    size = count
    while True:
        near = [part for part in parts if part not in taken and _rank(part.live) <= _rank(size)]
        if len(near) < _GROWTH - 1 or size + sum(part.live for part in near) > _MOST:
            return taken
        taken += near
        size += sum(part.live for part in near)


def _rank(count: int) -> int:
    """How many times a size can be divided by `_GROWTH`."""
    rank = 0
    while count >= _GROWTH:
        count //= _GROWTH
        rank += 1
    return rank
