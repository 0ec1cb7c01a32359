"""Markdown as plain text for a mail or a chat: what a reader would see, with lists, steps and code in their shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[!?/A-Za-z][^<>]*>", re.DOTALL | re.I
)
_OUTSIDE = ("http://", "https://", "mailto:", "tel:")


def plain_text(markdown: str) -> str:
    """The text, with one line end at its end; empty if nothing is to be seen."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown))
    return "\n\n".join(_blocks(tree.children)).strip() + "\n"


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> Iterator[str]:
    """The text of each block that says something."""
    for node in nodes:
        text = _block(node)
        if text.strip():
            yield text


def _block(node: SyntaxTreeNode) -> str:
    if node.type in ("paragraph", "heading"):
        return "".join(_inline(one) for one in node.children)
    if node.type in ("fence", "code_block"):
        return node.content.rstrip("\n")
    if node.type in ("bullet_list", "ordered_list"):
        return _list(node)
    if node.type == "blockquote":
        return _indented("\n\n".join(_blocks(node.children)), "> ", "> ")
    if node.type == "table":
        return "\n".join(
            " | ".join(_block(cell) for cell in row.children)
            for part in node.children
            for row in part.children
        )
    if node.type in ("th", "td"):
        return "".join(_inline(one) for one in node.children)
    if node.type == "html_block":
        return " ".join(unescape(_TAG.sub(" ", node.content)).split())
    return ""


def _list(node: SyntaxTreeNode) -> str:
    first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
    items = []
    for number, item in enumerate(node.children, first):
        mark = f"{number}. " if node.type == "ordered_list" else "- "
        parts = list(_blocks(item.children))
        items.append(_indented("\n".join(parts), mark, " " * len(mark)))
    return "\n".join(items)


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        (rest if place else first) + line if line or not place else rest.rstrip()
        for place, line in enumerate(lines)
    )


def _inline(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "\n"
    if node.type == "html_inline":
        return "\n" if node.content[1:3].lower() == "br" else ""
    if node.type == "image":
        return node.content
    said = "".join(_inline(one) for one in node.children)
    return _link(node, said) if node.type == "link" else said


def _link(node: SyntaxTreeNode, said: str) -> str:
    """The link with its address, if that works for outsiders."""
    address = str(node.attrs.get("href", ""))
    if not address.startswith(_OUTSIDE) or address.removeprefix("mailto:") == said or address == said:
        return said
    return f"{said} ({address})" if said else address
