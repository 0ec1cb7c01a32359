"""A thread as every shape is read into, and what an article takes from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kcs.privacy import Known
from kcs.tuples import NamedTuple

NAMES_NOT_PROMISED = (
    "names that no field of the ticket gives are not looked for: read the Issue before you share it"
)

Who = Literal["requestor", "agent", "note"]


class LeftOut(NamedTuple):
    """One thing that was not taken over. `shown` is masked, or its size: never the value itself."""

    kind: str
    shown: str


class Source(NamedTuple):
    """Where the words come from, as `sources` in front matter says it; `last_modified` is a day or empty."""

    id: str
    resource: str
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a thread: plain text with `>` before what it quotes."""

    text: str
    who: Who = "requestor"


@dataclass(frozen=True, slots=True)
class Thread:
    """What a file holds before anything is left out, oldest message first. `known` is whom its fields name."""

    channel: str
    messages: tuple[Message, ...]
    title: str = ""
    known: Known = field(default_factory=Known)
    ticket_id: str = ""
    product: str = ""
    source: Source | None = None
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """What a new article takes over. `issue_text` is Markdown that holds no heading, HTML or front matter of its own.

    `language` is th, vi, ar, en, or empty if the letters do not say; `channel` is ticket, conversation, chat,
    mail or text.
    """

    title: str
    issue_text: str
    environment_hint: str = ""
    product_hint: str = ""
    ticket_id: str = ""
    channel: str = "text"
    language: str = ""
    sources: tuple[Source, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
