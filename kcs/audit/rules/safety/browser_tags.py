"""Opening tags as a browser reads them: it takes more for a tag than Markdown does, such as `<svg/onload=x>` or `<img src="a"onerror=x>`.

As HTML's own tokenizer says, but that what is never closed counts all the same, and that tags in a comment or an attribute count behind
the end of an element whose content is no HTML to a browser: whether such an element is open, another part of the page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.patterns import later
from kcs.tuples import NamedTuple

# HTML's blanks, and no others: to a browser a no-break space is part of a name.
_START = later(r"<(?:!--|([A-Za-z][^ \t\n\f\r/>]*))")
_ATTRIBUTE = later(
    r"[ \t\n\f\r/]*+([^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)"
    r"""(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:"([^"]*)"|'([^']*)'|([^ \t\n\f\r>]*+)))?"""
)
# `<!-->` is a whole comment, and `--!>` ends one.
_COMMENT_END = later(r"(?<=<!--)-?>|--!?>")
_VERBATIM = ("script", "style")
_RAW_END = later(
    r"(?i)</(?:textarea|title|noscript|iframe|xmp|noembed|noframes|script|style)(?![^ \t\n\f\r/>])"
)


class Tag(NamedTuple):
    """Where it starts, where its attributes end, its name in lower
    case, and its attributes' names, in lower case, and values in order.
    """

    start: int
    end: int
    name: str
    attributes: tuple[tuple[str, str], ...]


def tag_at(text: str, start: int) -> Tag | None:
    """The opening tag that begins at `start`."""
    found = _START.match(text, start)
    if found is None or not found[1]:
        return None
    pos, attributes = found.end(), []
    while one := _ATTRIBUTE.match(text, pos):
        value = next((group for group in one.groups()[1:] if group is not None), "")
        attributes.append((one[1].lower(), value))
        pos = one.end()
    return Tag(start, pos, found[1].lower(), tuple(attributes))


def tags_in(text: str) -> Iterator[Tag]:
    """Each opening tag of raw HTML, outside comments, scripts and styles."""
    pos = 0
    while found := _START.search(text, pos):
        tag = tag_at(text, found.start())
        if tag is None:
            end = _COMMENT_END.search(text, found.end())
            yield from tags_behind(text, found.start(), end.end() if end else len(text))
            if end is None:
                return
            pos = end.end()
            continue
        yield tag
        yield from tags_behind(text, tag.start, tag.end)
        pos = tag.end
        if tag.name in _VERBATIM:
            closing = re.compile(f"</{tag.name}", re.IGNORECASE).search(text, pos)
            if closing is None:
                return
            pos = closing.start()


def tags_behind(text: str, start: int, end: int) -> Iterator[Tag]:
    """The tags in a comment or a tag from `start` to `end` behind what ends a `<textarea>` and the like."""
    if text.find("</", start + 1, end) < 0:
        return
    if found := _RAW_END.search(text, start + 1, end):
        for tag in tags_in(text[found.end() : end]):
            yield tag._replace(start=tag.start + found.end(), end=tag.end + found.end())
