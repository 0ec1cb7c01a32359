"""JSON values by path, as bytes searched by bisection: a search asks for thirty of ten thousand.

First the number of bytes that follow; then a sorted line per path: the path as JSON, a blank, its value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def packed(values: Mapping[str, Any]) -> bytes:
    """Pack JSON values into bytes."""
    return joined({path: encoded(value) for path, value in values.items()})


def encoded(value: Any) -> bytes:
    """A JSON value as it is packed."""
    return _encode(value).encode("ascii")


_encode = json.JSONEncoder(separators=(",", ":")).encode


def joined(lines: Mapping[str, bytes]) -> bytes:
    """Pack values that are `encoded` already."""
    return _told([_prefix(path) + line for path, line in lines.items()])


def _told(lines: list[bytes]) -> bytes:
    told = b"\n".join(sorted(lines))
    return b"%d\n%b" % (len(told), told)


class NotWrittenSo(ValueError):
    """These bytes did not come from `packed`."""


class ByPath:
    """The values given to `packed`, each read on demand. NotWrittenSo for other bytes."""

    def __init__(self, raw: bytes) -> None:
        size, _, self._lines = raw.partition(b"\n")
        if not size.isdigit() or int(size) != len(self._lines):
            raise NotWrittenSo

    def get(self, path: str) -> Any:
        """The value; None if there is none. NotWrittenSo if unreadable."""
        line = self.line(path)
        try:
            return None if line is None else json.loads(line)
        except (ValueError, RecursionError) as error:
            raise NotWrittenSo from error

    def line(self, path: str) -> bytes | None:
        """The value as it was packed; None if there is none."""
        wanted = _prefix(path)
        begin, end = self._place(wanted)
        return self._lines[begin + len(wanted) : end] if begin < end else None

    def replaced(self, lines: Mapping[str, bytes | None]) -> bytes:
        """All of it packed anew, with these encoded values in place of those of their paths; None takes a path out."""
        kept, at = [], 0
        for begin, end in sorted(map(self._place, map(_prefix, lines))):
            if begin < end:
                kept.append(self._lines[at:begin])
                at = end
        kept.append(self._lines[at:])
        new = [_prefix(path) + line for path, line in lines.items() if line is not None]
        return _told([*filter(None, b"".join(kept).split(b"\n")), *new])

    def _place(self, wanted: bytes) -> tuple[int, int]:
        """Where the line begins and ends that begins so; twice the same if there is none."""
        lines = self._lines
        low, high = 0, len(lines)
        while low < high:
            begin = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = lines.find(b"\n", begin, high)
            end = high if end < 0 else end
            line = lines[begin:end]
            if line.startswith(wanted):
                return begin, end
            if line < wanted:
                low = end + 1
            else:
                high = begin
        return 0, 0


def _prefix(path: str) -> bytes:
    return json.dumps(path).encode("ascii") + b" "
