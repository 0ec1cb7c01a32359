"""Which shape a file has, by what it holds, whatever it is called."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from kcs.authoring.intake.composing import compose
from kcs.authoring.intake.decoding import decode
from kcs.authoring.intake.model import Intake, Message, Thread
from kcs.authoring.intake.ticket_numbers import lost_digits
from kcs.errors import FileProblem

LARGEST = 50_000_000
_TEXT = 300_000
_SHAPES = "a Zendesk ticket has `subject` and `description`, an Intercom conversation `conversation_parts`, a Slack thread `messages`"


def read_intake(raw: bytes, name: str = "", *, region: str | None = None) -> Intake:
    """What the ticket, mail or thread `raw` gives to an article; `name` is shown in errors.

    FileProblem with the line for what is empty, broken, not text, or of no shape that is known.
    """
    name = name or "standard input"
    if len(raw) > LARGEST:
        raise FileProblem(
            f"has {len(raw) // 1_000_000} MB, but a ticket has at most {LARGEST // 1_000_000}",
            path=name,
            hint="give one ticket, not the whole export",
        )
    if not raw.strip():
        raise FileProblem(
            "is empty", path=name, hint="paste the requestor's words, or export the ticket again"
        )
    thread = _thread(raw, name)
    if lost := lost_digits(thread.ticket_id):
        raise FileProblem(
            lost, path=name, hint="write the ticket's number there as its help desk shows it, or take it out"
        )
    intake = compose(thread, region)
    if not intake.issue_text.strip():
        raise FileProblem(
            "holds no words of the requestor: all of it is quoted, an answer, or small talk",
            path=name,
            hint="give the requestor's message as text, or kcs new with a title of your own",
        )
    return intake


def _thread(raw: bytes, name: str) -> Thread:
    from kcs.authoring.intake import mail

    if mail.is_mail(raw):
        return mail.read_mail(raw, name)
    text = decode(raw, name)
    if not text.strip():
        raise FileProblem(
            "is empty", path=name, hint="paste the requestor's words, or export the ticket again"
        )
    if mail.is_mail(encoded := text[:20_000].encode("utf-8", "replace")) and encoded[:200] != raw[:200]:
        return mail.read_mail(text.encode("utf-8", "replace"), name)
    if (
        re.match(r"\s*(?:\{|\[\s*[{\]])", text)
        or _is_list(text)
        or name.casefold().endswith((".json", ".jsonl", ".ndjson"))
    ):
        from kcs.authoring.intake.json_text import load_json

        return _of_json(load_json(text, name), name)
    return _of_text(text)


def _is_list(text: str) -> bool:
    """Whether it is a JSON list of whatever: people begin lines with brackets too, `[urgent] ...`."""
    if text.lstrip()[:1] != "[" or text.rstrip()[-1:] != "]":
        return False
    try:
        return isinstance(json.loads(text), list)
    except (ValueError, RecursionError):
        return False


def _of_json(value: Any, name: str) -> Thread:
    from kcs.authoring.intake.slack import is_slack, read_slack

    if is_slack(value):
        return read_slack(value)
    value = _only_one(value, name)
    if thread := thread_of(value):
        return thread
    keys = ", ".join(sorted(map(repr, value))[:8])
    raise FileProblem(
        f"is JSON in no form that kcs knows: {f'its keys are {keys[:200]}' if keys else 'it holds nothing'}",
        path=name,
        line=1,
        hint=f"{_SHAPES}; or give the requestor's words as plain text",
    )


def thread_of(value: Mapping[str, Any]) -> Thread | None:
    """A Zendesk ticket or an Intercom conversation; None if it is neither."""
    from kcs.authoring.intake.intercom import is_intercom, read_intercom
    from kcs.authoring.intake.zendesk import is_zendesk, read_zendesk

    if is_intercom(value):
        return read_intercom(value)
    return read_zendesk(value) if is_zendesk(value) else None


def _only_one(value: Any, name: str) -> dict[str, Any]:
    """The one ticket of a list or of `{"tickets": [...]}`."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("tickets", "conversations") if key in value), value)
    if isinstance(value, list):
        if len(value) > 1 and any(isinstance(one, dict) for one in value):
            raise FileProblem(
                f"holds {len(value)} tickets or conversations, and an article starts from one",
                path=name,
                hint="save one of them to a file of its own",
            )
        value = value[0] if value else {}
    return value if isinstance(value, dict) else {}


def _of_text(text: str) -> Thread:
    from kcs.authoring.intake.chat_text import read_chat
    from kcs.authoring.intake.html_text import plain_text

    text = plain_text(text[:_TEXT]).replace("\r\n", "\n").replace("\r", "\n")
    return read_chat(text) or Thread("text", (Message(text),))
