"""A leaf of a Markdown body, and the one that is open while the body is scanned: what opens it and what closes it.

Part of `kcs1`, as blocks.py is.
"""

from __future__ import annotations

import re
from functools import partial

from kcs.article.containers import RULE, SETEXT, Containers
from kcs.article.inline import definition
from kcs.article.lines import columns, is_table_head, strip
from kcs.article.tags import block_start
from kcs.tuples import NamedTuple

_ATX = re.compile(r"#{1,6}(?=[ \t]|$)")
_ATX_CLOSE = re.compile(r"(?:^|[ \t])#+$")
_FENCE = re.compile(r"(`{3,})(?=[^`]*$)|(~{3,})")


class Block(NamedTuple):
    """A leaf of the document (a named tuple: a frozen dataclass takes three times as long to make).

    kind: "text", "heading", "code", "html", "table", "rule", "definition", or "empty" for a list item or quote
    that holds nothing. Lines `start` to `end` (from 1, end inclusive) relative to the body, fences included.
    `containers`: the markers it lies in, from outside in: ">" or a list item's as spelt; the first
    `kept` of them are the very containers that the block before lay in.
    `lines`: without container prefix; each ends as its source line does. `mark`: "#" or "=" of a heading, the
    fence of a code block or "" for an indented one. `level`: of a heading. `info`: of a fence.
    """

    kind: str
    start: int
    end: int
    containers: tuple[str, ...]
    kept: int
    lines: list[str]
    mark: str = ""
    level: int = 0
    info: str = ""

    @property
    def text(self) -> str:
        """The content; of a heading or paragraph without blanks, or closing #'s, at the end."""
        lines, kind = self.lines, self.kind
        text = lines[0] if len(lines) == 1 else "\n".join(lines)
        if kind == "text":
            return text.rstrip(" \t")
        if kind == "heading":
            text = text.rstrip(" \t")
            closed = self.mark == "#" and text.endswith("#")
            return _ATX_CLOSE.sub("", text).rstrip(" \t") if closed else text
        return text


# A text has a hundred: calling the class takes twice as long.
_block = partial(tuple.__new__, Block)


