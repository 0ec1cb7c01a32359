"""Something in the article runs in its reader's browser: a script, an event handler, a `javascript:` link.

## Why it matters

Whoever may edit an article could read what its readers may read, in their name. Articles are words and pictures.

## Example

    <a href="javascript:open()" onclick="track()">Trips</a>

## How to mend

Write a link, or say in words what to do. Titles and descriptions are looked at as well. In code, where it is only shown, it is fine; so is data such as
`<script type="application/ld+json">`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, TEXT, Rule, Values
from kcs.patterns import later

if TYPE_CHECKING:
    from kcs.article.body import Body
    from kcs.article.leaves import Block
    from kcs.audit.rules.safety.browser_tags import Tag

_ACTIVE_SCHEME = later(
    r"(?i)(?:javascript|vbscript|livescript):|data:\s*(?:text/html|image/svg|application/x?html)"
)
_DATA = later(r"(?i)^(?:application/(?:[\w.+-]*\+)?json|text/(?:x-)?template|text/plain)")
_ELEMENTS = frozenset(("script", "object", "embed", "applet", "base"))
_ADDRESSES = frozenset(("href", "src", "action", "formaction", "xlink:href", "data", "poster"))
# What SVG's animations make of such an attribute.
_ANIMATED = frozenset(("values", "from", "to", "by"))
# kramdown's `{: onclick="..."}` becomes an attribute, as MkDocs'
# `{ onclick="..." }` does; a template's markup does not.
_ATTRIBUTE_LIST = later(r"(?<!\{)\{(?![{%<])([^{}\n]{1,600})")
_ATTRIBUTE = later(r"""(?<![\w-])([A-Za-z:]+)\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s"']+))""")
# Searched in small letters: a pattern that passes over case takes four times as long to compile.
_MAYBE = later(
    r"<(?:script|object|embed|applet|base|meta)|\bon[a-z]{3,}\s*=|srcdoc|s\s*c\s*r\s*i\s*p\s*t\s*\\?:|data\s*\\?:\s*[a-z]|&\#|&(?:tab|newline|colon)"
)
# Whatever that pattern finds in ASCII holds one of these, a handler or a scheme; where one of these stands, it matches.
# One sign is found twenty times faster than a word, and most texts lack either.
_SIGNS = (
    ("<", ("<script", "<object", "<embed", "<applet", "<base", "<meta")),
    ("&", ("&#", "&tab", "&newline", "&colon")),
)
_LIKE = ("\u017f", "\u0131", "\u0307")  # taken for s and i by patterns that pass over case
_HANDLER = later(r"on[a-z]{3,}\s*=")
_SCHEMES = (b"script:", b"data:")
# A backslash may stand before the colon: Markdown takes it out of a link.
_BLANK_BYTES = bytes(range(33)) + b"\x7f\\"
_BLANK_SIGNS = frozenset(_BLANK_BYTES.decode())
_END_T, _END_A = _BLANK_SIGNS | {"p"}, _BLANK_SIGNS | {"t"}
_BLANKS = later(r"[\x00-\x20\x7f]+")
_ESCAPED = later(r"\\(?=[!-/:-@\[-`{-~])")


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each thing that runs."""
    yield from _in_front_matter(page)
    # Nearly no article holds any: whether there may be something to look at closely is asked first.
    if not _hinted(page.text):
        return
    for block in page.body.blocks:
        if block.kind != "code" and may_run(block.text):
            for place, what in _active(block, page.body):
                line = page.file_line(block.start + block.text.count("\n", 0, place))
                yield Hit(
                    f"{what} runs in the reader's browser", "say it in words, or link", line, subject=what
                )


def _in_front_matter(page: Page) -> Iterator[Hit]:
    """In a title or a description, which some sites write into
    the page as it is; a mere name of an element is a word there.
    """
    for key in map(page.key_of, ("title", "description")):
        text = page.meta.get(key)
        if not isinstance(text, str) or "<" not in text or not may_run(text):
            continue
        from kcs.audit.rules.safety.browser_tags import tags_in

        for tag in tags_in(text):
            if tag.attributes or f"</{tag.name}" in text.lower():
                for what in _in_tag(tag):
                    words = f"{what} runs in the reader's browser"
                    yield Hit(words, "say it in words", page.line_of(key), subject=f"{key} {what}")


def may_run(text: str) -> bool:
    """Whether anything in a text may run: what nearly all lack
    is looked for plainly, a pattern only where that is there.
    """
    return _hinted(text) and _MAYBE.search(_small(text)) is not None


def _small(text: str) -> str:
    """In small letters, and those signs as letters that patterns which pass over case take for them."""
    low = text.lower()
    return low if low.isascii() else low.replace("i\u0307", "i").replace("\u0131", "i").replace("\u017f", "s")


def _hinted(text: str) -> bool:
    """Whether what that pattern finds may be there; the pattern itself
    is searched in blocks alone, which takes less than a whole text.
    """
    low = text.lower()
    return (
        any(low.startswith(words, at) for sign, words in _SIGNS for at in _places(low, sign))
        or "srcdoc" in low
        or (not low.isascii() and any(one in low for one in _LIKE))
        or ("=" in low and _HANDLER.search(low) is not None)
        or _names_scheme(low)
    )


def _names_scheme(low: str) -> bool:
    if not any(_may_end_scheme(low, at) for at in _places(low, ":")):
        return False
    dense = low.encode("utf-8", "surrogatepass").translate(None, _BLANK_BYTES)
    return any(one in dense for one in _SCHEMES)


def _places(text: str, sign: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def _may_end_scheme(low: str, colon: int) -> bool:
    """Whether the last two letters of one of the schemes, or a sign that does not count, stand before a colon."""
    last, before = low[colon - 1 : colon], low[colon - 2 : colon - 1]
    return last in _BLANK_SIGNS or (last == "t" and before in _END_T) or (last == "a" and before in _END_A)


def _active(block: Block, body: Body) -> Iterator[tuple[int, str]]:
    text = block.text
    for tag in _tags(block, body):
        yield from ((tag.start, what) for what in _in_tag(tag))
    for span in body.spans(block.kind, text):
        if span.kind in ("link", "image", "reference") and _is_active(
            _ESCAPED.sub("", text[span.first : span.last])
        ):
            yield span.first, "a link that"
    if block.kind in ("text", "heading", "table") and "{" in text:
        yield from _in_lists(block, body)


def _in_lists(block: Block, body: Body) -> Iterator[tuple[int, str]]:
    """What attribute lists outside code give the tags that a generator makes."""
    text = block.text
    code = [(one.start, one.end) for one in body.spans(block.kind, text) if one.kind == "code"]
    for found in _ATTRIBUTE_LIST.finditer(text):
        if any(start <= found.start() < end for start, end in code):
            continue
        for one in _ATTRIBUTE.finditer(found[1]):
            name, value = one[1].lower(), one[2] or one[3] or one[4] or ""
            if re.fullmatch(r"on[a-z]{3,}", name):
                yield found.start(), f"the handler {name}"
            elif name in _ADDRESSES and _is_active(value):
                yield found.start(), f"the {name} of an attribute list"


def _tags(block: Block, body: Body) -> Iterator[Tag]:
    from kcs.audit.rules.safety.browser_tags import tag_at, tags_behind, tags_in

    text = block.text
    if block.kind == "html":
        yield from tags_in(text)
    elif "<" in text:
        for start, end in sorted(
            {(span.start, span.end) for span in body.spans(block.kind, text) if span.kind == "tag"}
        ):
            if tag := tag_at(text, start):
                yield tag
            yield from tags_behind(text, start, end)


def _in_tag(tag: Tag) -> Iterator[str]:
    values = dict(reversed(tag.attributes))  # a browser takes the first of two
    kind = values.get("type", "") if tag.name == "script" else ""
    if tag.name in _ELEMENTS and not (kind and _DATA.match(kind)):
        yield f"<{tag.name}>"
    if tag.name == "meta" and _unescaped(values.get("http-equiv", "")).strip().lower() == "refresh":
        yield "a page that sends its reader elsewhere"
    if "srcdoc" in values:
        yield "a page inside the page (srcdoc)"
    for attribute, value in tag.attributes:
        if re.fullmatch(r"on[a-z]{3,}", attribute):
            yield f"the handler {attribute}"
        elif (attribute in _ADDRESSES and _is_active(value)) or (
            attribute in _ANIMATED and any(map(_is_active, value.split(";")))
        ):
            yield f"the {attribute} of <{tag.name}>"


def _is_active(destination: str) -> bool:
    return _ACTIVE_SCHEME.match(_BLANKS.sub("", _unescaped(destination))) is not None


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


RULE = Rule(check, ERROR, (FRONT_MATTER, TEXT), archived=True)
