"""What a ticket asks, in the words that search is given."""

from __future__ import annotations

import re

from kcs.authoring.intake import own_words
from kcs.coverage.tickets import Ticket
from kcs.search import LONG
from kcs.tuples import NamedTuple

# The first sentences say what is asked; what follows is how it came about.
_LONGEST = 400
# What names somebody says nothing about what is asked.
_PERSONAL = re.compile(r"\S+@\S+|\+?\d[\d\s().-]{6,}\d|https?://\S+")
_SENTENCE = re.compile(r"(?<=[.!?؟。])\s+|\n+")


class Asked(NamedTuple):
    """`subject` without `Re:`; `text`: the requestor's own first sentences, without greeting and quoted history.

    `whole`: all of these with their lines, where they are too long for one question; else "".
    """

    subject: str
    text: str
    whole: str = ""

    @property
    def words(self) -> str:
        """Both together, what the text repeats of the subject once."""
        if self.subject and self.text.casefold().startswith(self.subject.casefold().rstrip(" .?!…")):
            return self.text
        return f"{self.subject}\n{self.text}".strip()


def asked(ticket: Ticket) -> Asked:
    """Of a ticket."""
    subject, text = own_words(ticket.subject, ticket.description)
    text = _PERSONAL.sub(" ", text).strip()
    return Asked(subject[:_LONGEST], beginning(text), text if len(text) > LONG else "")


def beginning(text: str) -> str:
    """The first whole sentences within the bound; the beginning of the first where that is longer."""
    kept = ""
    for sentence in _SENTENCE.split(text.strip()):
        if kept and len(kept) + len(sentence) > _LONGEST:
            break
        kept = f"{kept} {sentence}".strip()
    return kept[:_LONGEST]
