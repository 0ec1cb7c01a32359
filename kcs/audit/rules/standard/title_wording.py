"""The title is not in a requestor's words: it is a ticket number, a mail's subject, or a name out of the source code.

## Why it matters

A title is what people search for and choose by. No customer types `handshake_timeout_dockd`.

## Example

    title: "RE: FW: ZD-10482 sync_worker_queue stuck"

## How to mend

Say what happens, as somebody would who sees it: "The calendar stops syncing". An error message that is shown on the screen is a
requestor's word. `patterns` in kcs.toml takes regular expressions of your own, `allowed` those of titles that are fine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Parameter, Rule, Values

# What each says is for people: a title that a pattern of their own finds is shown with the words it found.
# Before it stands what a title must have for that: few do, and then no pattern has to be made.
_PATTERNS: tuple[tuple[Callable[[str], bool], str, str], ...] = (
    (
        lambda title: ":" in title,
        r"(?i)^\s*(?:re|fwd?|aw|wg|tr|ตอบ|trả lời)\s*:",
        "the subject line of a mail",
    ),
    (
        lambda title: any(map(str.isdecimal, title)),
        r"(?i)\b(?:zd|inc|ticket|case|jira|sup|bug)[-# ]?\d{3,}\b",
        "a ticket's number",
    ),
    # Not in capitals: ERR_CONNECTION_REFUSED is what a browser shows, and what people search for.
    (
        lambda title: "_" in title,
        r"\b[a-z][a-z0-9]*_[a-z0-9]+_[a-z0-9_]+\b",
        "a name out of the source code",
    ),
    (
        lambda title: "in " in title,
        r"\bin (?:module|class|method|function|thread) \S+",
        "a place in the source code",
    ),
    (
        lambda title: "Exception" in title or "Error" in title,
        r"\b(?:[a-z]{2,}\.){2,}[A-Z]\w+(?:Exception|Error)\b",
        "the name of an exception",
    ),
)


def check(page: Page, values: Values) -> Iterator[Hit]:
    """The first pattern that the title has."""
    title = page.article.title
    if any(_compiled(pattern).search(title) for pattern in values["allowed"]):
        return
    usual = ((pattern, what) for may_be, pattern, what in _PATTERNS if may_be(title))
    own = ((words, "not a requestor's words") for words in values["patterns"])
    for pattern, what in (*usual, *own):
        if found := _compiled(pattern).search(title):
            words = f"the title holds {found.group().strip()!r}, {what}"
            yield Hit(words, "use the requestor's words", page.title_line)
            return


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


RULE = Rule(
    check,
    WARNING,
    (FRONT_MATTER,),
    parameters=(
        Parameter(
            "patterns",
            "expressions",
            (),
            "Regular expressions of titles that are not as a requestor would say it.",
        ),
        Parameter("allowed", "expressions", (), "Regular expressions of titles that are fine all the same."),
    ),
)
