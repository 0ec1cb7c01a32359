"""Where each node of a YAML block is written: spans in characters, found from the parser's events and tokens.

Events, not `compose()`: a composed alias is its anchor's node and has that node's marks. A block collection's
end mark runs past comments and blank lines, so a true end here is the end of the last leaf.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import yaml

from kcs.article.yaml_loader import StrictLoader

BREAK = "(?:\r\n|[\n\r\x85\u2028\u2029])"
_BREAK = re.compile(BREAK)
_TO_BREAK = re.compile("[^\n\r\x85\u2028\u2029]*")
_COMMENT = re.compile("#[^\n\r\x85\u2028\u2029]*")
_HEADER = re.compile(r"(?:[&!]\S*\s+)*([|>][-+0-9]*)[ \t]*")
_BREAKS = "\n\r\x85\u2028\u2029"

Kind = Literal["scalar", "alias", "sequence", "mapping"]


@dataclass(slots=True)
class Node:
    """One node as written, `text[start:end]`, anchor and tag included; `items` of a mapping: key, value, ..."""

    kind: Kind
    start: int
    end: int
    value: str = ""
    style: str = ""
    flow: bool = False
    anchor: str | None = None
    tag: str | None = None
    keeps_breaks: bool = False
    items: list[Node] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Nothing is written, as after `key:`."""
        return self.start == self.end

    @property
    def pairs(self) -> list[tuple[Node, Node]]:
        """Key and value nodes of a mapping."""
        return list(zip(self.items[::2], self.items[1::2], strict=True))

    def walk(self) -> Iterator[Node]:
        """The node and all below it."""
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True)
class Layout:
    """A block, its root node (None when empty) and its tokens; all offsets are characters."""

    text: str

    @cached_property
    def root(self) -> Node | None:
        """The tree of nodes; built in a loop over events."""
        return _tree(self.text)

    @cached_property
    def tokens(self) -> list[tuple[str, int, int]]:
        """Every token: its name without `Token`, start, end."""
        found = yaml.scan(self.text, Loader=StrictLoader)
        return [
            (type(token).__name__[:-5], token.start_mark.index, token.end_mark.index)
            for token in found
            if token.start_mark and token.end_mark
        ]

    @cached_property
    def comments(self) -> list[tuple[int, int]]:
        """Every comment from its `#` to the end of its line."""
        return list(_comments(self.text, self.tokens))

    def comments_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The comments that begin in a span."""
        return [place for place in self.comments if start <= place[0] < end]

    def token_after(self, name: str, start: int) -> tuple[int, int]:
        """The first token of that name at or after `start`."""
        begin = bisect_left(self.tokens, start, key=lambda token: token[1])
        return next((at, end) for kind, at, end in self.tokens[begin:] if kind == name)

    def token_before(self, name: str, end: int) -> tuple[int, int]:
        """The last token of that name that ends at or before `end`."""
        return next((at, to) for kind, at, to in reversed(self.tokens) if kind == name and to <= end)

    def line_start(self, index: int) -> int:
        """Where the line of a character begins."""
        begins = [match.end() for match in _BREAK.finditer(self.text, 0, index)]
        return begins[-1] if begins else 0

    def line_end(self, index: int) -> int:
        """Where the line of a character ends, its break not included."""
        match = _TO_BREAK.match(self.text, index)
        return match.end() if match else index

    def next_line(self, index: int) -> int:
        """Where the line after that of a character begins."""
        end = self.line_end(index)
        match = _BREAK.match(self.text, end)
        return match.end() if match else end

    def same_line(self, first: int, second: int) -> bool:
        """No line break between two characters."""
        return _BREAK.search(self.text, first, second) is None


def _tree(text: str) -> Node | None:
    top: list[Node] = []
    stack: list[Node] = []
    for event in yaml.parse(text, Loader=StrictLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            node = stack.pop()
            node.end = (
                _index(event.end_mark) if node.flow else max([node.end, *(item.end for item in node.items)])
            )
        elif isinstance(event, yaml.NodeEvent):
            node = _node(event, text)
            (stack[-1].items if stack else top).append(node)
            if isinstance(event, yaml.CollectionStartEvent):
                stack.append(node)
    return top[0] if top else None


def _node(event: Any, text: str) -> Node:
    start, end = _index(event.start_mark), _index(event.end_mark)
    if isinstance(event, yaml.AliasEvent):
        return Node("alias", start, end, value=event.anchor or "")
    if isinstance(event, yaml.ScalarEvent):
        node = Node("scalar", start, end, event.value, event.style or "", anchor=event.anchor, tag=event.tag)
        return _trimmed(node, text) if node.style in ("|", ">") else node
    kind: Kind = "sequence" if isinstance(event, yaml.SequenceStartEvent) else "mapping"
    # A block collection begins at its first item; after an anchor or tag, the start mark is theirs.
    return Node(kind, start, start, flow=bool(event.flow_style), anchor=event.anchor, tag=event.tag)


def _trimmed(node: Node, text: str) -> Node:
    """A block scalar's mark includes the blank lines after it; only `+` makes them part of the value."""
    written = text[node.start : node.end]
    header = _HEADER.match(written)
    node.keeps_breaks = header is not None and "+" in header[1]
    # Not by a pattern: it would look from each of a thousand blank lines to the end.
    text_end = written.rstrip(" \t")
    if text_end.endswith(tuple(_BREAKS)):
        last = 2 if text_end.endswith("\r\n") else 1
        node.end = node.start + len(text_end[:-last] if node.keeps_breaks else text_end.rstrip(_BREAKS))
    return node


def _comments(text: str, tokens: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    """Comments lie between tokens, and on the first line of a block scalar's own token."""
    behind = 0
    for kind, start, end in tokens:
        for match in _COMMENT.finditer(text, behind, max(start, behind)):
            yield match.span()
        if kind == "Scalar" and text[start : start + 1] in ("|", ">"):
            header = _HEADER.match(text, start)
            match_ = _COMMENT.match(text, header.end()) if header else None
            if match_:
                yield match_.span()
        behind = max(behind, end)
    for match in _COMMENT.finditer(text, behind):
        yield match.span()


def _index(mark: Any) -> int:
    return int(mark.index)
