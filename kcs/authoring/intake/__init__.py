"""What a ticket, mail or thread gives to an article: the requestor's words, and nothing that identifies anybody.

Getting a mail's own words does not load the modules that read files and find personal data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.authoring.language import guess_language
from kcs.faces import face

if TYPE_CHECKING:
    from kcs.authoring.intake.composing import compose
    from kcs.authoring.intake.decoding import guess_encoding, marked_encoding, python_name
    from kcs.authoring.intake.html_text import plain_text
    from kcs.authoring.intake.json_text import dict_of, dicts_of, text_of
    from kcs.authoring.intake.mailboxes import person_of
    from kcs.authoring.intake.model import NAMES_NOT_PROMISED, Intake, LeftOut, Message, Source, Thread
    from kcs.authoring.intake.reading import read_intake, thread_of
    from kcs.authoring.intake.requestor_words import SEARCHED, own_words
    from kcs.authoring.intake.ticket_numbers import id_of, lost_digits

__all__ = [
    "NAMES_NOT_PROMISED",
    "SEARCHED",
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
    "id_of",
    "lost_digits",
    "marked_encoding",
    "own_words",
    "person_of",
    "plain_text",
    "python_name",
    "read_intake",
    "text_of",
    "thread_of",
]

__getattr__ = face(
    __name__,
    {
        "NAMES_NOT_PROMISED": "model",
        "SEARCHED": "requestor_words",
        "Intake": "model",
        "LeftOut": "model",
        "Message": "model",
        "Source": "model",
        "Thread": "model",
        "compose": "composing",
        "dict_of": "json_text",
        "dicts_of": "json_text",
        "guess_encoding": "decoding",
        "id_of": "ticket_numbers",
        "lost_digits": "ticket_numbers",
        "marked_encoding": "decoding",
        "own_words": "requestor_words",
        "person_of": "mailboxes",
        "plain_text": "html_text",
        "python_name": "decoding",
        "read_intake": "reading",
        "text_of": "json_text",
        "thread_of": "reading",
    },
)
