"""One scan of a Markdown body: its blocks, and from them its links, sections and anchors."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from kcs.article.blocks import scan
from kcs.article.inline import Span
from kcs.article.leaves import Block
from kcs.article.lines import split_lines
from kcs.article.slugs import Slugs, plain
from kcs.article.spans import INLINE, block_spans, only_words, reference_labels
from kcs.article.tags import attributes, opening_tags
from kcs.patterns import later
from kcs.tuples import NamedTuple

__all__ = ["Block", "Body", "Link", "Section", "is_template", "parse"]

_LINE_END = re.compile(r"\r\n|\n|\r")
_ATTRIBUTE_LIST = later(r"\{:?(?:[^{}\n]{0,200}[ \t])?#([^\s{}]{1,200})[^{}\n]{0,200}\}")
_LINKLESS = frozenset(("code", "rule", "empty"))
_LINKS = frozenset(("link", "image", "html", "reference"))


class Link(NamedTuple):
    """Something that points somewhere.

    kind: "link", "image" (also `src=`), "html" (`href=`), or "reference" (a link reference definition).
    `destination` as spelt, without angle brackets or quotes, at characters `start` to `end` of the body,
    where a new one may be written. `text`: the link's text, an image's alternative, a definition's label.
    `line` from 1. `template`: the destination holds template markup and cannot be judged.
    """

    destination: str
    kind: str
    text: str
    line: int
    start: int
    end: int
    template: bool


class Section(NamedTuple):
    """A heading, its line (from 1), its anchor, and the characters `start` to `end` under it.

    The content runs to the next heading of the same or a higher level, subsections included.
    """

    heading: str
    level: int
    line: int
    anchor: str
    start: int
    end: int


class Body:
    """A scanned body. Links, sections and anchors are worked out on first use."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: tuple[Block, ...] = tuple(scan(text))
        self._spans: dict[tuple[str, str], tuple[Span, ...]] = {}

    @cached_property
    def labels(self) -> frozenset[str]:
        """Labels of the link reference definitions, normalised."""
        return reference_labels(self.blocks)

    def spans(self, kind: str, text: str) -> tuple[Span, ...]:
        """What `block_spans` finds in a block of this kind and text, looked for once."""
        if kind in INLINE and only_words(text):
            return ()  # most hold none
        found = self._spans.get((kind, text))
        if found is None:
            found = self._spans[kind, text] = tuple(block_spans(kind, text, self.labels))
        return found

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link, image, definition and HTML `href` or `src` outside code, in order."""
        found: list[Link] = []
        for block in self.blocks:
            if block.kind not in _LINKLESS:
                self._add_links(block, found)
        return tuple(found)

    @property
    def destinations(self) -> tuple[tuple[str, bool], ...]:
        """The destinations of all links, as spelt, and whether each is an image's: for the fingerprint."""
        return tuple(
            [
                (text[span.first : span.last], span.kind == "image")
                for block in self.blocks
                if block.kind not in _LINKLESS
                for text in (block.text,)
                for span in self.spans(block.kind, text)
                if span.kind in _LINKS
            ]
        )

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every heading with its content, in order."""
        slugs, found = Slugs(), []
        headings = [block for block in self.blocks if block.kind == "heading"]
        ends = _section_ends([block.level for block in headings])
        for block, after in zip(headings, ends, strict=True):
            end = len(self.text) if after is None else self._line_starts[headings[after].start - 1]
            words = plain(block.text)
            start = self._line_starts[block.end]
            found.append(Section(words, block.level, block.start, slugs.take(words), start, end))
        return tuple(found)

    @cached_property
    def code(self) -> tuple[tuple[int, int], ...]:
        """Characters (start, end) of each code block, fences included, and each code span, in order."""
        found: list[tuple[int, int]] = []
        for block in self.blocks:
            if block.kind == "code":
                found.append((self._line_starts[block.start - 1], self._line_starts[block.end]))
            elif "`" in (text := block.text):
                place = _Place(block, self._lines, self._line_starts)
                spans = (span for span in self.spans(block.kind, text) if span.kind == "code")
                found += [(place.find(span.start)[1], place.find(span.end)[1]) for span in spans]
        return tuple(found)

    def in_code(self, offset: int) -> bool:
        """Whether a character of the body is code."""
        nth = bisect_right(self.code, (offset, len(self.text))) - 1
        return nth >= 0 and offset < self.code[nth][1]

    @cached_property
    def anchors(self) -> frozenset[str]:
        """What a link's `#anchor` may name: of headings, HTML `id=` and `<a name=>`, kramdown's `{#id}`."""
        explicit = {anchor for block in self.blocks for anchor in self._block_anchors(block)}
        return frozenset(explicit | {section.anchor for section in self.sections})

    def line_of(self, offset: int) -> int:
        """The line (from 1) of a character of the body."""
        return bisect_right(self._line_starts, offset)

    @cached_property
    def _lines(self) -> list[str]:
        return split_lines(self.text)

    @cached_property
    def _line_starts(self) -> list[int]:
        """The start of each line, and finally the end of the text."""
        if "\r" not in self.text:  # nearly always: then every line ends with one character
            starts = [0, *accumulate([len(line) + 1 for line in self._lines])]
            starts[-1] = len(self.text)
            return starts
        starts = [0, *(found.end() for found in _LINE_END.finditer(self.text))]
        return starts if len(starts) > len(self._lines) else [*starts, len(self.text)]

    def _add_links(self, block: Block, found: list[Link]) -> None:
        place: _Place | None = None
        text = block.text
        for span in self.spans(block.kind, text):
            if span.kind not in _LINKS:
                continue
            place = place or _Place(block, self._lines, self._line_starts)
            line, start = place.find(span.first)
            spelt = text[span.first : span.last]
            # where a line of the value ends, its container's prefix may come between: then map both ends
            end = start + len(spelt) if "\n" not in spelt else place.find(span.last)[1]
            found.append(Link(spelt, span.kind, _link_text(text, span), line, start, end, is_template(spelt)))

    def _block_anchors(self, block: Block) -> Iterator[str]:
        text = block.text
        if block.kind in ("text", "heading") and "{" in text:
            yield from _ATTRIBUTE_LIST.findall(text)
        if "<" not in text or block.kind == "code":
            return
        if block.kind == "html":
            tags = [start for start, _ in opening_tags(text)]
        else:
            spans = self.spans(block.kind, text)
            tags = [span.start for span in spans if span.kind == "tag" and text[span.start] == "<"]
        for tag in tags:
            for name, first, last in attributes(text, tag, len(text)):
                if name == "id" or (name == "name" and text[tag + 1 : tag + 3].strip().lower() == "a"):
                    yield text[first:last]


class _Place:
    """From an offset in a block's text to the line and the offset in the body."""

    def __init__(self, block: Block, lines: list[str], starts: list[int]) -> None:
        self.block = block
        self.lines = lines
        self.starts = starts
        self.offsets = [0, *accumulate(len(line) + 1 for line in block.lines)]

    def find(self, pos: int) -> tuple[int, int]:
        """(line from 1, offset in the body) of `pos`."""
        row = bisect_right(self.offsets, pos) - 1
        line = self.block.start + row
        end = self.starts[line - 1] + len(self.lines[line - 1])
        return line, end - len(self.block.lines[row]) + pos - self.offsets[row]


