"""The words of a heading without its markup, and the anchor it gets."""

from __future__ import annotations

import re
from unicodedata import category

from kcs.patterns import later

# Of a longer run of backticks, code would be looked for from each of them to the last.
_CODE = later(r"(`{1,32})(?!`)([^`]*)\1(?!`)")
_IMAGE = later(r"!\[[^\[\]]*\](?:\([^()\s]*\)|\[[^\[\]]*\])")
_LINK = later(r"\[([^\[\]]*)\](?:\([^()\s]*(?:[ \t]+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_TAG = later(r"</?[A-Za-z][^<>]*>")
_STRONG = later(r"(?<![^\W_])_+(?=\S)|(?<=\S)_+(?![^\W_])|\*+(?=\S)|(?<=\S)\*+")
_ESCAPE = later(r"\\([!-/:-@\[-`{-~])")
_ATTRIBUTES = later(r"[ \t]\{:?[^{}\n]{0,200}\}$")
_DROPPED = later(r"[^\w\- ]")
_SET_ASIDE = later("\0(\\d+)\0")


def plain(text: str) -> str:
    """A heading's words: links' texts, no images, no emphasis, no kramdown `{#id}`; code as is."""
    text = " ".join(_ATTRIBUTES.sub("", text).split())
    if not any(mark in text for mark in "`[<_*\\"):
        return text
    codes: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        codes.append(found[2])
        return f"\0{len(codes) - 1}\0"

    text = _IMAGE.sub("", _CODE.sub(set_aside, text.replace("\0", "")))
    text = _ESCAPE.sub(r"\1", _STRONG.sub("", _TAG.sub("", _LINK.sub(r"\1", text))))
    return _SET_ASIDE.sub(lambda found: codes[int(found[1])], text).strip()


def slug(words: str) -> str:
    """GitHub's anchor: lower case, blanks to hyphens, no punctuation; letters, marks and digits stay."""
    return _DROPPED.sub(_mark_or_nothing, words.lower()).replace(" ", "-")


def _mark_or_nothing(found: re.Match[str]) -> str:
    # `\w` leaves out combining marks, and without its marks Thai, Arabic or Hindi is another word
    return found.group() if category(found.group()).startswith("M") else ""


class Slugs:
    """Anchors of one document: a repeated one gets -1, -2, ..."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def take(self, words: str) -> str:
        """The anchor of the next heading that says `words`."""
        base = anchor = slug(words)
        while anchor in self._seen:
            self._seen[base] += 1
            anchor = f"{base}-{self._seen[base]}"
        self._seen[anchor] = 0
        return anchor
