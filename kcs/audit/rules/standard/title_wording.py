"""The title is not in a requestor's words: it is a ticket number, a mail's subject, or a name out of the source code.

## Why it matters

A title is what people search for and choose by. Nobody outside types `handshake_timeout_dockd`.

## Example

    title: "RE: FW: ZD-10482 sync_worker_queue stuck"

## How to mend

Say what happens, as somebody would who sees it: "The calendar stops syncing". An error message that is shown on the screen is a
requestor's word. `patterns` in kcs.toml takes regular expressions of your own, `allowed` those of titles that are fine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Parameter, Rule, Values

_PLACES = ("in module", "in class", "in method", "in function", "in thread")
# What each says is for people: a title that a pattern of their own finds is shown with the words it found. Of ASCII, what one of
# these finds holds one of the signs named last: few titles do, and then no pattern has to be made.
_PATTERNS = (
    (r"(?i)^\s*(?:re|fwd?|aw|wg|tr|ตอบ|trả lời)\s*:", "the subject line of a mail", (":",)),
    (r"(?i)\b(?:zd|inc|ticket|case|jira|sup|bug)[-# ]?\d{3,}\b", "a ticket's number", tuple("0123456789")),
    # Not in capitals: ERR_CONNECTION_REFUSED is what a browser shows, and what people search for.
    (r"\b[a-z][a-z0-9]*_[a-z0-9]+_[a-z0-9_]+\b", "a name out of the source code", ("_",)),
    (r"\bin (?:module|class|method|function|thread) \S+", "a place in the source code", _PLACES),
    (
        r"\b(?:[a-z]{2,}\.){2,}[A-Z]\w+(?:Exception|Error)\b",
        "the name of an exception",
        ("Exception", "Error"),
    ),
)


def check(page: Page, values: Values) -> Iterator[Hit]:
    """The first pattern that the title has."""
    title = page.article.title
    if any(pattern.search(title) for pattern in map(_compiled, values["allowed"]) if pattern):
        return
    plain = title.isascii()
    usual = (
        (pattern, what)
        for pattern, what, signs in _PATTERNS
        if not plain or any(map(title.__contains__, signs))
    )
    own = ((words, "not a requestor's words") for words in values["patterns"])
    for pattern, what in (*usual, *own):
        expression = _compiled(pattern)
        found = expression.search(title) if expression else None
        if found:
            words = f"the title holds {found.group().strip()!r}, {what}"
            yield Hit(words, "use the requestor's words", page.line_of(page.key_of("title")))
            return


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except re.error:
        return None  # nothing of the article's; the rest of the patterns still holds


RULE = Rule(
    check,
    WARNING,
    (FRONT_MATTER,),
    parameters=(
        Parameter(
            "patterns",
            "strings",
            (),
            "Regular expressions of titles that are not as a requestor would say it.",
        ),
        Parameter("allowed", "strings", (), "Regular expressions of titles that are fine all the same."),
    ),
)
