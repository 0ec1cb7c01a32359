"""How much text a page has besides links and code."""

from __future__ import annotations

import re

from kcs.article.front_matter import Document

_CODE = re.compile(r"(?ms)^[ \t]*(```|~~~).*?^[ \t]*\1[ \t]*$|`[^`\n]+`")
# Headings, tags, template fields, bare addresses and attributes: none of these is the page's own text.
_DRESS = re.compile(r"(?m)^#{1,6} .*$|<[^>]*>|\{\{.*?\}\}|\{%.*?%\}|\{[#:.][^}\n]*\}|https?://\S+")
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_LETTER = re.compile(r"\w")
# About a hundred English words, or half a page of Chinese.
_MUCH = 500
_FEW = 3


def says_much(document: Document) -> bool:
    """Whether it is worth reading for its own text, not only for its links."""
    return _letters(document.body)[0] >= _MUCH


def says_something(document: Document) -> bool:
    """Whether there is any text besides lists of links."""
    return _letters(document.body)[0] > 0 and not only_leads(document)


def only_leads(document: Document) -> bool:
    """Whether it is a list of links, as a table of contents or a site's menu is."""
    own, led, links = _letters(document.body)
    return links >= _FEW and own < led


def _letters(text: str) -> tuple[int, int, int]:
    """Letters outside links and in their texts, and how many links there are."""
    text = _DRESS.sub("", _CODE.sub("", text))
    links = [match[1] for match in _LINK.finditer(text)]
    own = len(_LETTER.findall(_LINK.sub("", text)))
    return own, sum(len(_LETTER.findall(link)) for link in links), len(links)
