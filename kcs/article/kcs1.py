"""The normalisation `kcs1`. Frozen: any change to what it says about a text needs a new version beside it.
Every stamp ever given depends on this file and on what `blocks`, `inline`, `tags` and `spans` find. The
golden vectors in tests/article/test_fingerprint.py hold it still; docs/fingerprint.md describes it for
others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING
from unicodedata import normalize

from kcs.article.blocks import scan
from kcs.article.inline import Span
from kcs.article.leaves import Block
from kcs.article.spans import block_spans, reference_labels

if TYPE_CHECKING:
    from kcs.article.body import Body

Destinations = tuple[tuple[str, bool], ...]
Spans = Callable[[str, str], Iterable[Span]]

_SPACE = re.compile(r"[ \t\r\n]+")
_UNEVEN = re.compile(r"[ \t\n]{2,}|[\t\n]")
_CODES = {"html": "w", "table": "t", "rule": "r", "definition": "d", "empty": "e"}
_DESTINATIONS = frozenset(("link", "image", "html", "reference"))

# No text contains NUL (CommonMark reads it as U+FFFD), so NUL and a letter make marks that nobody can forge.
_TITLE = "\0T"
_BLOCK = "\0B"
_CONTAINER = "\0C"
_TEXT = "\0X"
_DESTINATION = "\0D"
_HARD_BREAK = "\n"  # soft breaks are blanks by then


def normalise(title: str | None, body: str, scanned: Body | None = None) -> tuple[str, Destinations]:
    """The text that counts, without its destinations, and these in order as (as spelt, whether an image).

    `scanned`: the body, if already scanned.
    """
    taken: list[tuple[str, bool]] = []
    cleaned = clean(body)
    if scanned is not None and cleaned == scanned.text:
        counted = told(scanned.blocks, scanned.spans, taken)
    else:
        blocks = scan(cleaned)
        counted = told(blocks, partial(block_spans, labels=reference_labels(blocks)), taken)
    return "".join((_TITLE, titled(title), *counted)), tuple(taken)


def titled(title: str | None) -> str:
    """The part of a title that counts."""
    return _SPACE.sub(" ", clean(title or "")).strip(" ")


def told(blocks: Iterable[Block], spans: Spans, taken: list[tuple[str, bool]]) -> Iterator[str]:
    """What counts of each block; its destinations are added to `taken`. No two lists of these join to the same text.

    `spans`: what `block_spans` says of a kind and a text.
    """
    for block in blocks:
        kind, _, _, containers, kept, lines, *_ = block
        markers = "" if len(containers) == kept else "".join([_CONTAINER + one for one in containers[kept:]])
        if kind == "text":  # nine of ten
            text = "\n".join(lines).rstrip(" \t")
            found = spans(kind, text)
            content = _words(text, found, taken) if found else _even(text)
            yield f"{_BLOCK}p{kept}{markers}{_TEXT}{content}"
        else:
            yield f"{_BLOCK}{_code(block)}{kept}{markers}{_TEXT}{_content(block, spans, taken)}"


def clean(text: str) -> str:
    """NFC, LF, no NUL."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():  # all ASCII is NFC: asking for that costs a hundredth of looking at each character
        text = normalize("NFC", text)
    return text.replace("\0", "\ufffd")


def _code(block: Block) -> str:
    if block.kind == "heading":
        return f"h{block.level},"
    if block.kind == "code":
        return "f" if block.mark else "i"
    return _CODES[block.kind]


def _content(block: Block, spans_of: Spans, taken: list[tuple[str, bool]]) -> str:
    kind = block.kind
    if kind == "code":
        return "\n".join([block.info, *_without_blank_end(block.lines)] if block.mark else block.lines)
    if kind in ("rule", "empty"):
        return ""
    if kind in ("table", "html"):
        text = "\n".join(_without_blank_end(block.lines))
        return _verbatim(text, spans_of(kind, text), taken)
    text = block.text
    spans = spans_of(kind, text)
    return _words(text, spans, taken) if spans else _even(text)


def _without_blank_end(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip(" \t"):
        end -= 1
    return lines[:end]


def _verbatim(text: str, spans: Iterable[Span], taken: list[tuple[str, bool]]) -> str:
    """Every byte as it is, but with destinations taken out."""
    out: list[str] = []
    pos = 0
    for span in spans:
        if span.kind in _DESTINATIONS:
            out += (text[pos : span.first], _take(text, span, taken))
            pos = span.last
    return "".join((*out, text[pos:]))


def _words(text: str, spans: Iterable[Span], taken: list[tuple[str, bool]]) -> str:
    """Runs of blanks between the spans as one; code and tags as spelt, on one line."""
    out: list[str] = []
    pos = 0
    for span in spans:
        out.append(_even(text[pos : span.start]))
        pos = span.end
        if span.kind in _DESTINATIONS:
            out.append(_take(text, span, taken))
        elif span.kind == "hard":
            out[-1] = out[-1].rstrip(" ") + _HARD_BREAK
        elif span.kind == "title":
            out.append(" " + _even(text[span.start : span.end]).strip(" "))
        else:
            out.append(text[span.start : span.end].replace("\n", " "))
    return "".join((*out, _even(text[pos:])))


def _even(words: str) -> str:
    """Runs of blanks and soft breaks as one blank; a hard break made by blanks in its one form."""
    line = words.replace("\n", " ") if "\n" in words else words
    return _UNEVEN.sub(_blank_or_break, words) if "  " in line or "\t" in line else line


def _blank_or_break(found: re.Match[str]) -> str:
    before, newline, _ = found.group().partition("\n")
    return _HARD_BREAK if newline and before.endswith("  ") else " "


def _take(text: str, span: Span, taken: list[tuple[str, bool]]) -> str:
    taken.append((text[span.first : span.last], span.kind == "image"))
    return _DESTINATION
