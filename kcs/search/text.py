"""An article as parts of plain text: what a reader sees, without markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast

from kcs.article.body import Body, parse
from kcs.article.headings import section_key
from kcs.article.lines import cells
from kcs.article.plain_words import heading_words, plain_words, unescaped, without_templates
from kcs.patterns import later
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.article.front_matter import Document
    from kcs.article.leaves import Block
    from kcs.kb.articles import Article

Kind = Literal["issue", "environment", "cause", "resolution", "other"]

_KINDS = frozenset(("issue", "environment", "cause", "resolution"))
_HTML = later(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|</?([A-Za-z][A-Za-z0-9]*)[^<>]*>|<[!?/A-Za-z][^<>]*>",
    re.DOTALL | re.I,
)
# These stand inside a line: `<b>Save</b>,` says `Save,`.
_INLINE_TAGS = "a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub sup tt u var wbr"
_INLINE = frozenset(_INLINE_TAGS.split())


class Part(NamedTuple):
    """A heading and the plain text under it, up to the next heading."""

    kind: Kind
    heading: str
    text: str


class Parts:
    """The plain text of an article, by part. One line per block; code keeps its lines."""

    def __init__(
        self,
        title: str,
        tags: tuple[str, ...],
        product: str,
        description: str | Callable[[], str],
        blocks: Iterable[tuple[int, str]],
    ) -> None:
        """`description`: the text, or a function for it, called once, on demand.

        `blocks`: each heading's level (0 for other blocks) and its text.
        """
        self.title, self.tags, self.product, self._description = title, tags, product, description
        self._blocks = list(blocks)

    @cached_property
    def sections(self) -> tuple[Part, ...]:
        """The sections in order. Apart from the body: classifying them takes longer than cutting a snippet."""
        return tuple(_sections(self._blocks))

    @cached_property
    def description(self) -> str:
        """One sentence, or nothing. Unlike the rest, it is in no list of articles and may have to be read."""
        return self._description if isinstance(self._description, str) else self._description()

    @cached_property
    def body(self) -> str:
        """Headings and texts, in order."""
        return "\n".join([text for _, text in self._blocks if text])

    @cached_property
    def text(self) -> str:
        """Everything, title first: for phrases and snippets."""
        fields = (self.title, self.description, self.product, ", ".join(self.tags), self.body)
        return "\n".join(line for line in fields if line)


def parts(document: Document, facts: Article) -> Parts:
    """The parts of an article. `facts` gives values under the base's own field names. Never fails."""
    body = parse(document.body)
    return Parts(
        title=facts.title,
        tags=facts.own.tags,
        product=facts.own.product,
        description="" if facts.unreadable else lambda: facts.description,
        blocks=_blocks(body, _below(body, facts.title) if facts.headed else body.blocks),
    )


def _below(body: Body, title: str) -> Iterator[Block]:
    """The blocks without the title's heading: it is found, and shown, as the title."""
    from kcs.article.first_heading import is_title

    blocks = iter(body.blocks)
    for block in blocks:
        if is_title(block, title, body.labels):
            break
        yield block
    yield from blocks


def _blocks(body: Body, blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    return ((block.level if block.kind == "heading" else 0, block_text(block, body)) for block in blocks)


def _sections(blocks: Iterable[tuple[int, str]]) -> Iterator[Part]:
    """A subsection has its parent's kind: text under `### On a Mac` in a resolution is resolution."""
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
    """The words of a block: code as is, link texts, images' alternative texts, table cells."""
    text = block.text
    if block.kind == "code":
        return text.strip("\n")
    if block.kind in ("rule", "empty", "definition"):
        return ""
    if block.kind == "html":
        return " ".join(unescaped(without_templates(_HTML.sub(_between, text))).split())
    if block.kind == "table":
        return "\n".join(_rows(text, body))
    return (heading_words if block.kind == "heading" else plain_words)(text, body.labels)


def _between(tag: re.Match[str]) -> str:
    """What stands in place of a tag: a blank where one piece of text ends and another begins, as in `</a><a ...>`."""
    begins = not tag[0].startswith("</") and tag.string.endswith(">", 0, tag.start())
    return "" if (tag[2] or "").lower() in _INLINE and not begins else " "


def _rows(text: str, body: Body) -> Iterator[str]:
    for number, row in enumerate(text.split("\n")):
        if number == 1:
            continue
        found = (plain_words(cell, body.labels) for cell in cells(row))
        if line := "  ".join(cell for cell in found if cell):
            yield line