def parse(text: str) -> Body:
    """Scan a body (without its front matter). Never fails."""
    return Body(text)


def is_template(destination: str) -> bool:
    """Whether a destination holds template markup (Liquid, Jinja, ERB), so that it names nothing yet."""
    if destination.startswith("%") and destination.endswith("%") and len(destination) > 1:
        return True  # `[x](<%= url %>)`, whose angle brackets are taken for a destination's own
    return "{{" in destination or "{%" in destination or "<%" in destination


def _section_ends(levels: list[int]) -> list[int | None]:
    """For each heading the index of the next one of the same or a higher level."""
    ends: list[int | None] = [None] * len(levels)
    open_: list[int] = []
    for index, level in enumerate(levels):
        while open_ and levels[open_[-1]] >= level:
            ends[open_.pop()] = index
        open_.append(index)
    return ends


def _link_text(text: str, span: Span) -> str:
    if span.kind == "reference":
        return text[1 : text.index("]:")]
    if span.opener >= 0:
        return text[span.opener + 1 + (span.kind == "image") : span.start - 2]
    if span.kind == "html":
        inner = text.find(">", span.end, span.end + 300) + 1
        end = text.find("</", inner, inner + 300)
        return text[inner:end] if inner and end >= 0 else ""
    return text[span.first : span.last] if span.kind == "link" else ""
