"""An inline text without its markup: what a reader sees of a heading, a paragraph or a table cell."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

from kcs.article.inline import MAX_LABEL, label_key
from kcs.article.spans import block_spans, only_words
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
_BRACKET = later(r"\\.|[\[\]]", re.DOTALL)
_ANCHOR = later(r"[ \t]\{:?[^{}\n]{0,200}\}$")
_MARKS = re.compile(r"[\\`*_~\[\]<>&{]")
_LABEL = later(r"\[((?:[^\[\]\\]|\\.){0,999}+)\]", re.DOTALL)
# What may be a character reference, and the names beyond which nine articles of ten use none.
_REFERENCE = later(r"&[^\t\n\f <&;]{1,32};?")
_NAMES = {
    "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": "\xa0", "&reg;": "\xae", "&trade;": "\u2122", "&mdash;": "\u2014",
}  # fmt: skip
_DIGITS = frozenset("0123456789abcdefABCDEF")
# A character that is no markup, though it looks so, is put aside until the
# markup is gone: in place of each stands one that Unicode keeps for such uses.
_SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_FIRST = 0xFDD0
_ASIDE = {ord(sign): _FIRST + place for place, sign in enumerate(_SIGNS)}
# Those that would be taken for markup.
_TO_ASIDE = {ord(sign): _ASIDE[ord(sign)] for sign in "\\`*_~[]<>&{%"}
_PUT_ASIDE = later("[\ufdd0-\ufdef]")


def heading_words(text: str, labels: Container[str] = ()) -> str:
    """As `plain_words`, without the anchor that some generators accept at the end of a heading: `{#id}`, `{: #id}`."""
    return plain_words(_ANCHOR.sub("", text) if "{" in text else text, labels)


def plain_words(text: str, labels: Container[str] = ()) -> str:
    """On one line, runs of blanks as one; code stays as written.
    `labels`: the link labels that the document defines, normalised.
    """
    if not _MARKS.search(text):
        return " ".join(text.split())
    if only_words(text) and "]" not in text:
        return " ".join(_plain(text).split())
    found: list[str] = []
    at = 0
    for start, end, said in _markup(text, list(block_spans("text", text, labels)), labels):
        found += (text[at:start], said)
        at = end
    found.append(text[at:])
    return " ".join(_plain("".join(found)).split())


def _markup(text: str, spans: Sequence[Span], labels: Container[str]) -> Iterator[tuple[int, int, str]]:
    """Parts of the text in order (start, end) and what a reader sees in their place.
    Brackets that belong to no link are kept, put aside.
    """
    cuts = _reference_cuts(text, spans, labels) if labels else []
    for span in spans:
        end = span.end + (span.kind == "title" and text.startswith(")", span.end))
        if span.kind in ("link", "image") and span.opener >= 0:
            cuts.append((span.opener, _text_of(text, span.opener), ""))
            cuts.append((span.start - 2, end + text.startswith(")", end), ""))
        elif span.kind == "link":  # <https://...>
            cuts.append((span.start - 1, end + 1, _aside(text[span.first : span.last])))
        else:
            cuts.append((span.start, end, _said(text, span)))
    if len(cuts) > 1:
        cuts.sort()  # a link's brackets stand around the spans of its text
    at, links = 0, sum(1 for span in spans if span.opener >= 0)
    brackets = text.count("[") + text.count("]") - 2 * links
    for start, end, said in (*cuts, (len(text), len(text), "")) if brackets else cuts:
        if brackets:
            for found in _BRACKET.finditer(text, at, start):
                if len(found.group()) == 1:
                    yield found.start(), found.end(), _aside(found.group())
        yield start, end, said
        at = end


def _text_of(text: str, opener: int) -> int:
    """Where a link's or image's text begins."""
    return opener + 1 + text.startswith("!", opener)


def _reference_cuts(text: str, spans: Sequence[Span], labels: Container[str]) -> list[tuple[int, int, str]]:
    """The brackets and labels of `[text][label]`, `[label][]` and `[label]`. As everywhere, a link holds no link."""
    cuts: list[tuple[int, int, str]] = []
    closed = {span.start - 2 for span in spans if span.opener >= 0}
    openers: list[tuple[int, bool]] = []
    at = inactive = 0
    for start, end in (*((span.start, span.end) for span in spans), (len(text), len(text))):
        for found in _BRACKET.finditer(text, at, start):
            place = found.start()
            if place < at or len(found.group()) > 1:
                continue
            if found.group() == "[":
                openers.append((place, text[place - 1 : place] == "!"))
            elif openers:
                opener, image = openers.pop()
                active = image or len(openers) >= inactive
                inactive = min(inactive, len(openers))
                if active and place not in closed:
                    at = _label_end(text, opener, place, labels)
                    active = at > place
                    cuts += [(opener - image, opener + 1, ""), (place, at, "")] if active else []
                if active and not image:
                    inactive = len(openers)
        at = max(at, end)
    return cuts


def _label_end(text: str, opener: int, closer: int, labels: Container[str]) -> int:
    """Where a reference ends whose text the two brackets enclose; -1 if its label is none of the document's."""
    named = _LABEL.match(text, closer + 1)
    first, last = named.span(1) if named and named[1] else (opener + 1, closer)
    if last - first > MAX_LABEL or label_key(text[first:last]) not in labels:
        return -1
    return named.end() if named else closer + 1


def _said(text: str, span: Span) -> str:
    """What a reader sees of a span that is not plain words."""
    spelt = text[span.start : span.end]
    if span.kind == "code":
        return _aside(spelt.strip("`"))
    if span.kind == "hard" or (span.kind == "tag" and spelt[1:3].lower() == "br"):
        return " "
    # A mail address in <> is read as a tag; any other tag, even inside a word, leaves nothing.
    is_mail = span.kind == "tag" and "@" in spelt and " " not in spelt
    return _aside(spelt[1:-1]) if is_mail else ""


def _aside(text: str) -> str:
    return text.translate(_TO_ASIDE)


def _plain(text: str) -> str:
    if _MARKS.search(text):
        text = without_templates(text)
        if "\\" in text:
            text = _ESCAPE.sub(lambda found: found.group(1).translate(_ASIDE), text)
        text = unescaped(_EMPHASIS.sub("", text))
    return _PUT_ASIDE.sub(lambda found: _SIGNS[ord(found.group()) - _FIRST], text)


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
