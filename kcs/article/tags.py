"""Raw HTML inside Markdown: where a tag ends, what its attributes are, which lines start an HTML block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.patterns import later

NOT_A_TAG = -1

# At most 100 attributes: what has more is text. Without an end to it, text made of crossed quotes takes
# quadratic time.
_ATTRIBUTE = (
    r"[ \t\n]+([A-Za-z_:][A-Za-z0-9_.:-]*+)"
    r"""(?:[ \t\n]*=[ \t\n]*(?:"([^"]*)"|'([^']*)'|([^ \t\n"'=<>`]++)))?"""
)
_OPEN = r"<[A-Za-z][A-Za-z0-9-]*+(?:" + _ATTRIBUTE + r"){0,100}+[ \t\n]*/?>"
_CLOSE = r"</[A-Za-z][A-Za-z0-9-]*+[ \t\n]*>"
_ATTRIBUTES = later(_ATTRIBUTE)
_TAG = later(f"{_OPEN}|{_CLOSE}|<!---?>")
_NAME = later(r"<([A-Za-z][A-Za-z0-9-]*+)")
_START = later(r"<(?:!--|[A-Za-z][A-Za-z0-9-]*+)")
_PAIRS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
_DECLARATION = later(r"<![A-Za-z]")

_NAMES = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir "
    "div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html "
    "iframe legend li link main menu menuitem nav noframes ol optgroup option p param search section summary "
    "table tbody td tfoot th thead title tr track ul"
)
_BLOCK_NAMES = frozenset(_NAMES.split())
# A pattern of all these names would take longer to compile than any other pattern of a search.
_BLOCK = later(r"</?([^ \t/>]++)(?=[ \t]|/?>|$)")
# What counts as i, s and k for `re.IGNORECASE`, besides I, S and K: fingerprints depend on it.
_ALIKE = {0x130: "i", 0x131: "i", 0x17F: "s", 0x212A: "k"}
_VERBATIM = later(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
# (how the first line starts, what ends the block); the first five of CommonMark's seven kinds, in order
_BLOCKS = (
    (later(r"<(?:script|pre|style|textarea)(?=[ \t>]|$)", re.IGNORECASE), _VERBATIM),
    (later(r"<!--"), later(r"-->")),
    (later(r"<\?"), later(r"\?>")),
    (_DECLARATION, later(r">")),
    (later(r"<!\[CDATA\["), later(r"\]\]>")),
)


def block_start(text: str, interrupts: bool) -> tuple[bool, re.Pattern[str] | None]:
    """(whether an HTML block starts with this line, what ends it); `interrupts` a paragraph or not."""
    for start, end in _BLOCKS:
        if start.match(text):
            return True, end
    named = _BLOCK.match(text)
    if named and named[1].translate(_ALIKE).lower() in _BLOCK_NAMES:
        return True, None
    alone = None if interrupts else _TAG.match(text)
    return alone is not None and not text[alone.end() :].strip(" \t"), None


def tag_end(text: str, start: int, absent: dict[str, int]) -> int:
    """Where the tag, comment, declaration or instruction at `start` ends; NOT_A_TAG when it is none.

    `absent` remembers, for one text, which closing marks are found nowhere further on.
    """
    if tag := _TAG.match(text, start):
        return tag.end()
    for opening, closing in _PAIRS:
        if text.startswith(opening, start):
            return _closing(text, start + len(opening), closing, absent)
    return _closing(text, start, ">", absent) if _DECLARATION.match(text, start) else NOT_A_TAG


def _closing(text: str, pos: int, mark: str, absent: dict[str, int]) -> int:
    if mark in absent:
        return NOT_A_TAG
    found = text.find(mark, pos)
    if found < 0:
        absent[mark] = pos
        return NOT_A_TAG
    return found + len(mark)


def attributes(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """(name in lower case, first, last) of each attribute value of the opening tag from `start` to `end`."""
    name = _NAME.match(text, start, end)
    if not name:
        return
    pos = name.end()
    while found := _ATTRIBUTES.match(text, pos, end):
        pos = found.end()
        if group := next((number for number in (2, 3, 4) if found.group(number) is not None), 0):
            yield found.group(1).lower(), *found.span(group)


def opening_tags(text: str) -> Iterator[tuple[int, int]]:
    """(start, end of the attributes) of each opening tag of an HTML block, outside comments and scripts."""
    pos = 0
    while found := _START.search(text, pos):
        name = found.group()[1:].lower()
        if name == "!--":
            pos = text.find("-->", found.end())
            if pos < 0:
                return
            continue
        pos = found.end()
        for _ in range(100):
            attribute = _ATTRIBUTES.match(text, pos)
            if not attribute:
                break
            pos = attribute.end()
        yield found.start(), pos
        if name in ("script", "style"):
            closing = re.compile(f"</{name}", re.IGNORECASE).search(text, pos)
            if not closing:
                return
            pos = closing.start()
