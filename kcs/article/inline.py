"""The parts of a line of Markdown that matter to us: code spans, tags, hard breaks, destinations.

This follows CommonMark's inline rules as far as they decide *where a link is* (emphasis never does). It is
part of the fingerprint `kcs1`: whoever changes what it finds makes a new version (docs/fingerprint.md).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

from kcs.article.tags import NOT_A_TAG, attributes, tag_end
from kcs.patterns import later
from kcs.tuples import NamedTuple

MAX_PARENTHESES = 32  # in a bare destination, as in cmark: keeps hostile text linear
MAX_LABEL = 999

# A code span of single backticks and a link of plain words to a bare destination, which most
# are, in one piece. Each branch begins with a sign of its own: then `re` skips to these.
_LINK = r"\[(?:[^\[\]`<\\]*\]\(([^\x00-\x20\x7f()<\\]+)\))?"
_TOKEN = re.compile(rf"\\.|`[^`]+`(?!`)|``*|<|!{_LINK}|{_LINK}|\]", re.DOTALL)
_RUN = re.compile(r"`+")
_BLANKS = re.compile(r"[ \t\n]*")
_ANGLE = later(r"<((?:[^<>\n\\]|\\[^\n])*+)>")
_BARE = re.compile(r"[^\x00-\x20\x7f()\\]+")
_TITLE = later(r""""(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)""", re.DOTALL)
_LABEL = later(r"\[((?:[^\[\]\\]|\\.){0,999}+)\]", re.DOTALL)
_AUTOLINK = later(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*>")
_EMAIL = later(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>")


class Span(NamedTuple):
    """A part of a text, `start` to `end`, that is not plain words.

    kind: "code", "tag", "hard" (break), "title" (of a link), or a destination: "link", "image", "html".
    A destination replaces all of the span; its value is `first` to `last`. `opener` is where the bracket
    that opens a link's text stands, or -1.
    """

    start: int
    end: int
    kind: str
    first: int = 0
    last: int = 0
    opener: int = -1


class Definition(NamedTuple):
    """A link reference definition. Offsets in the text it was read from; `end` is after its line end."""

    start: int
    label_end: int
    first: int
    last: int
    title: int
    title_end: int
    end: int


def label_key(label: str) -> str:
    """A reference label, normalised."""
    return " ".join(label.split()).casefold()


def scan(text: str, labels: Container[str] = ()) -> list[Span]:
    """Spans of `text` in order, none overlapping; `labels` are the document's reference labels."""
    return list(_Scan(text, labels))


def destination(text: str, pos: int) -> tuple[int, int, int] | None:
    """(first, last, after) of the destination at `pos`, without its angle brackets; None if there is none."""
    if text.startswith("<", pos):
        angle = _ANGLE.match(text, pos)
        return (angle.start(1), angle.end(1), angle.end()) if angle else None
    bare = _BARE.match(text, pos)
    end = bare.end() if bare else pos
    if text[end : end + 1] in ("(", "\\"):
        whole = _balanced().match(text, pos)
        end = whole.end() if whole else pos
    return None if end == pos else (pos, end, end)


@cache
def _balanced() -> re.Pattern[str]:
    """A destination that holds escapes or parentheses. Made when first needed: few articles have one."""
    piece = nested = r"[^\x00-\x20\x7f()\\]++|\\[^ \n]|\\"
    for _ in range(MAX_PARENTHESES):
        nested = rf"{piece}|\((?:{nested})*+\)"
    return re.compile(rf"(?:{nested})*+", re.DOTALL)


def definition(text: str, pos: int) -> Definition | None:
    """The link reference definition that starts at `pos`, or None."""
    label = _LABEL.match(text, pos)
    if not label or not label.group(1).strip() or not text.startswith(":", label.end()):
        return None
    found = destination(text, _blanks(text, label.end() + 1))
    if not found:
        return None
    first, last, after = found
    title = _TITLE.match(text, blank_end) if (blank_end := _blanks(text, after)) > after else None
    if title and (end := _line_end(text, title.end())) >= 0:
        return Definition(pos, label.end(), first, last, title.start(), title.end(), end)
    end = _line_end(text, after)
    return Definition(pos, label.end(), first, last, after, after, end) if end >= 0 else None


def _blanks(text: str, pos: int) -> int:
    found = _BLANKS.match(text, pos)
    return found.end() if found else pos


def _line_end(text: str, pos: int) -> int:
    while text[pos : pos + 1] in (" ", "\t"):
        pos += 1
    if pos == len(text):
        return pos
    return pos + 1 if text[pos] == "\n" else -1


class _Scan:
    """One pass from left to right; every failure is remembered, so no text is searched twice in vain."""

    def __init__(self, text: str, labels: Container[str]) -> None:
        self.text = text
        self.labels = labels
        self.openers: list[tuple[int, bool]] = []
        self.inactive = 0  # openers below this may no longer open a link: links hold no links
        self.last_run: dict[int, int] | None = None
        self.absent: dict[str, int] = {}
        self.resume = 0

    def __iter__(self) -> Iterator[Span]:
        search = _TOKEN.search
        while token := search(self.text, self.resume):
            self.resume = token.end()
            mark = token.group()
            if token.lastindex:
                first, last = token.span(token.lastindex)
                yield Span(first, last, "image" if mark[0] == "!" else "link", first, last, token.start())
                if mark[0] != "!":
                    self.inactive = len(self.openers)
            elif mark == "]":
                yield from self._close(token.start())
            elif mark[-1] == "[" and mark[0] != "\\":
                self.openers.append((token.start(), mark[0] == "!"))
            elif mark[0] == "`":
                if mark[-2:] == "``" or len(mark) == 1:
                    yield from self._code(token.start(), len(mark))
                else:
                    yield Span(token.start(), self.resume, "code")
            elif mark == "<":
                yield from self._angle(token.start())
            elif mark == "\\\n":
                yield Span(token.start(), token.end(), "hard")

    def _code(self, start: int, size: int) -> Iterator[Span]:
        if self.last_run is None:
            self.last_run = {len(run.group()): run.start() for run in _RUN.finditer(self.text)}
        if self.last_run.get(size, -1) < self.resume:
            return
        for run in _RUN.finditer(self.text, self.resume):
            if len(run.group()) == size:
                self.resume = run.end()
                yield Span(start, self.resume, "code")
                return

    def _angle(self, start: int) -> Iterator[Span]:
        if link := _AUTOLINK.match(self.text, start):
            self.resume = link.end()
            yield Span(start + 1, link.end() - 1, "link", start + 1, link.end() - 1)
        elif mail := _EMAIL.match(self.text, start):
            self.resume = mail.end()
            yield Span(start, self.resume, "tag")
        elif (end := tag_end(self.text, start, self.absent)) != NOT_A_TAG:
            self.resume = end
            yield from tag_spans(self.text, start, end)

    def _close(self, pos: int) -> Iterator[Span]:
        """A closing bracket: a link, an image, a reference, or nothing."""
        if not self.openers:
            return
        opener, image = self.openers.pop()
        active = image or len(self.openers) >= self.inactive
        self.inactive = min(self.inactive, len(self.openers))
        if not active:
            return
        if self.text.startswith("(", pos + 1) and (spans := self._inline(pos + 2, opener, image)):
            yield from spans
        elif not self.labels or not self._reference(opener + 1 + image, pos):
            return
        if not image:
            self.inactive = len(self.openers)

    def _inline(self, pos: int, opener: int, image: bool) -> list[Span]:
        text = self.text
        start = _blanks(text, pos)
        first, last, after = destination(text, start) or (start, start, start)
        end = title_end = _blanks(text, after)
        if end > after and (title := _TITLE.match(text, end)):
            title_end = _blanks(text, title.end())
        if not text.startswith(")", title_end):
            return []
        self.resume = title_end + 1
        spans = [Span(pos, end, "image" if image else "link", first, last, opener)]
        return [*spans, Span(end, title_end, "title")] if title_end > end else spans

    def _reference(self, start: int, pos: int) -> bool:
        """Whether `[..][label]`, `[label][]` or `[label]` ends here."""
        explicit = _LABEL.match(self.text, pos + 1)
        if explicit and explicit.group(1):
            found = label_key(explicit.group(1)) in self.labels
        else:
            found = self._label(start, pos)
        if found and explicit:
            self.resume = explicit.end()
        return found

    def _label(self, start: int, pos: int) -> bool:
        inner = self.text.find("[", start, pos)
        if pos - start > MAX_LABEL or (inner >= 0 and self.text[inner - 1] != "\\"):
            return False
        return label_key(self.text[start:pos]) in self.labels


def tag_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """One HTML tag or comment as spelt, its `href` and `src` values apart."""
    for name, first, last in attributes(text, start, end):
        if name in ("href", "src"):
            yield Span(start, first, "tag")
            yield Span(first, last, "html" if name == "href" else "image", first, last)
            start = last
    yield Span(start, end, "tag")
