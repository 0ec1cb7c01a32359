"""Block quotes and list items that are open while a body is scanned."""

from __future__ import annotations

import re

from kcs.article.lines import columns, strip
from kcs.patterns import later

MAX_DEPTH = 32  # containers in one another; a marker deeper than this is text

RULE = later(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
SETEXT = later(r"(?:=+|-+)[ \t]*$")
MARKERS = frozenset(">-+*0123456789")  # what a container's marker begins with
_MARKER = re.compile(r"([-+*]|[0-9]{1,9}[.)])(?=[ \t]|$)")


class _Container:
    """An open block quote (`width` 0) or list item (`width` columns to its content)."""

    __slots__ = ("filled", "marker", "pad", "width")

    def __init__(self, marker: str, width: int, pad: str | None) -> None:
        self.marker = marker
        self.width = width
        self.filled = False
        self.pad = None if pad is None or not width else pad + " " * width


class Containers:
    """The open containers from outside in, and how many of them a new block shares with the last one."""

    def __init__(self) -> None:
        self.stack: list[_Container] = []
        self.markers: tuple[str, ...] = ()
        self.pad: str | None = ""  # what a line of the innermost container starts with; None inside a quote
        self.kept = 0

    def inside(self, line: str) -> tuple[str, int, int]:
        """(rest, its column, how many) after the open containers that this line goes on with."""
        text, column = line, 0
        for depth, container in enumerate(self.stack):
            bare = text.lstrip(" \t")
            indent = columns(text[: len(text) - len(bare)], column)
            if not container.width:
                if indent > 3 or not bare.startswith(">"):
                    return text, column, depth
                text, column = strip(bare[1:], column + indent + 1, 1)
            elif indent >= container.width or (not bare and container.filled):
                text, column = strip(text, column, container.width)
            else:
                return text, column, depth
        return text, column, len(self.stack)

    def marker(self, bare: str, interrupts: bool) -> str:
        """The container marker that `bare` starts with, or ""; whether it would interrupt a paragraph."""
        if len(self.stack) >= MAX_DEPTH:
            return ""
        if bare[0] == ">":
            return ">"
        found = _MARKER.match(bare)
        if not found or (bare[0] in "*-" and RULE.match(bare)):
            return ""
        if bare[0] == "-" and interrupts and SETEXT.match(bare):
            return ""
        if interrupts and (not bare[found.end() :].strip(" \t") or not _may_interrupt(found.group())):
            return ""
        return found.group()

    def open(self, marker: str, bare: str, column: int, indent: int) -> tuple[str, int]:
        """Open it; the rest of the line and its column."""
        rest, column = bare[len(marker) :], column + len(marker)
        if marker == ">":
            self._push(marker, 0)
            return strip(rest, column, 1)
        content = rest.lstrip(" \t")
        blanks = columns(rest[: len(rest) - len(content)], column)
        padding = blanks if content and blanks <= 4 else 1
        self._push(marker, indent + len(marker) + padding)
        return strip(rest, column, padding)

    def _push(self, marker: str, width: int) -> None:
        if self.stack:
            self.stack[-1].filled = True
        container = _Container(marker, width, self.pad)
        self.stack.append(container)
        self.markers += (marker,)
        self.pad = container.pad

    def fill(self) -> None:
        """The innermost container holds something now."""
        if self.stack:
            self.stack[-1].filled = True

    def pop(self) -> None:
        """Close the innermost container."""
        self.stack.pop()
        self.markers = self.markers[:-1]
        self.pad = self.stack[-1].pad if self.stack else ""
        self.kept = min(self.kept, len(self.stack))


def _may_interrupt(marker: str) -> bool:
    """Inside a paragraph only a bullet or the number 1 starts a list."""
    return not marker[0].isdigit() or int(marker[:-1]) == 1
