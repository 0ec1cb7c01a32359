"""JSON values by path, as bytes that are searched by bisection: a search asks for thirty of ten thousand.

First how many bytes follow; then a line a path, sorted: the path as JSON, a blank, its value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def packed(values: Mapping[str, Any]) -> bytes:
    """As bytes. The values are what JSON knows."""
    encode = json.JSONEncoder(separators=(",", ":")).encode
    lines = b"\n".join(
        sorted([_prefix(path) + encode(value).encode("ascii") for path, value in values.items()])
    )
    return b"%d\n%b" % (len(lines), lines)


class NotWrittenSo(ValueError):
    """What is no work of `packed`."""


class ByPath:
    """What `packed` was given, each value read when it is asked for. NotWrittenSo where it was something else."""

    def __init__(self, raw: bytes) -> None:
        size, _, self._lines = raw.partition(b"\n")
        if not size.isdigit() or int(size) != len(self._lines):
            raise NotWrittenSo

    def get(self, path: str) -> Any:
        """None where there is none. NotWrittenSo where it cannot be read."""
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
