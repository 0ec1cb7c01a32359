"""KCS4: the content standard: what makes an article complete, findable, and readable in one go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from kcs.article.headings import heading, section_key
from kcs.article.lines import split_lines
from kcs.patterns import later
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.article.body import Body
    from kcs.article.leaves import Block
    from kcs.audit.page import Page
    from kcs.kb.base import KnowledgeBase

# Scripts that put no blank between words: what counts as a word there is guessed from the letters.
UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
# What else stands in a text of Latin letters, as signs that have the same say there.
_APOSTROPHE = "\u2019"
_SIGNS = "\u2018\u201c\u201d\u2013\u2014\u2026\u2022\u00a0\u00ae\u2122\u200b"
_LETTERS_A_WORD = 5
# Of ASCII: a letter, digit or _, what may join two of these to one word, and the rest.
_SHAPE = bytes(
    97 if chr(one).isalnum() or one == 95 else 39 if one in b"'.-" else 32 for one in range(128)
).ljust(256)
_WORDS_ALONE = _SHAPE.replace(b"'", b" ")
_HIDDEN = frozenset(("code", "tag", "link", "image", "html", "title"))
_LETTER = later(r"[^\n]")


class Prose(NamedTuple):
    """A paragraph, heading or table: code, tags and destinations are blanks in it. `line` of the body where
    it starts; `columns` where each of its lines does, from 1. `section`: the key of the one it stands in.
    """

    text: str
    line: int
    columns: tuple[int, ...]
    section: str

    def place(self, start: int, text: str) -> tuple[int, int]:
        """The line of the body and the column of a place in its `text`, or in a form of it with the same lines."""
        row = text.count("\n", 0, start)
        return self.line + row, self.columns[row] + start - (text.rfind("\n", 0, start) + 1)


_PROSE = frozenset(("text", "heading", "table"))


def prose_words(page: Page) -> int:
    """How many words a reader reads as sentences."""
    plain = "\n".join([_plain(block, page.body) for block in page.body.blocks if block.kind in _PROSE])
    return words(plain) if _latin(plain).isascii() else sum(map(words, plain.split("\n")))


def prose(page: Page) -> Iterator[Prose]:
    """What a reader reads as sentences, which may go on in the next line."""
    source = split_lines(page.text)
    section = ""
    for block in page.body.blocks:
        if block.kind == "heading":
            section = section_key(block.text) or ("" if block.level <= 2 else section)
        if block.kind in _PROSE:
            wholes = source[block.start - 1 :]
            columns = (len(whole) - len(own) + 1 for whole, own in zip(wholes, block.lines, strict=False))
            yield Prose(_plain(block, page.body), block.start, tuple(columns), section)


def _plain(block: Block, body: Body) -> str:
    text = "\n".join(block.lines)
    parts: list[str] = []
    pos = 0
    for span in body.spans(block.kind, text):
        if span.kind in _HIDDEN and span.end > pos:
            start = max(pos, span.start)
            hidden = text[start : span.end]
            blank = " " * len(hidden) if "\n" not in hidden else _LETTER.sub(" ", hidden)
            parts += (text[pos:start], blank)
            pos = span.end
    return "".join((*parts, text[pos:]))


def words(text: str) -> int:
    """How many words: runs of letters; in scripts without blanks a word for every five letters."""
    latin = _latin(text)
    if latin.isascii():
        # A run of letters begins a word, but behind one of ' . - that ends a word itself.
        shape = b" " + latin.encode().translate(_SHAPE)
        return shape.count(b" a") + shape.count(b" 'a") + shape.count(b"''a")
    word, unspaced = _patterns()
    return len(word.findall(text)) + len(unspaced.findall(text)) // _LETTERS_A_WORD


def _latin(text: str) -> str:
    """`text` with these signs as ASCII ones; sign by sign, since
    `translate` takes as long for each letter as this for a line.
    """
    if text.isascii():
        return text
    text = text.replace(_APOSTROPHE, "'")
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    return text


def most_words(text: str) -> int:
    """No fewer than `words` says, at a tenth of its cost."""
    shape = text.encode("ascii", "replace").translate(_WORDS_ALONE)
    words = shape.count(b" a") + shape.startswith(b"a")
    return words + (0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore")))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    # Making these two takes as long as importing ten rules.
    word = re.compile(rf"[^\W{UNSPACED}]+(?:['\u2019.-][^\W{UNSPACED}]+)*")
    return word, re.compile(f"[{UNSPACED}]")


class Types:
    """What each type of article must have, read once a run."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._root = kb.root
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def sections(self, kind: str, confidence: str) -> tuple[str, ...]:
        """The keys of the sections that must be there."""
        if (kind, confidence) not in self._known:
            from kcs.authoring import wanted_sections

            self._known[kind, confidence] = wanted_sections(self._root, kind, confidence)
        return self._known[kind, confidence]


def wanted(page: Page) -> tuple[str, ...]:
    """The sections that this article must have."""
    return page.shared(Types).sections(page.article.type, page.article.confidence)


def sections(page: Page) -> dict[str, bool]:
    """The sections it has, and whether anything stands in each."""
    from kcs.article.sections import filled  # loads the scanner

    return dict(filled(page.body, wanted(page)))


def called(page: Page, key: str) -> str:
    """A section's heading in the article's language."""
    return heading(key, page.article.settings.language)


def line_of_section(page: Page, key: str) -> int:
    """The line in the file of a section's heading."""
    found = [one.line for one in page.body.sections if section_key(one.heading) == key]
    return page.file_line(found[0]) if found else 1
