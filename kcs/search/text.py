"""An article to parts of plain text: what a reader sees of it, without the markup that says how."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast

from kcs.article.body import Body, parse
from kcs.article.headings import section_key
from kcs.article.lines import cells
from kcs.article.spans import block_spans
from kcs.patterns import later
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.article.blocks import Block
    from kcs.article.front_matter import Document
    from kcs.article.inline import Span
    from kcs.kb.articles import Article

Kind = Literal["issue", "environment", "cause", "resolution", "other"]

_KINDS = frozenset(("issue", "environment", "cause", "resolution"))
# Liquid, Jinja, ERB; and kramdown's attribute lists.
_TEMPLATE = later(
    r"\{\{(?:(?!\}\}).){0,500}\}\}|\{%(?:(?!%\}).){0,500}%\}|<%(?:(?!%>).){0,500}%>|\{:[^{}\n]{0,200}\}",
    re.DOTALL,
)
# Each way begins with its sign, and looks behind that one for what stands before: `re` then skips to the signs.
_EMPHASIS = re.compile(r"\*\**(?=\S)|\*(?<=\S\*)\**|~~|_(?<![^\W_]_)_*(?=\S)|_(?<=\S_)_*(?![^\W_])")
_ESCAPE = later(r"\\([!-/:-@\[-`{-~])")
_BRACKETS = re.compile(r"!\[|\[|\]")
_HTML = later(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[!?/A-Za-z][^<>]*>", re.DOTALL | re.I)
_ANCHOR = later(r"[ \t]\{:?[^{}\n]{0,200}\}$")
_MARKS = re.compile(r"[\\`*_~\[\]<>&{]")
_LABEL = later(r"\]\[[^\[\]]*\]")
# What may be a character reference, and those names that nine articles of ten have none but.
_REFERENCE = later(r"&[^\t\n\f <&;]{1,32};?")
_NAMES = {
    "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": "\xa0", "&reg;": "\xae", "&trade;": "\u2122", "&mdash;": "\u2014",
}  # fmt: skip
_DIGITS = frozenset("0123456789abcdefABCDEF")
_ASIDE = 0xE000  # private use
_PUT_ASIDE = later("[\ue021-\ue07e]")


class Part(NamedTuple):
    """A heading and the plain text under it, up to the next heading."""

    kind: Kind
    heading: str
    text: str


class Parts:
    """The plain text of an article, by part. A line a block; code keeps its lines."""

    def __init__(
        self,
        title: str,
        tags: tuple[str, ...],
        product: str,
        description: str | Callable[[], str],
        blocks: Iterable[tuple[int, str]],
    ) -> None:
        """`description`: it, or what gives it, asked once and only where somebody wants it.

        `blocks`: the level of each heading, 0 of other blocks, and what it says.
        """
        self.title, self.tags, self.product, self._description = title, tags, product, description
        self._blocks = list(blocks)

    @cached_property
    def sections(self) -> tuple[Part, ...]:
        """In order. Apart from the body: to tell what kind each is takes longer than to cut a snippet."""
        return tuple(_sections(self._blocks))

    @cached_property
    def description(self) -> str:
        """One sentence, or nothing. All else is in a list of articles; this may have to be read."""
        return self._description if isinstance(self._description, str) else self._description()

    @cached_property
    def body(self) -> str:
        """Headings and texts, in order."""
        return "\n".join([text for _, text in self._blocks if text])

    @cached_property
    def text(self) -> str:
        """All of it, the title first: for phrases and snippets."""
        fields = (self.title, self.description, self.product, ", ".join(self.tags), self.body)
        return "\n".join(line for line in fields if line)


def parts(document: Document, facts: Article) -> Parts:
    """The parts of an article. `facts` gives what the base's own field names hide. Never fails."""
    return Parts(
        title=facts.title,
        tags=facts.own.tags,
        product=facts.own.product,
        description="" if facts.unreadable else lambda: facts.description,
        blocks=_blocks(parse(document.body)),
    )


def _blocks(body: Body) -> Iterator[tuple[int, str]]:
    return ((block.level if block.kind == "heading" else 0, block_text(block, body)) for block in body.blocks)


