"""The first heading of a text: the title of an article whose front matter has none."""

from __future__ import annotations

import re
from collections.abc import Container
from operator import add

from kcs.article.blocks import first
from kcs.article.inline import label_key
from kcs.article.leaves import Block
from kcs.article.plain_words import heading_words
from kcs.article.spans import block_spans

# What may begin a heading of the first level, or underline one, after a line break or blanks: for most texts
# without such a heading this is the only test. Each begins with its sign and then looks back, so that `re`
# can skip to the signs.
_HASH = re.compile(r"#(?<![^\r\n ]#)(?:[ \t\r\n]|\Z)")
_UNDERLINE = re.compile(r"=(?<![^\r\n ]=)=*[ \t]*(?:[\r\n]|\Z)")

_REFERENCE = re.compile(r"\[([^\[\]]+)\](?:\[([^\[\]]*)\])?")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


def first_heading(text: str) -> str:
    """The words of the first level-one heading that has any; empty if there is none.

    A heading in a quote or a list is not the text's own, and one
    in an internal block is not for everyone who sees a list.
    """
    if not (_HASH.search(text) or _UNDERLINE.search(text)):
        return ""
    if "<!--" in text:
        from kcs.article.internal import without_internal

        text = without_internal(text)
    found = first(text, lambda block: _is_first_level(block) and _words(block, text) != "")
    return _words(found, text) if found else ""


def _is_first_level(block: Block) -> bool:
    """Whether a block is a level-one heading of the text itself, not of a quote or a list."""
    return block.kind == "heading" and block.level == 1 and not block.containers


def is_title(block: Block, title: str, labels: Container[str]) -> bool:
    """Whether a block of a text is the heading from which `title` was taken.
    `labels`: the link labels that the text defines.
    """
    return _is_first_level(block) and title_words(block.text, labels) == title


def without_title(text: str, title: str) -> str:
    """A text without the heading from which `title` was taken."""
    from kcs.article.body import parse

    body = parse(text)
    found = next((one for one in body.blocks if is_title(one, title, body.labels)), None)
    if found is None:
        return text
    lines = _LINE.findall(text)
    return "".join(lines[: found.start - 1] + lines[found.end :])


def _words(block: Block, text: str) -> str:
    if "[" not in block.text or "]:" not in text:
        return title_words(block.text, ())
    from kcs.article.body import parse

    # Only the whole text tells which brackets make a link.
    return title_words(block.text, parse(text).labels)


def title_words(text: str, labels: Container[str]) -> str:
    """As `heading_words`, but brackets that make no link stay, since readers see them: `[BETA]`, `List[int]`."""
    return heading_words(_as_seen(text, labels) if "[" in text or "]" in text else text, labels)


def _as_seen(text: str, labels: Container[str]) -> str:
    """The text with a backslash before each bracket that makes no link."""
    marks: set[int] = set()
    for span in block_spans("heading", text, labels):
        marks.update(range(span.start, span.end))
        if span.opener >= 0:
            marks |= {text.index("[", span.opener), span.start - 2}
    for found in _REFERENCE.finditer(text):
        if label_key(found[2] or found[1]) in labels:
            marks.update(range(*found.span()))
    escaped = (
        "\\" if sign in "[]" and at not in marks and text[at - 1 : at] != "\\" else ""
        for at, sign in enumerate(text)
    )
    return "".join(map(add, escaped, text))
