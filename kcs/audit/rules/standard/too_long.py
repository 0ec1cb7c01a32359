"""An article is longer than about a page.

## Why it matters

An article answers one question. What takes ten minutes to read is three articles: each found by its own words, each verified by
somebody who knows it.

## Example

An article of 2,300 words that tells how to set up mail on a computer, on a phone, and what to do when it fails.

## How to mend

One article per question, with links between them. `words` in kcs.toml sets the length; code is not counted. In scripts without
blanks between words, such as Thai, five letters count as one word.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import INFO, Hit
from kcs.audit.page import Page
from kcs.audit.rule import TEXT, Parameter, Rule, Values
from kcs.audit.rules.standard import most_words, prose_words, words

_WORDS = 1200


def check(page: Page, values: Values) -> Iterator[Hit]:
    """Whether it has more words than that."""
    text, most = page.text, values["words"]
    if len(text) <= most or (text.isascii() and len(text) < 2 * most):
        return  # a word and a blank take two letters
    if most_words(text) <= most or words(text) <= most:
        return
    count = prose_words(page)
    if count > values["words"]:
        yield Hit(f"{count:,} words, more than {values['words']:,}", "make an article of each question", 1)


RULE = Rule(
    check,
    INFO,
    (TEXT,),
    parameters=(Parameter("words", "integer", _WORDS, "How many words an article may have."),),
)
