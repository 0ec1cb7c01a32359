"""A word that the team's style guide avoids, or a phrase that it forbids.

## Why it matters

One thing has one name, in every article and in the product; and "simply" does not help anybody who finds it hard.

## Example

    [style]
    avoid = {utilize = "use", "please note" = ""}
    forbidden = ["as soon as possible"]

## How to mend

Write what the style guide says. Words are found whole, whatever their case, and phrases across the end of a line; in Thai, which has no blanks between words,
wherever all their letters are. Code, link destinations and what requestors said (the section Issue) are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from unicodedata import normalize

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, TEXT, Rule, Values
from kcs.audit.rules.standard import UNSPACED, Prose, prose

_REQUESTORS = ("issue", "question")
# A vowel or tone sign belongs to the letter before it, and these five vowels to the letter after them.
_BEFORE = r"(?<![\u0e40-\u0e44\u0ec0-\u0ec4])"
_AFTER = r"(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ecd])"


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each place where one of them stands."""
    style = page.kb.config.style
    avoid: Mapping[str, str] = style.get("avoid", {})
    forbidden: tuple[str, ...] = style.get("forbidden", ())
    expression = _expression((*avoid, *forbidden))
    if expression is None:
        return
    if not (expression.search(_composed(page.text)) or expression.search(_composed(page.article.own_title))):
        return
    wanted = {_folded(word): (word, use) for word, use in avoid.items()}
    wanted |= {_folded(word): (word, "") for word in forbidden}
    for text, place in _texts(page):
        for found in expression.finditer(text):
            word, use = wanted[_folded(found.group())]
            told = f"write {use!r}" if use else "leave it out" if word in avoid else "say it otherwise"
            verb = "is forbidden" if word in forbidden else "is to be avoided"
            said = " ".join(found.group().split())
            yield Hit(f"{said!r} {verb}", told, *place(found.start()), word)


def _texts(page: Page) -> Iterator[tuple[str, Callable[[int], tuple[int | None, int | None]]]]:
    """The title, and each paragraph whole: a phrase may go on in the next line.
    With each, the file's line and column of a place in it.
    """
    title = page.line_of(page.key_of("title"))
    yield _composed(page.article.own_title), lambda _: (title, None)
    for one in prose(page):
        if one.section not in _REQUESTORS:
            text = _composed(one.text)
            yield text, partial(_place, page, one, text)


def _place(page: Page, prose: Prose, text: str, start: int) -> tuple[int, int]:
    line, column = prose.place(start, text)
    return page.file_line(line), column


def _composed(text: str) -> str:
    return text if text.isascii() else normalize("NFC", text)


def _folded(word: str) -> str:
    # A pattern that passes over case takes the Turkish \u0130 and \u0131 for an i; casefold does not.
    folded = _composed(word).casefold().replace("i\u0307", "i").replace("\u0131", "i")
    return " ".join(folded.split())


@lru_cache(maxsize=8)
def _expression(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """All of them at once, the longest first."""
    parts = [_part(word) for word in sorted(words, key=len, reverse=True) if word.strip()]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _part(word: str) -> str:
    pieces = r"\s+".join(re.escape(piece) for piece in _composed(word).split())
    first, last = word.strip()[0], word.strip()[-1]
    unspaced = f"[{UNSPACED}]"
    before = _BEFORE if re.match(unspaced, first) else r"(?<!\w)" if first.isalnum() else ""
    after = _AFTER if re.match(unspaced, last) else r"(?!\w)" if last.isalnum() else ""
    return f"{before}{pieces}{after}"


RULE = Rule(check, WARNING, (FRONT_MATTER, TEXT))
