"""The text holds signs that a reader does not see, or that stand for others.

## Why it matters

Whoever verifies an article, and whoever reads a change of it, sees something else than programs do: letters in another order,
words that nobody is shown and a language model obeys, a command that does not run when it is copied. Three characters count in
a fingerprint as the ones they look like (Unicode treats them as equal), so inserting them does not end a verification.

## Example

A fence of U+1FEF, which looks like a backtick: what was code becomes text, and its tags part of the page.

## How to mend

Type the character again, or remove it. Characters that say which way a word runs (U+200E, U+200F) and pairs of U+2066 to U+2068
with U+2069 within one line are fine in text, but have no place in code.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import TEXT, Rule, Values
from kcs.audit.rules.safety import Places
from kcs.patterns import later

# What Unicode's NFC makes a sign of ASCII.
_AS_ASCII = {"\u037e": ";", "\u1fef": "`", "\u212a": "K"}
_OPENING, _CLOSING = "\u202a\u202b\u2066\u2067\u2068", "\u202c\u2069"
_TAGS = "\U000e0001\U000e0020-\U000e007f"
# One by one these are found sooner than a pattern of all is made; tags, which are many, begin so in UTF-8.
_SIGNS = (*_AS_ASCII, *_OPENING, *_CLOSING, "\u202d", "\u202e")
_TAGS_BEGIN = b"\xf3\xa0"
# Flags of regions are a black flag and such signs, up to the last one.
_FLAG = later(r"\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
_TAG = later(rf"[{_TAGS}]+")


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each line with such signs, by kind; the title's first."""
    title = page.article.own_title  # a heading is looked at with the text
    if _held(title):
        for what in _said(title, in_code=False):
            yield _hit(what, page.line_of(page.key_of("title")))
    if _held(page.text):
        places, code = Places(page), _code_lines(page)
        start = 0
        for line in page.text.split("\n"):
            if _held(line):
                row, _column = places.of(start)
                for what in _said(line, in_code=row in code):
                    yield _hit(what, row)
            start += len(line) + 1


def _held(text: str) -> bool:
    if text.isascii():
        return False
    tagged = _TAGS_BEGIN in text.encode("utf-8", "surrogatepass") and _TAG.search(text) is not None
    return tagged or any(sign in text for sign in _SIGNS)


def _hit(what: str, line: int | None) -> Hit:
    return Hit(what, "type it anew, or take it out", line, subject=what)


def _said(line: str, *, in_code: bool) -> Iterator[str]:
    for sign, like in _AS_ASCII.items():
        # In words a Greek question mark is one, and a Kelvin a letter.
        if sign in line and (in_code or sign == "\u1fef" or "`" in line):
            yield f"U+{ord(sign):04X}, which counts as {like} and is not"
    if any(sign in line for sign in "\u202d\u202e"):
        yield "a sign that turns the order of letters around"
    elif not _even(line) or (in_code and any(sign in line for sign in _OPENING)):
        yield "a sign that changes the direction of what follows, and is not closed"
    if _TAG.search(_FLAG.sub("", line)):
        yield "letters that nobody is shown (tags)"


def _even(line: str) -> bool:
    depth = 0
    for sign in line:
        depth = max(0, depth + (sign in _OPENING) - (sign in _CLOSING))  # a closing one alone does nothing
    return depth == 0


def _code_lines(page: Page) -> set[int]:
    blocks = (block for block in page.body.blocks if block.kind == "code")
    return {page.file_line(row) for block in blocks for row in range(block.start, block.end + 1)}


RULE = Rule(check, ERROR, (TEXT,), archived=True)
