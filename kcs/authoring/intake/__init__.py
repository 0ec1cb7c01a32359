"""What a ticket, mail or thread gives to an article: the requestor's words, and nothing that identifies anybody."""

from __future__ import annotations

from kcs.authoring.intake.compose import compose, own_words
from kcs.authoring.intake.decoding import guess as guess_encoding
from kcs.authoring.intake.decoding import marked_encoding
from kcs.authoring.intake.html_text import plain_text
from kcs.authoring.intake.json_text import dict_of, dicts_of, text_of
from kcs.authoring.intake.model import NAMES_NOT_PROMISED, Intake, LeftOut, Message, Source, Thread
from kcs.authoring.intake.reading import read_intake, thread_of
from kcs.authoring.language import guess_language

__all__ = [
    "NAMES_NOT_PROMISED",
    "Intake",
    "LeftOut",
    "Message",
    "Source",
    "Thread",
    "compose",
    "dict_of",
    "dicts_of",
    "guess_encoding",
    "guess_language",
    "marked_encoding",
    "own_words",
    "plain_text",
    "read_intake",
    "text_of",
    "thread_of",
]