def _sections(blocks: Iterable[tuple[int, str]]) -> Iterator[Part]:
    """A subsection has its parent's kind: what stands under `### On a Mac` of a resolution is the resolution."""
    kind: Kind = "other"
    heading, lines = "", list[str]()
    open_: list[tuple[int, Kind]] = []
    for level, text in blocks:
        if not level:
            lines.append(text)
            continue
        yield from _part(kind, heading, lines)
        heading = text
        while open_ and open_[-1][0] >= level:
            open_.pop()
        kind = _kind(heading) or (open_[-1][1] if open_ else "other")
        open_.append((level, kind))
        lines = []
    yield from _part(kind, heading, lines)


def _part(kind: Kind, heading: str, lines: Iterable[str]) -> Iterator[Part]:
    text = "\n".join(line for line in lines if line)
    if heading or text:
        yield Part(kind, heading, text)


def _kind(heading: str) -> Kind | None:
    key = section_key(heading)
    return cast(Kind, key) if key in _KINDS else None


def block_text(block: Block, body: Body) -> str:
    """What a block says. Code as it is; of links the text, of images the alternative, of tables the cells."""
    text = block.text
    if block.kind == "code":
        return text.strip("\n")
    if block.kind in ("rule", "empty", "definition"):
        return ""
    if block.kind == "html":
        return " ".join(_unescaped(_without_templates(_HTML.sub(" ", text))).split())
    if block.kind == "table":
        return "\n".join(_rows(text, body))
    if block.kind == "heading":
        text = _ANCHOR.sub("", text)
    return _words(text, body.labels) if _MARKS.search(text) else " ".join(text.split())


def _without_templates(text: str) -> str:
    return _TEMPLATE.sub(" ", text) if "{" in text or "<%" in text else text


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    said = {one: _character(one) for one in _REFERENCE.findall(text)}
    if None not in said.values():
        return _REFERENCE.sub(lambda found: said[found.group()] or "", text)
    # 2,231 names, which take longer to load than ten articles to read.
    from html import unescape

    return unescape(text)


def _character(reference: str) -> str | None:
    """What a character reference says that needs no table; None where it may say something else, or nothing."""
    if not reference.startswith("&#") or not reference.endswith(";"):
        return _NAMES.get(reference)
    digits = reference[2:-1]
    base, digits = (16, digits[1:]) if digits[:1] in ("x", "X") else (10, digits)
    try:
        number = int(digits, base) if _DIGITS.issuperset(digits) else 0
    except ValueError:
        return None
    # What lies between stands for something else, as what lies higher may.
    return chr(number) if 0x20 <= number < 0x7F or 0xA0 <= number < 0xD800 else None


def _rows(text: str, body: Body) -> Iterator[str]:
    for number, row in enumerate(text.split("\n")):
        if number == 1:
            continue
        found = (_words(cell, body.labels) for cell in cells(row))
        if line := "  ".join(cell for cell in found if cell):
            yield line


def _words(text: str, labels: Container[str]) -> str:
    """An inline text without its markup. Code is kept to the letter."""
    found: list[str] = []
    at = 0
    for span in block_spans("text", text, labels):
        before = text[at : span.start]
        at = span.end
        if span.kind in ("link", "image") and span.opener >= 0:
            before = before[:-2]  # ](
            at += text.startswith(")", at)
        elif span.kind == "title":
            at += text.startswith(")", at)
        elif span.kind == "link":  # <https://...>
            before, at = before[:-1], at + 1
        found += (_plain(before, labels), _said(text, span))
    found.append(_plain(text[at:], labels))
    return " ".join("".join(found).split())


def _said(text: str, span: Span) -> str:
    """What a span that is not plain words says."""
    spelt = text[span.start : span.end]
    if span.kind == "code":
        return spelt.strip("`")
    if span.kind == "link" and span.opener < 0:
        return text[span.first : span.last]
    if span.kind == "hard" or (span.kind == "tag" and spelt[1:3].lower() == "br"):
        return " "
    # A mail address is read as a tag; <b> inside a word is nothing.
    return spelt[1:-1] if "@" in spelt and " " not in spelt else ""


def _plain(text: str, labels: Container[str]) -> str:
    if not _MARKS.search(text):
        return text
    text = _without_templates(text)
    escaped = "\\" in text
    if escaped:
        # What is escaped is a character and no mark: put aside until the marks are gone.
        text = _ESCAPE.sub(lambda found: chr(_ASIDE + ord(found.group(1))), text)
    if labels:
        text = _LABEL.sub("]", text)
    text = _BRACKETS.sub("", _EMPHASIS.sub("", text))
    text = _unescaped(text)
    return _PUT_ASIDE.sub(lambda found: chr(ord(found.group()) - _ASIDE), text) if escaped else text
