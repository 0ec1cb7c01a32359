"""markdown-it-py as the judge of our own scanner: both say what a text holds, in one and the same form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from kcs.article.body import Body, parse

JUDGE = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")

Facts = dict[str, list[tuple[object, ...]]]


def ours(text: str) -> Facts:
    """Code, headings, HTML and tables with their lines (from 1), link destinations with how often."""
    body = parse(text)
    facts: Facts = {"code": [], "heading": [], "html": [], "table": [], "rule": [], "text": []}
    for block in body.blocks:
        content = block.text.rstrip()
        if block.kind == "code":
            info = unescapeAll(block.info).strip() if block.mark else ""
            facts["code"].append((block.start, info, content))
        elif block.kind == "heading":
            facts["heading"].append((block.start, block.end, block.level, _lines(content)))
        elif block.kind == "html":
            facts["html"].append((block.start, content.strip()))
        elif block.kind == "table":
            facts["table"].append((block.start, block.end))
        elif block.kind == "rule":
            facts["rule"].append((block.start,))
        elif block.kind == "text":
            facts["text"].append((block.start, _lines(content)))
    defined = _defined(body)
    facts["link"] = _counted(spelt for spelt in _destinations(body) if spelt not in defined)
    facts["definition"] = sorted((spelt,) for spelt in defined)
    return facts


def theirs(text: str) -> Facts:
    """The same of markdown-it-py."""
    environment: dict[str, Any] = {}
    tokens = JUDGE.parse(text, environment)
    defined = {str(entry["href"]) for entry in environment.get("references", {}).values()}
    facts: Facts = {"code": [], "heading": [], "html": [], "table": [], "rule": [], "text": []}
    for token, inner in zip(tokens, [*tokens[1:], None], strict=False):
        start, end = (token.map[0] + 1, token.map[1]) if token.map else (0, 0)
        if token.type in ("fence", "code_block"):
            facts["code"].append(
                (start, token.info.strip() and unescapeAll(token.info).strip(), token.content.rstrip())
            )
        elif token.type == "heading_open" and inner:
            facts["heading"].append((start, end, int(token.tag[1]), _lines(inner.content)))
        elif token.type == "html_block":
            facts["html"].append((start, token.content.strip()))
        elif token.type == "table_open":
            facts["table"].append((start, end))
        elif token.type == "hr":
            facts["rule"].append((start,))
        elif token.type == "paragraph_open" and inner:
            facts["text"].append((start, _lines(inner.content)))
    facts["link"] = _counted(spelt for spelt in _judged(tokens) if spelt not in defined)
    facts["definition"] = sorted((spelt,) for spelt in defined)
    return facts


def differences(text: str) -> list[str]:
    """What the two do not agree on."""
    left, right = ours(text), theirs(text)
    return [
        f"{kind}: ours {[x for x in left[kind] if x not in right[kind]]}, theirs {[x for x in right[kind] if x not in left[kind]]}"
        for kind in left
        if left[kind] != right[kind]
    ]


def _lines(content: str) -> str:
    return "\n".join(line.strip() for line in content.strip().split("\n"))


def _destinations(body: Body) -> Iterable[str]:
    for link in body.links:
        raw = body.text[link.start - 1 : link.start] in ("'", '"') and link.kind in ("image", "html")
        if link.kind in ("link", "image") and not raw and not _in_html(body, link.start):
            spelt = JUDGE.normalizeLink(unescapeAll(link.destination))
            if not spelt.startswith("mailto:"):
                yield spelt


def _defined(body: Body) -> set[str]:
    first: dict[str, str] = {}
    for link in body.links:
        if link.kind == "reference":
            key = " ".join(link.text.split()).casefold()
            first.setdefault(key, JUDGE.normalizeLink(unescapeAll(link.destination)))
    return set(first.values())


def _in_html(body: Body, start: int) -> bool:
    return body.text[:start].rstrip().endswith("=")


def _judged(tokens: list[Token]) -> Iterable[str]:
    for token in tokens:
        for inline in token.children or ():
            if inline.type == "link_open" and not str(inline.attrGet("href")).startswith("mailto:"):
                yield str(inline.attrGet("href"))
            elif inline.type == "image":
                yield str(inline.attrGet("src"))
                yield from _judged([inline])


def _counted(destinations: Iterable[str]) -> list[tuple[object, ...]]:
    return sorted(Counter(destinations).items())
