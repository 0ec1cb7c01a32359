"""The blocks of a Markdown body: CommonMark and GitHub's tables, one line at a time, in linear time.

Our own, because the fingerprint rests on it for years: it is part of `kcs1` (docs/fingerprint.md) and must not
change with somebody else's parser. Any change to what it says about a text needs a new version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kcs.article.containers import MARKERS
from kcs.article.leaves import Block, Leaves
from kcs.article.lines import columns, split_lines, strip

# Lines that begin with none of these can only be words: they start only a paragraph.
_SPECIAL = frozenset(["", *" \t#>*+-_=`~<|:0123456789"])
_CODE = frozenset(("fence", "indented"))
# Lines read before the caller may stop.
_AT_ONCE = 8


def scan(text: str) -> list[Block]:
    """The blocks of `text`, in order. Never fails: whatever opens and does not close runs to the end."""
    return _Scanner().run(split_lines(text))


def one_by_one(lines: Sequence[str]) -> Iterator[Block]:
    """The same, lazily: each block as soon as no later line can change it, so few extra lines are read."""
    scanner, given = _Scanner(), 0
    for at in range(0, len(lines), _AT_ONCE):
        scanner.feed(lines[at : at + _AT_ONCE])
        yield from scanner.blocks[given:]
        given = len(scanner.blocks)
    yield from scanner.run(())[given:]


def first(text: str, wanted: Callable[[Block], bool]) -> Block | None:
    """The first block that is `wanted`."""
    return next(filter(wanted, one_by_one(split_lines(text))), None)


class _Scanner(Leaves):
    """Handles each line: it continues what is open, or closes it and opens something else."""

    def run(self, source: Iterable[str]) -> list[Block]:
        """All blocks, after these last lines."""
        self.feed(source)
        self.close_to(0)
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
                    self.close_leaf()
                else:
                    self._empty_line()
            elif line[(at := len(pad)) : at + 1] not in _SPECIAL and line.startswith(pad):
                if self.tip == "text":
                    self.lines.append(line[at:])
                elif self.tip:
                    self._words(line[at:])
                else:
                    self.open_leaf("text", [line[at:]])
            else:
                self._line(line)

    def _words(self, text: str) -> None:
        """A line inside every open container that can only be words, and goes on with no paragraph."""
        if self.tip in ("table", "fence"):
            self.lines.append(text)
        elif self.tip == "html":
            self.html_line(text)
        else:
            self.open_leaf("text", [text])

    def _empty_line(self) -> None:
        """A line without a character, no quote being open."""
        if self.stack and not self.stack[-1].filled:
            self.close_to(len(self.stack) - 1)
        elif self.tip:
            self.blank("")

    def _line(self, line: str) -> None:
        if self.pad is not None and self.tip in _CODE and line.startswith(self.pad) and self._code_line(line):
            return
        text, column, depth = self.inside(line) if self.stack else (line, 0, 0)
        if depth == len(self.stack) and self.tip in ("fence", "html"):
            self.raw_line(text, column)
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
                self.leaf(bare, depth, indent, paragraph)
                return
            self.close_to(depth)
            text, column = self.open(marker, bare, column + indent, indent)
            if text[:1] not in _SPECIAL:
                self.open_leaf("text", [text])
                return
            depth = len(self.stack)
            opened = True

    def _code_line(self, line: str) -> bool:
        """A line of code where the container's prefix is blanks alone; whether it was one."""
        column = len(self.pad or "")
        if self.tip == "fence":
            self.raw_line(line[column:], column)
        elif line.startswith("    ", column):
            self.lines.append(line[column + 4 :])
        else:
            return False
        return True

    def _close_blank(self, text: str, column: int, depth: int, opened: bool) -> None:
        if opened:
            return
        if depth < len(self.stack):
            self.close_to(depth)
        else:
            self.blank(strip(text, column, 4)[0] if self.tip == "indented" else text)

    def _indented(self, text: str, column: int, depth: int, paragraph: bool) -> None:
        if paragraph:
            self.lines.append(text.lstrip(" \t"))
            return
        code = strip(text, column, 4)[0]
        if self.tip == "indented" and depth == len(self.stack):
            self.lines.append(code)
            return
        self.close_to(depth)
        self.open_leaf("indented", [code])
        self.mark = self.info = ""
