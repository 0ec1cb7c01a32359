"""The blocks of a Markdown body: CommonMark and GitHub's tables, one line at a time, in linear time.

Our own, because the fingerprint rests on it for years: it is part of `kcs1` (docs/fingerprint.md) and must not
move with somebody else's parser. Whoever changes what it says about any text makes a new version.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from kcs.article.containers import MARKERS, RULE, SETEXT, Containers
from kcs.article.inline import definition
from kcs.article.lines import columns, is_table_head, split_lines, strip
from kcs.article.tags import block_start
from kcs.tuples import NamedTuple

# Lines whose first character is none of these can only be words: they start nothing but a paragraph.
_SPECIAL = frozenset(["", *" \t#>*+-_=`~<|:0123456789"])
_CODE = frozenset(("fence", "indented"))
_ATX = re.compile(r"#{1,6}(?=[ \t]|$)")
_ATX_CLOSE = re.compile(r"(?:^|[ \t])#+$")
_FENCE = re.compile(r"(`{3,})(?=[^`]*$)|(~{3,})")
# Lines that are read before somebody is asked whether he has enough.
_AT_ONCE = 8


class Block(NamedTuple):
    """A leaf of the document (a named tuple: a frozen dataclass takes three times as long to make).

    kind: "text", "heading", "code", "html", "table", "rule", "definition", or "empty" for a list item or quote
    that holds nothing. Lines `start` to `end` (from 1, end inclusive) relative to the body, fences included.
    `containers`: the markers it lies in, from outside in: ">" or a list item's as it is spelt; the first
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
            return _ATX_CLOSE.sub("", text).rstrip(" \t") if self.mark == "#" else text
        return text


# A text has a hundred: to call the class takes twice as long.
_block = partial(tuple.__new__, Block)


def scan(text: str) -> list[Block]:
    """The blocks of `text`, in order. Never fails: whatever opens and does not close runs to the end."""
    return _Scanner().run(split_lines(text))


def one_by_one(lines: Sequence[str]) -> Iterator[Block]:
    """The same of a text's lines, each as soon as no later line can change it: of what nobody asks for a few lines are read."""
    scanner, given = _Scanner(), 0
    for at in range(0, len(lines), _AT_ONCE):
        scanner.feed(lines[at : at + _AT_ONCE])
        yield from scanner.blocks[given:]
        given = len(scanner.blocks)
    yield from scanner.run(())[given:]


def first(text: str, wanted: Callable[[Block], bool]) -> Block | None:
    """The first block that is `wanted`."""
    return next(filter(wanted, one_by_one(split_lines(text))), None)


