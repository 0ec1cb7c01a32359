"""A ticket's question, in words for search."""

from __future__ import annotations

import re

from kcs.authoring.intake import own_words
from kcs.coverage.tickets import Ticket
from kcs.search import LONG
from kcs.tuples import NamedTuple

# The first sentences ask; the rest tells how it came about.
_LONGEST = 400
# Names of people say nothing about the question.
_PERSONAL = re.compile(r"\S+@\S+|\+?\d[\d\s().-]{6,}\d|https?://\S+")
_BETWEEN = re.compile(r"((?<=[.!?؟。])\s+|\n+)")
_LINES = re.compile(r"\n+")
_CHARACTER = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,6}\d{0,2});")


class Asked(NamedTuple):
    """`subject` without `Re:`; `text`: the requestor's own first sentences, without greeting and quoted history.

    `whole`: all of the text with its line breaks, if it is too long for one question; else "".
    `lined`: `text` with its line breaks.
    """

    subject: str
    text: str
    whole: str = ""
    lined: str = ""

    @property
    def words(self) -> str:
        """Both together, with the subject repeated in the text only once."""
        if self.subject and self.text.casefold().startswith(self.subject.casefold().rstrip(" .?!…")):
            return self.text
        return f"{self.subject}\n{self.text}".strip()


def asked(ticket: Ticket) -> Asked:
    """A ticket's question."""
    subject, text = own_words(_as_shown(ticket.subject), _as_shown(ticket.description))
    text = _PERSONAL.sub(" ", text).strip()
    lined = beginning(text)
    return Asked(subject[:_LONGEST], on_one_line(lined), text if len(text) > LONG else "", lined)


def _as_shown(text: str) -> str:
    """Without the characters that exports write as a web page
    does, in texts that are none: `can&#39;t`, `Teams&reg;`.
    """
    if not _CHARACTER.search(text):
        return text
    from html import unescape

    return _CHARACTER.sub(lambda found: unescape(found[0]), text)


def on_one_line(lined: str) -> str:
    """The text as it is searched and grouped: a line break counts as a blank."""
    return _LINES.sub(" ", lined)


def beginning(text: str) -> str:
    """The first whole sentences and lines within the limit; the start of the first one if that is longer."""
    first, *more = _BETWEEN.split(text.strip())
    kept, size = first, len(first)
    for between, sentence in zip(more[::2], more[1::2], strict=True):
        if not sentence.strip():
            continue
        if size + len(sentence) > _LONGEST:
            break
        kept += f"{_gap(between)}{sentence}"
        size += 1 + len(sentence)
    return kept if size <= _LONGEST else kept[:_LONGEST]


def _gap(between: str) -> str:
    """An empty line is kept as one: it ends a list."""
    lines = between.count("\n")
    return "\n" * min(lines, 2) or " "
