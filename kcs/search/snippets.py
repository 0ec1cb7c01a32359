"""The piece of an article that holds most of the question, with found words marked. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kcs.patterns import later
from kcs.search.borders import border_after, border_before, cells, whole
from kcs.tuples import NamedTuple

WIDTH = 180
_CUT = "\u2026"
_BLANKS = re.compile(r"\s+")
_SENTENCE = re.compile(r"(?:(?<=[.!?])\s+|\n)(?=\S)")
# Other scripts' sentence ends; a pattern with them takes eight times as long to compile.
_ENDS = "\u061f\u06d4\u3002\uff01\uff1f"
_ANY_SENTENCE = later(rf"(?:(?<=[.!?{_ENDS}])\s+|\n)(?=\S)")
# An override hides a text's meaning; a cut-off isolate would reverse what follows.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# How far a cut may move to find a good place.
_REACH = 24


class Found(NamedTuple):
    """Characters `start` to `end` of a text answer the query's term `key`, which weighs `weight`."""

    start: int
    end: int
    key: str
    weight: float = 1.0


class Snippet(NamedTuple):
    """One line. `marks`: its characters (start, end) that were asked for, in order; words side by side share one."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def marked(self, before: str, after: str) -> str:
        """The text with every mark between these."""
        parts, at = [], 0
        for start, end in self.marks:
            parts += [self.text[at:start], before, self.text[start:end], after]
            at = end
        return "".join([*parts, self.text[at:]])

    def part(self, start: int, end: int) -> Snippet:
        """The characters `start` to `end`, with their marks."""
        inside = [(max(one, start) - start, min(other, end) - start) for one, other in self.marks]
        return Snippet(self.text[start:end], tuple((one, other) for one, other in inside if one < other))

    def lines(self, width: int) -> list[Snippet]:
        """Lines of at most `width` columns, broken where the text may be cut."""
        found: list[Snippet] = []
        at = 0
        while at < len(self.text):
            end = _fitting(self.text, at, width)
            if end < len(self.text):
                end = max(border_before(self.text, end, (end - at) // 2), at + 1)
            found.append(self.part(at, end))
            at = end + (len(self.text[end:]) - len(self.text[end:].lstrip()))
        return found

    def first_lines(self, width: int, most: int) -> list[Snippet]:
        """At most `most` of its lines; the last one ends with a sign if there are more."""
        lines = self.lines(width)
        if len(lines) <= most:
            return lines
        last = lines[most - 1].lines(width - 1)[0]
        return [*lines[: most - 1], Snippet(last.text.rstrip() + _CUT, last.marks)]


def _fitting(text: str, at: int, width: int) -> int:
    """The end of the text that fits into `width` columns; at least one character."""
    end = min(at + width, len(text))
    while end < len(text) and cells(text[at : end + 1]) <= width:
        end += 1
    while end > at + 1 and cells(text[at:end]) > width:
        end -= 1
    return end


def cut(text: str, found: Iterable[Found], width: int = WIDTH) -> Snippet:
    """At most `width` columns of `text`, where the heaviest terms of `found` (in order) cluster."""
    marks, room = sorted(found), width - 2  # a sign marks each cut
    snippet = _piece(text, marks, room)
    while (wide := cells(snippet.text)) > width and room > 2:  # signs of two columns
        room = max(min(room - 1, room * width // wide), 2)
        snippet = _piece(text, marks, room)
    return snippet


def _best(marks: Sequence[Found], room: int) -> tuple[int, int]:
    """Start and end of the stretch of at most `room` characters whose distinct terms weigh most."""
    best, best_weight = (0, 0), 0.0
    held: Counter[str] = Counter()
    weight, low = 0.0, 0
    for high, mark in enumerate(marks):
        # A repeated term is worth a little: there may be more around it.
        weight += mark.weight * (1.0 if not held[mark.key] else 0.05)
        held[mark.key] += 1
        while low < high and mark.end - marks[low].start > room:
            gone = marks[low]
            held[gone.key] -= 1
            weight -= gone.weight * (1.0 if not held[gone.key] else 0.05)
            low += 1
        if weight > best_weight + 1e-9:
            best, best_weight = (marks[low].start, mark.end), weight
    return best


def _piece(text: str, marks: Sequence[Found], room: int) -> Snippet:
    first, last = _best(marks, room)
    start, end = _around(text, first, min(last, first + room), room)
    inside = [one for one in marks if one.start >= start and one.end <= end]
    return _one_line(text, start, end, _apart(text, inside))


def _around(text: str, first: int, last: int, room: int) -> tuple[int, int]:
    """`room` characters around those: from the sentence's start if near, else from a little before."""
    before = max((room - (last - first)) // 3, 0)
    if first <= room - (last - first):
        before = max(before, first) if first <= before * 2 else before
    start = max(first - before, 0)
    if start:
        sentence = _ANY_SENTENCE if any(map(text.__contains__, _ENDS)) else _SENTENCE
        sentences = [one.end() for one in sentence.finditer(text, start, first + 1)]
        start = sentences[-1] if sentences else border_after(text, start, min(_REACH, before))
        start = start if start <= first else whole(text, first, -1)
    end = min(start + room, len(text))
    if end < len(text):
        last = min(last, end)
        end = border_before(text, end, min(_REACH, room // 3))
        end = end if end >= last else whole(text, last, 1)
    return start, end


def _apart(text: str, marks: Sequence[Found]) -> list[tuple[int, int]]:
    """The marks' places, joined if they touch or overlap, or only a blank is between them."""
    joined: list[tuple[int, int]] = []
    for mark in marks:
        if joined and (mark.start <= joined[-1][1] or text[joined[-1][1] : mark.start] == " "):
            joined[-1] = joined[-1][0], max(mark.end, joined[-1][1])
        else:
            joined.append((mark.start, mark.end))
    return joined


def _one_line(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> Snippet:
    """The characters `start` to `end` on one line, marks shifted, with a sign for anything left out."""
    told = _CUT if text[:start].strip() else ""
    places: list[tuple[int, int]] = []
    at = start
    for first, last in marks:
        told = _joined(told, text[at:first])
        begin = len(told)
        told = _joined(told, text[first:last])
        places.append((begin, len(told.rstrip())))
        at = last
    told = _joined(told, text[at:end]).rstrip()
    return Snippet(told + (_CUT if text[end:].strip() else ""), tuple(places))


def _joined(told: str, more: str) -> str:
    more = _BLANKS.sub(" ", _DIRECTIONS.sub("", more))
    return told + (more.lstrip() if not told or told[-1:] in (" ", _CUT) else more)