class _Scanner(Containers):
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

    def run(self, source: Iterable[str]) -> list[Block]:
        """All blocks, these being the last lines."""
        self.feed(source)
        self._close_to(0)
        return self.blocks

    def feed(self, source: Iterable[str]) -> None:
        """Go on with these lines."""
        for number, line in enumerate(source, self.number + 1):
            self.number = number
            pad = self.pad
            if pad is None:
                self._line(line)
            elif not line:
                if self.tip == "text":
                    self._close_leaf()
                else:
                    self._empty_line()
            elif line[(at := len(pad)) : at + 1] not in _SPECIAL and line.startswith(pad):
                if self.tip == "text":
                    self.lines.append(line[at:])
                elif self.tip:
                    self._words(line[at:])
                else:
                    self._open_leaf("text", [line[at:]])
            else:
                self._line(line)

    # ---- lines

    def _words(self, text: str) -> None:
        """A line inside every open container that can only be words, and goes on with no paragraph."""
        if self.tip in ("table", "fence"):
            self.lines.append(text)
        elif self.tip == "html":
            self._html_line(text)
        else:
            self._open_leaf("text", [text])

    def _empty_line(self) -> None:
        """A line without a character, no quote being open."""
        if self.stack and not self.stack[-1].filled:
            self._close_to(len(self.stack) - 1)
        elif self.tip:
            self._blank("")

    def _blank(self, rest: str) -> None:
        """A blank line inside every open container; `rest` is what code keeps of it."""
        if self.tip == "fence" or self.tip == "indented" or (self.tip == "html" and self.closing):
            self.lines.append(rest)
        else:
            self._close_leaf()

    def _line(self, line: str) -> None:
        if self.pad is not None and self.tip in _CODE and line.startswith(self.pad) and self._code_line(line):
            return
        text, column, depth = self.inside(line) if self.stack else (line, 0, 0)
        if depth == len(self.stack) and self.tip in ("fence", "html"):
            self._raw_line(text, column)
            return
        opened = False
        while True:
            bare = text.lstrip(" \t")
            if not bare:
                self._close_blank(text, column, depth, opened)
                return
            blanks = len(text) - len(bare)
            indent = columns(text[:blanks], column) if blanks else 0
            paragraph = self.tip == "text" and not opened
            if indent >= 4:
                self._indented(text, column, depth, paragraph)
                return
            interrupts = paragraph and depth == len(self.stack)
            marker = self.marker(bare, interrupts) if bare[0] in MARKERS else ""
            if not marker:
                self._leaf(bare, depth, indent, paragraph)
                return
            self._close_to(depth)
            text, column = self.open(marker, bare, column + indent, indent)
            if text[:1] not in _SPECIAL:
                self._open_leaf("text", [text])
                return
            depth = len(self.stack)
            opened = True

    def _code_line(self, line: str) -> bool:
        """A line of code where the container's prefix is blanks alone; whether it was one."""
        column = len(self.pad or "")
        if self.tip == "fence":
            self._raw_line(line[column:], column)
        elif line.startswith("    ", column):
            self.lines.append(line[column + 4 :])
        else:
            return False
        return True

    def _close_blank(self, text: str, column: int, depth: int, opened: bool) -> None:
        if opened:
            return
        if depth < len(self.stack):
            self._close_to(depth)
        else:
            self._blank(strip(text, column, 4)[0] if self.tip == "indented" else text)

    def _indented(self, text: str, column: int, depth: int, paragraph: bool) -> None:
        if paragraph:
            self.lines.append(text.lstrip(" \t"))
            return
        code = strip(text, column, 4)[0]
        if self.tip == "indented" and depth == len(self.stack):
            self.lines.append(code)
            return
        self._close_to(depth)
        self._open_leaf("indented", [code])
        self.mark = self.info = ""

    # ---- containers

    def _close_to(self, depth: int) -> None:
        """Close the open leaf and every container deeper than `depth`."""
        if self.tip:
            self._close_leaf()
        while len(self.stack) > depth:
            if not self.stack[-1].filled:
                self._add("empty", self.number, self.number, [])
            self.pop()

    # ---- leaves

    def _leaf(self, bare: str, depth: int, indent: int, paragraph: bool) -> None:
        whole = depth == len(self.stack)
        if paragraph and whole and bare[0] in "|:-=" and self._underline(bare):
            return
        if bare[0] in "#*-_`~<" and self._special(bare, depth, indent, paragraph):
            return
        if (paragraph and self.tip) or (self.tip == "table" and whole):
            self.lines.append(bare)
        else:
            self._close_to(depth)
            self._open_leaf("text", [bare])

    def _special(self, bare: str, depth: int, indent: int, paragraph: bool) -> bool:
        """Open the leaf that `bare` starts with its first character; whether there was one."""
        if bare[0] == "#" and (atx := _ATX.match(bare)):
            self._close_to(depth)
            self.fill()
            self._add("heading", self.number, self.number, [bare[atx.end() :].lstrip(" \t")], "#", atx.end())
        elif bare[0] in "*-_" and RULE.match(bare):
            self._close_to(depth)
            self.fill()
            self._add("rule", self.number, self.number, [bare])
        elif bare[0] in "`~" and (fence := _FENCE.match(bare)):
            self._close_to(depth)
            self._open_leaf("fence", [])
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
            self._close_to(depth)
            self._open_leaf("html", [])
            self.closing = closing
            self._html_line(bare)
        return starts

    def _html_line(self, text: str) -> None:
        self.lines.append(text)
        if self.closing and self.closing.search(text):
            self._close_leaf()

    def _raw_line(self, text: str, column: int) -> None:
        """A line of an open fence or HTML block."""
        if self.tip == "html":
            self._html_line(text) if text.strip(" \t") else self._blank(text)
            return
        if self.mark in text and self._closes_fence(text, column):
            self._close_leaf(self.number)
            return
        self.lines.append(strip(text, column, self.indent)[0] if self.indent else text)

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
        self._close_leaf()
        self._open_leaf("table", [head])
        self.lines.append(delimiter)
        self.first -= 1

    def _open_leaf(self, tip: str, lines: list[str]) -> None:
        if self.tip:
            self._close_leaf()
        if self.stack:
            self.stack[-1].filled = True
        self.tip = tip
        self.first = self.number
        self.lines = lines

    def _close_leaf(self, end: int = 0) -> None:
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
        if not self.lines or self.lines[0][0] != "[":
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
