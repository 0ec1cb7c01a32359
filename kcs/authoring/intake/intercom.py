"""An Intercom conversation: HTML bodies, parts of several types, seconds since 1970."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs.authoring.intake.html_text import html_to_text
from kcs.authoring.intake.json_text import day_of, dict_of, dicts_of, text_of
from kcs.authoring.intake.mailboxes import person_of
from kcs.authoring.intake.model import Message, Source, Thread, Who
from kcs.privacy import Known

_REQUESTORS = frozenset(("user", "lead", "contact"))
_BEGUN_BY_THEM = frozenset(("", "customer_initiated"))


def is_intercom(value: Mapping[str, Any]) -> bool:
    """Whether the keys are those of a conversation."""
    return "conversation_parts" in value or (
        value.get("type") == "conversation" and isinstance(value.get("source"), dict)
    )


def read_intercom(value: Mapping[str, Any]) -> Thread:
    """The conversation as a thread."""
    parts = value.get("conversation_parts")
    source = dict_of(value.get("source")) or dict_of(value.get("conversation_message"))
    said = [source, *dicts_of(parts if isinstance(parts, list) else dict_of(parts).get("conversation_parts"))]
    messages = [Message(html_to_text(text_of(one.get("body"))), _who(one, source)) for one in said]
    number = text_of(value.get("id"))
    people = [dict_of(one.get("author")) for one in said]
    people += [dict_of(value.get("user")), *dicts_of(dict_of(value.get("contacts")).get("contacts"))]
    return Thread(
        "conversation",
        tuple(messages),
        html_to_text(text_of(value.get("title")) or text_of(source.get("subject"))),
        _known(people),
        "",
        text_of(dict_of(value.get("custom_attributes")).get("product")),
        Source(f"intercom-{number}", f"conversation:{number}", day_of(value.get("updated_at")))
        if number
        else None,
        tuple("attachment" for one in said for _ in dicts_of(one.get("attachments"))),
    )


def _known(people: list[Mapping[str, Any]]) -> Known:
    names = [person_of(text_of(one.get("name")), text_of(one.get("email"))) for one in people]
    mails, phones = ([text_of(one.get(key)) for one in people] for key in ("email", "phone"))
    return Known(*(tuple(dict.fromkeys(filter(None, values))) for values in (names, mails, phones)))


def _who(part: Mapping[str, Any], source: Mapping[str, Any]) -> Who:
    """By the author's type. Exports that pass through other programs lose it: then
    whoever began is the requestor, unless it is said that somebody else began.
    """
    if text_of(part.get("part_type")) in ("note", "assignment", "note_and_reopen"):
        return "note"
    author, first = dict_of(part.get("author")), dict_of(source.get("author"))
    kind = text_of(author.get("type")) or (text_of(first.get("type")) if _is_same(author, first) else "")
    if kind:
        return "requestor" if kind in _REQUESTORS else "agent"
    began = part is source or _is_same(author, first)
    return "requestor" if began and text_of(source.get("delivered_as")) in _BEGUN_BY_THEM else "agent"


def _is_same(author: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return any(text_of(author.get(key)) and author[key] == other.get(key) for key in ("id", "email"))
