"""Where the code, the tags and the destinations are in a block of any kind."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from kcs.article.inline import Span, definition, label_key, scan, tag_spans
from kcs.article.leaves import Block
from kcs.article.lines import cells
from kcs.article.tags import opening_tags

INLINE = frozenset(("text", "heading"))


def reference_labels(blocks: Iterable[Block]) -> frozenset[str]:
    """Labels that a document defines, normalised."""
    return frozenset(label_key(_label(block.text)) for block in blocks if block.kind == "definition")


def only_words(text: str) -> bool:
    """Whether a text can only be words: it holds none of the characters that anything else starts with."""
    return "[" not in text and "`" not in text and "<" not in text and "\\" not in text


def block_spans(kind: str, text: str, labels: Container[str] = ()) -> Iterable[Span]:
    """Spans of a block's text in order; a "reference" is the destination of a link reference definition."""
    if kind in INLINE:
        return () if only_words(text) else scan(text, labels)
    if kind == "table":
        return _table(text, labels)
    if kind == "html":
        return _html(text)
    return _definition(text) if kind == "definition" else ()


def _table(text: str, labels: Container[str]) -> Iterator[Span]:
    """Cell by cell: no code span and no link reaches into the next, and cells beyond the head's are dropped."""
    pos = 0
    width = len(cells(text.partition("\n")[0]))
    for row in text.split("\n"):
        at = pos
        for cell in () if only_words(row) else cells(row)[:width]:
            at = text.index(cell, at)
            for span in scan(cell, labels):
                opener = span.opener + at if span.opener >= 0 else -1
                yield Span(span.start + at, span.end + at, span.kind, span.first + at, span.last + at, opener)
            at += len(cell)
        pos += len(row) + 1


def _html(text: str) -> Iterator[Span]:
    for start, end in opening_tags(text):
        yield from tag_spans(text, start, end)


def _definition(text: str) -> Iterator[Span]:
    if found := definition(text, 0):
        start = found.label_end + 1
        yield Span(start, found.title, "reference", found.first, found.last)
        if found.title_end > found.title:
            yield Span(found.title, found.title_end, "title")


def _label(text: str) -> str:
    found = definition(text, 0)
    return text[1 : found.label_end - 1] if found else ""
