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


class Asked(NamedTuple):
    """`subject` without `Re:`; `text`: the requestor's own first sentences, without greeting and quoted history.

    `whole`: all of the text with its line breaks, if it is too long for one question; else "". `lined`: `text` with its line breaks.
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
    subject, text = own_words(ticket.subject, ticket.description)
    text = _PERSONAL.sub(" ", text).strip()
    lined = beginning(text)
    return Asked(subject[:_LONGEST], on_one_line(lined), text if len(text) > LONG else "", lined)


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
