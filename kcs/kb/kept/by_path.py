"""JSON values by path, as bytes searched by bisection: a search asks for thirty of ten thousand.

First the number of bytes that follow; then a sorted line per path: the path as JSON, a blank, its value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def packed(values: Mapping[str, Any]) -> bytes:
    """Pack JSON values into bytes."""
    encode = json.JSONEncoder(separators=(",", ":")).encode
    lines = b"\n".join(
        sorted([_prefix(path) + encode(value).encode("ascii") for path, value in values.items()])
    )
    return b"%d\n%b" % (len(lines), lines)


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
        lines, wanted = self._lines, _prefix(path)
        low, high = 0, len(lines)
        while low < high:
            begin = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = lines.find(b"\n", begin, high)
            line = lines[begin : high if end < 0 else end]
            if line.startswith(wanted):
                try:
                    return json.loads(line[len(wanted) :])
                except (ValueError, RecursionError) as error:
                    raise NotWrittenSo from error
            if line < wanted:
                low = high if end < 0 else end + 1
            else:
                high = begin
        return None


def _prefix(path: str) -> bytes:
    return json.dumps(path).encode("ascii") + b" "
