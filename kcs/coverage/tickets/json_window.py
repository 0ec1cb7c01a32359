"""JSON of any size, one ticket at a time: a list of tickets, or a list under a key.

json's own scanner decodes each ticket from a window of the file: several times faster than a parser of events.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import IO, Any

from kcs.coverage.tickets.json_values import BELOW, DECODER, KEYS, OF_A_TICKET, TOO_MUCH, Value
from kcs.errors import FileProblem

LARGEST = 50_000_000
_CHUNK = 1 << 18
_BLANK = " \t\r\n"
_TOO_MUCH = object()
_IN_QUOTES, _IN_BRACKETS, _OUTSIDE = map(re.compile, (r'["\\]', r'["\[\]{}]', r'["\[\]{},\s]'))


class Window:
    """A JSON text of any size. `line` and the errors' lines count from 1."""

    def __init__(self, stream: IO[str], name: str) -> None:
        self._stream = stream
        self._name = name
        self._text = ""
        self._at = 0
        self._ended = False
        self._held = False  # what came before is needed again
        self._line = 1
        self._counted = 0
        self._decode = DECODER.raw_decode

    @property
    def line(self) -> int:
        """Of the next sign."""
        if self._counted > self._at:
            self._line -= self._text.count("\n", self._at, self._counted)
        else:
            self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def objects(self, refuse: Callable[[int, str], None]) -> Iterator[Value]:
        """The objects of a list, of the list under a known key, or one after the other. FileProblem if it breaks."""
        first = True
        while sign := self.peek():
            if sign == "[":
                yield from self._list(refuse)
            elif sign == "{" and first and (depth := self._opens_list()):
                yield from self._list(refuse)
                for _ in range(depth):
                    self._rest()
            elif sign == ",":
                self._at += 1
            else:
                yield from self._one(refuse)
            first = False

    def peek(self) -> str:
        """The next sign that is no blank; empty at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _BLANK:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def _list(self, refuse: Callable[[int, str], None]) -> Iterator[Value]:
        self._at += 1
        while (sign := self.peek()) != "]":
            if sign == ",":
                self._at += 1
                continue
            if not sign:
                raise self._problem("is cut off: its list has no end")
            yield from self._one(refuse)
        self._at += 1

    def _one(self, refuse: Callable[[int, str], None]) -> Iterator[Value]:
        line = self.line
        value = self._value()
        if isinstance(value, dict):
            yield Value(line, value)
        elif value is _TOO_MUCH:
            refuse(line, TOO_MUCH)
        else:
            refuse(line, "is JSON, but no object")

    def _opens_list(self) -> int:
        """How many objects are open around the list of tickets that this object holds under a known key; moves to
        where it begins. 0 if it holds none."""
        kept, self._held = self._at, True
        depth = self._depth_of_list()
        self._held = False
        if not depth:
            self._at = kept
        return depth

    def _depth_of_list(self) -> int:
        begin, depth = self._at, 1
        self._at += 1
        while self.peek() == '"':
            self._grow_to(self._at + 4096)
            key = self._value(at_most=4096)
            if self.peek() != ":":
                break
            self._at += 1
            if self.peek() == "[" and key in KEYS:
                return depth
            if self.peek() == "{" and key == BELOW and depth == 1:
                depth += 1
                self._at += 1
                continue
            if key in OF_A_TICKET or self._at - begin > LARGEST:
                break
            self._value()
            if self.peek() != ",":
                break
            self._at += 1
            self.peek()
        return 0

    def _rest(self) -> None:
        """The keys that follow the list in its object."""
        while self.peek() == ",":
            self._at += 1
            self.peek()
            self._value()
            if self.peek() == ":":
                self._at += 1
                self.peek()
                self._value()
        if self.peek() != "}":
            raise self._problem("is cut off" if not self.peek() else "is broken JSON")
        self._at += 1

    def _value(self, at_most: int = LARGEST) -> Any:
        """The value at hand, whole; _TOO_MUCH for one that Python does not read. FileProblem if there is none."""
        size = _CHUNK
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except json.JSONDecodeError as error:
                # Broken, or only not all there yet: an error well before the window's end will stay one.
                near = error.pos >= len(self._text) - 16 or "Unterminated" in str(error)
                if near and len(self._text) - self._at < at_most and self._more(size):
                    size *= 2
                    continue
                self._at = min(error.pos, len(self._text)) if not self._ended or not near else self._at
                kind = "is cut off or broken" if near else "is broken JSON"
                raise self._problem(f"{kind}: {error.msg}") from None
            except (ValueError, RecursionError):
                self._pass_over()
                return _TOO_MUCH
            # A number at the window's end may go on.
            if end >= len(self._text) and not isinstance(value, dict | list | str) and self._more():
                continue
            self._at = end
            return value

    def _pass_over(self) -> None:
        """Go behind the value at hand, by its brackets and quotes alone."""
        depth, quoted = 0, False
        while True:
            signs = _IN_QUOTES if quoted else _IN_BRACKETS if depth else _OUTSIDE
            if (found := signs.search(self._text, self._at)) is None:
                self._at = len(self._text)
                if not self._more():
                    raise self._problem("is cut off")
                continue
            sign, self._at = found[0], found.end()
            if sign == "\\":
                self._grow_to(self._at + 1)
                self._at += 1
            elif sign == '"':
                quoted = not quoted
            elif depth or sign in "[{":
                depth += 1 if sign in "[{" else -1
            else:  # behind a number
                self._at -= 1
                return
            if not depth and not quoted:
                return

    def _grow_to(self, wanted: int) -> None:
        while len(self._text) < wanted and self._more():
            pass

    def _more(self, size: int = _CHUNK) -> bool:
        """Read on, dropping what came before. False at the end."""
        if self._ended:
            return False
        if self._at > _CHUNK and not self._held:
            _ = self.line
            self._text = self._text[self._at :]
            self._at = self._counted = 0
        try:
            chunk = self._stream.read(size)
        except UnicodeError:
            raise self._problem("is not text in its encoding from about here on") from None
        self._ended = not chunk
        self._text += chunk
        return bool(chunk)

    def _problem(self, message: str) -> FileProblem:
        return FileProblem(
            message, path=self._name, line=self.line, hint="export it again; what is cut off cannot be read"
        )
