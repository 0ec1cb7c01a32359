"""A title is written With A Capital Letter On Each Word, where the style guide asks for sentence case.

## Why it matters

In a list of results, titles written alike are read fastest; and where every word has a capital, no name stands out.

## Example

    title: Reset The Password Of A Shared Mailbox

## How to mend

Only the first word and names begin with a capital letter. The article itself shows what is a name: a word that it also writes
in lower case is none, and two such words (or one like "the" or "of") make a finding. The rule asks nothing unless kcs.toml says
`[style] titles = "sentence"`; `names` lists names that keep their capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, TEXT, Rule, Values
from kcs.patterns import later

_WORD = later(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_START = later(r"(?:^|[:.?!\u2013\u2014/(\"\u201c-]\s*)$")
# No name holds these in the middle with a capital, except where every word has one.
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "not",
        "of",
        "off",
        "on",
        "or",
        "over",
        "the",
        "their",
        "to",
        "up",
        "when",
        "with",
        "without",
        "you",
        "your",
    ]
)


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether capitals stand on words that are no names."""
    style = page.kb.config.style
    title = page.article.title
    if style.get("titles") != "sentence" or title.isupper():
        return
    for name in style.get("names", ()):
        title = re.sub(rf"\b{re.escape(name)}\b", lambda found: " " * len(found.group()), title)
    raised = [found.group() for found in _WORD.finditer(title) if _is_raised(title, found)]
    wrong = list(dict.fromkeys(word for word in raised if word.lower() in _SMALL or _is_plain(page, word)))
    # One alone may be part of a name: Credential Manager, Azure SQL Database.
    if len(wrong) > 1 or any(word.lower() in _SMALL for word in wrong):
        words = f"the title has capital letters on {', '.join(wrong)}"
        yield Hit(words, "only the first word and names begin with one", page.title_line)


def _is_raised(title: str, found: re.Match[str]) -> bool:
    word = found.group()
    raised = word == "A" or (word[0].isupper() and word[1:].islower())
    return raised and not _START.search(title[: found.start()])


def _is_plain(page: Page, word: str) -> bool:
    """Whether the article itself writes it without a capital, and never with one inside a sentence."""
    text = page.text
    if page.article.headed:  # what the title itself says is no witness
        from kcs.article.first_heading import without_title

        text = without_title(text, page.article.title)
    small = re.search(rf"\b{re.escape(word.lower())}\b", text)
    name = re.search(rf"(?<=[a-z,] ){re.escape(word)}\b", text)
    return small is not None and name is None


RULE = Rule(check, WARNING, (FRONT_MATTER, TEXT))