class Leaves(Containers):
    """Open containers, the open leaf (`tip`), and what was closed so far."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.number = 0
        self.tip = ""  # "", "text", "table", "fence", "indented", "html"
        self.first = 0
        self.lines: list[str] = []
        self.mark = ""
        self.info = ""
        self.indent = 0
        self.closing: re.Pattern[str] | None = None

    def open_leaf(self, tip: str, lines: list[str]) -> None:
        """Close what is open and begin a leaf with these lines."""
        if self.tip:
            self.close_leaf()
        if self.stack:
            self.stack[-1].filled = True
        self.tip = tip
        self.first = self.number
        self.lines = lines

    def close_leaf(self, end: int = 0) -> None:
        """Make blocks of the open leaf. `end`: the last line of a closed fence, which is not content."""
        tip, self.tip = self.tip, ""
        if tip == "text":
            if self.lines and self.lines[0][0] == "[":
                self._definitions()
        elif tip == "indented":
            while not self.lines[-1].strip(" \t"):
                self.lines.pop()
        lines, self.lines = self.lines, []
        if tip == "fence":
            end = end or self.first + len(lines)
            self._add("code", self.first, end, lines, self.mark, 0, self.info)
        elif tip and (lines or tip != "text"):
            kind = "code" if tip == "indented" else tip
            self._add(kind, self.first, self.first + len(lines) - 1, lines)

    def _definitions(self) -> None:
        """Take the link reference definitions off the front of the open paragraph."""
        if self.lines[0][0] != "[":
            return
        text, pos = "\n".join(self.lines), 0
        while text.startswith("[", pos) and (found := definition(text, pos)):
            taken = text.count("\n", pos, found.end) + (found.end == len(text))
            self._add(
                "definition", self.first, self.first + taken - 1, text[pos : found.end].split("\n")[:taken]
            )
            self.first += taken
            pos = found.end
        if pos:
            self.lines = text[pos:].split("\n") if pos < len(text) else []

    def close_to(self, depth: int) -> None:
        """Close the open leaf and every container deeper than `depth`."""
        if self.tip:
            self.close_leaf()
        while len(self.stack) > depth:
            if not self.stack[-1].filled:
                self._add("empty", self.number, self.number, [])
            self.pop()

    def _add(
        self,
        kind: str,
        start: int,
        end: int,
        lines: list[str],
        mark: str = "",
        level: int = 0,
        info: str = "",
    ) -> None:
        self.blocks.append(_block((kind, start, end, self.markers, self.kept, lines, mark, level, info)))
        self.kept = len(self.stack)

    # ---- what a line does to it

    def leaf(self, bare: str, depth: int, indent: int, paragraph: bool) -> None:
        """A line of words, or one that starts or ends something: `bare` of its indent, inside `depth` open containers.

        `paragraph`: whether it could go on with the open one.
        """
        whole = depth == len(self.stack)
        if paragraph and whole and bare[0] in "|:-=" and self._underline(bare):
            return
        if bare[0] in "#*-_`~<" and self._special(bare, depth, indent, paragraph):
            return
        if (paragraph and self.tip) or (self.tip == "table" and whole):
            self.lines.append(bare)
        else:
            self.close_to(depth)
            self.open_leaf("text", [bare])

    def _special(self, bare: str, depth: int, indent: int, paragraph: bool) -> bool:
        """Open the leaf that `bare` starts with its first character; whether there was one."""
        if bare[0] == "#" and (atx := _ATX.match(bare)):
            self.close_to(depth)
            self.fill()
            self._add("heading", self.number, self.number, [bare[atx.end() :].lstrip(" \t")], "#", atx.end())
        elif bare[0] in "*-_" and RULE.match(bare):
            self.close_to(depth)
            self.fill()
            self._add("rule", self.number, self.number, [bare])
        elif bare[0] in "`~" and (fence := _FENCE.match(bare)):
            self.close_to(depth)
            self.open_leaf("fence", [])
            self.mark, self.indent = fence.group(), indent
            self.info = bare[fence.end() :].strip(" \t")
        elif bare[0] == "<":
            return self._html(bare, depth, paragraph)
        else:
            return False
        return True

    def _html(self, bare: str, depth: int, paragraph: bool) -> bool:
        starts, closing = block_start(bare, paragraph)
        if starts:
            self.close_to(depth)
            self.open_leaf("html", [])
            self.closing = closing
            self.html_line(bare)
        return starts

    def html_line(self, text: str) -> None:
        """A line of the open HTML block, which may be its last."""
        self.lines.append(text)
        if self.closing and self.closing.search(text):
            self.close_leaf()

    def raw_line(self, text: str, column: int) -> None:
        """A line of an open fence or HTML block."""
        if self.tip == "html":
            self.html_line(text) if text.strip(" \t") else self.blank(text)
            return
        if self.mark in text and self._closes_fence(text, column):
            self.close_leaf(self.number)
            return
        self.lines.append(strip(text, column, self.indent)[0] if self.indent else text)

    def blank(self, rest: str) -> None:
        """A blank line inside every open container; `rest` is what code keeps of it."""
        if self.tip == "fence" or self.tip == "indented" or (self.tip == "html" and self.closing):
            self.lines.append(rest)
        else:
            self.close_leaf()

    def _closes_fence(self, text: str, column: int) -> bool:
        bare = text.strip(" \t")
        return (
            bare.startswith(self.mark)
            and not bare.strip(self.mark[0])
            and columns(text[: text.index(bare)], column) < 4
        )

    def _underline(self, bare: str) -> bool:
        """What makes the open paragraph's last line a table's head, or all of it a heading."""
        if is_table_head(self.lines[-1], bare):
            self._table(bare)
            return True
        if not SETEXT.match(bare):
            return False
        self._definitions()
        if not self.lines:
            self.tip = ""
            return False
        lines, self.tip, self.lines = self.lines, "", []
        self._add("heading", self.first, self.number, lines, "=", 1 if bare[0] == "=" else 2)
        return True

    def _table(self, delimiter: str) -> None:
        head = self.lines.pop()
        self.close_leaf()
        self.open_leaf("table", [head])
        self.lines.append(delimiter)
        self.first -= 1
