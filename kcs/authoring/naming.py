"""Titles as people type them, and names of files that every system can hold.

A file is called by its title's words in their own script, and by the last four characters of the article's id:
two people who write the same title on two branches make two files and no conflict.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from unicodedata import category, combining, normalize

from kcs.errors import UsageProblem

MAX_TITLE = 500
MAX_BYTES = 120
_SUFFIX = 4
# Windows opens a device instead of a file for these, whatever follows the dot.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
# Thai and Lao AM are letters by category and yet belong to the letter before them.
_FOLLOWING = "\u0e33\u0eb3"


def is_reserved(name: str) -> bool:
    """Whether Windows takes a name for a device, whatever follows its first dot."""
    return bool(_RESERVED.fullmatch(name.partition(".")[0].rstrip()))


def one_line(text: str, what: str, most: int = 200) -> str:
    """The text with blanks and line ends as single blanks. UsageProblem for what no line of text should hold."""
    line = " ".join(normalize("NFC", text).split())
    for sign in line:
        if unfit_sign(sign):
            raise UsageProblem(
                f"{what} holds the character U+{ord(sign):04X}, which is not text",
                hint="type it again without it",
            )
    if len(line) > most:
        raise UsageProblem(
            f"{what} is {len(line)} characters long, and the most is {most}", hint="shorten it"
        )
    return line


def unfit_sign(sign: str) -> bool:
    """Whether no line of text should hold the character."""
    kind = category(sign)
    # What Python has not heard of may be an emoji of this year; these will never be anything.
    nothing = kind == "Cn" and (ord(sign) & 0xFFFE == 0xFFFE or "\ufdd0" <= sign <= "\ufdef")
    return nothing or kind in ("Cc", "Cs", "Co") or "\u202a" <= sign <= "\u202e"


def fitting(text: str) -> str:
    """A text that others wrote with a blank for each sign that no
    line should hold: whoever takes it over cannot type it again.
    """
    return "".join(" " if unfit_sign(sign) else sign for sign in text)


def wordless(text: str) -> bool:
    """Whether nothing in the text can stand for a title."""
    return not any(category(sign)[0] in "LNS" for sign in text)


def clean_title(text: str) -> str:
    """A title of one line. UsageProblem if nothing, too much, or no text is given."""
    title = one_line(text, "the title", MAX_TITLE)
    if wordless(title):
        raise UsageProblem(
            f"a title needs words, and {title!r} has none",
            hint='kcs new "What happens, as the requestor says it"',
        )
    return title


def slug(text: str, most: int = MAX_BYTES) -> str:
    """The words of a text in lower case, joined by hyphens, letters and marks of every script kept.

    NFC, at most `most` bytes of UTF-8, never cut within a character that readers see as one. May be empty.
    """
    kept = "".join(_letter(sign) for sign in normalize("NFC", normalize("NFC", text).lower()))
    whole = normalize("NFC", "-".join(part for part in kept.split("-") if part))
    name = _cut(whole, most)
    return f"{name}-article" if _RESERVED.fullmatch(name) else name


def _letter(sign: str) -> str:
    if sign in "'\u2019" or category(sign) == "Cf":  # don't is one word; joiners are no letters
        return ""
    return sign if category(sign)[0] in "LMN" else "-"


def _cut(text: str, most: int) -> str:
    if len(text.encode()) <= most:
        return text
    end = len(text.encode()[:most].decode("utf-8", "ignore"))
    while end and _joined(text, end):
        end -= 1
    words = text[:end].rpartition("-")[0] if text[end : end + 1] != "-" else text[:end]
    return (words if len(words) > end // 2 else text[:end]).strip("-")


def _joined(text: str, index: int) -> bool:
    """Whether the character at `index` belongs to the one before it."""
    sign, before = text[index], text[index - 1]
    # 9 is the class of viramas: what follows one is written together with it.
    return category(sign)[0] == "M" or sign in _FOLLOWING or combining(before) == 9


def file_name(title: str, identifier: str, fallback: str, taken: Collection[str]) -> str:
    """A name for the article's file that none of `taken` (names in the folder) is taken for on any system."""
    there = {_folded(name) for name in taken}
    tail = identifier[-_SUFFIX:]
    number = 1
    while True:
        ending = f"-{tail}.md" if number == 1 else f"-{tail}-{number}.md"
        name = (slug(title, MAX_BYTES - len(ending)) or slug(fallback, 40) or "article") + ending
        if _folded(name) not in there:
            return name
        number += 1


def _folded(name: str) -> str:
    """The name as compared by file systems that ignore case and composition."""
    return normalize("NFC", normalize("NFC", name).casefold())
