"""An inline text without its markup: what a reader sees of a heading, a paragraph or a table cell."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import TYPE_CHECKING

from kcs.article.spans import block_spans
from kcs.patterns import later

if TYPE_CHECKING:
    from kcs.article.inline import Span

# Liquid, Jinja, ERB; and kramdown's attribute lists.
_TEMPLATE = later(
    r"\{\{(?:(?!\}\}).){0,500}\}\}|\{%(?:(?!%\}).){0,500}%\}|<%(?:(?!%>).){0,500}%>|\{:[^{}\n]{0,200}\}",
    re.DOTALL,
)
_OPENINGS = ("{{", "{%", "<%", "{:")
# Each alternative begins with its sign and only then looks back at what comes before it: so `re` can skip to the signs.
_EMPHASIS = re.compile(r"\*\**(?=\S)|\*(?<=\S\*)\**|~~|_(?<![^\W_]_)_*(?=\S)|_(?<=\S_)_*(?![^\W_])")
_ESCAPE = later(r"\\([!-/:-@\[-`{-~])")
_BRACKETS = re.compile(r"!\[|\[|\]")
_ANCHOR = later(r"[ \t]\{:?[^{}\n]{0,200}\}$")
_MARKS = re.compile(r"[\\`*_~\[\]<>&{]")
_LABEL = later(r"\]\[[^\[\]]*\]")
# What may be a character reference, and the names beyond which nine articles of ten use none.
_REFERENCE = later(r"&[^\t\n\f <&;]{1,32};?")
_NAMES = {
    "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": "\xa0", "&reg;": "\xae", "&trade;": "\u2122", "&mdash;": "\u2014",
}  # fmt: skip
_DIGITS = frozenset("0123456789abcdefABCDEF")
_ASIDE = 0xE000  # private use
_PUT_ASIDE = later("[\ue021-\ue07e]")


def heading_words(text: str, labels: Container[str] = ()) -> str:
    """As `plain_words`, without the anchor that some generators accept at the end of a heading: `{#id}`, `{: #id}`."""
    return plain_words(_ANCHOR.sub("", text) if "{" in text else text, labels)


def plain_words(text: str, labels: Container[str] = ()) -> str:
    """On one line, runs of blanks as one; code stays as written. `labels`: the link labels that the document defines, normalised."""
    if not _MARKS.search(text):
        return " ".join(text.split())
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
    """What a reader sees of a span that is not plain words."""
    spelt = text[span.start : span.end]
    if span.kind == "code":
        return spelt.strip("`")
    if span.kind == "link" and span.opener < 0:
        return text[span.first : span.last]
    if span.kind == "hard" or (span.kind == "tag" and spelt[1:3].lower() == "br"):
        return " "
    # A mail address in <> is read as a tag; any other tag, even inside a word, leaves nothing.
    return spelt[1:-1] if "@" in spelt and " " not in spelt else ""


def _plain(text: str, labels: Container[str]) -> str:
    if not _MARKS.search(text):
        return text
    text = without_templates(text)
    escaped = "\\" in text
    if escaped:
        # An escaped character is not markup: it is put aside until the markup is gone.
        text = _ESCAPE.sub(lambda found: chr(_ASIDE + ord(found.group(1))), text)
    if labels:
        text = _LABEL.sub("]", text)
    text = _BRACKETS.sub("", _EMPHASIS.sub("", text))
    text = unescaped(text)
    return _PUT_ASIDE.sub(lambda found: chr(ord(found.group()) - _ASIDE), text) if escaped else text


def without_templates(text: str) -> str:
    """The text with a blank in place of everything that a site generator fills in."""
    return _TEMPLATE.sub(" ", text) if any(map(text.__contains__, _OPENINGS)) else text


def unescaped(text: str) -> str:
    """The text with the characters that its `&...;` stand for."""
    if "&" not in text:
        return text
    said = {one: _character(one) for one in _REFERENCE.findall(text)}
    if None not in said.values():
        return _REFERENCE.sub(lambda found: said[found.group()] or "", text)
    # Its 2,231 names take longer to load than ten articles take to read.
    from html import unescape

    return unescape(text)


def _character(reference: str) -> str | None:
    """The character of a reference that needs no table; None if it may be another one, or no reference at all."""
    if not reference.startswith("&#") or not reference.endswith(";"):
        return _NAMES.get(reference)
    digits = reference[2:-1]
    base, digits = (16, digits[1:]) if digits[:1] in ("x", "X") else (10, digits)
    try:
        number = int(digits, base) if _DIGITS.issuperset(digits) else 0
    except ValueError:
        return None
    # The codes in between stand for other characters, and higher ones may.
    return chr(number) if 0x20 <= number < 0x7F or 0xA0 <= number < 0xD800 else None
