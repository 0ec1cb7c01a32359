"""Zendesk tickets and Intercom conversations in their APIs' form: messages, and facts beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from math import isfinite
from typing import Any

from kcs.authoring.intake import Thread, dict_of, dicts_of, id_of, text_of, thread_of
from kcs.coverage.tickets.model import Count, Ticket
from kcs.coverage.tickets.spans import LONGEST, minutes
from kcs.coverage.tickets.values import moment, says_no_day

# Subject and description have the tables of others too.
_ZENDESK = (
    "requester_id",
    "comments",
    "raw_subject",
    "custom_fields",
    "submitter_id",
    "organization_id",
    "metric_set",
    "nice_id",
)
_CLOSED = frozenset(("closed", "solved", "resolved"))


def thread_ticket(
    record: Mapping[str, Any], line: int, count: Count, zone: tzinfo
) -> tuple[str, Ticket] | None:
    """The help desk's name and the ticket; None if it is of neither shape."""
    thread = thread_of(record)
    ticket = dict_of(record.get("ticket")) or record
    # Freshdesk's have a subject and a requester too.
    if (
        thread is None
        or "responder_id" in ticket
        or (thread.channel == "ticket" and not any(key in ticket for key in _ZENDESK))
    ):
        return None
    if thread.channel == "conversation":
        return "intercom", _intercom(ticket, thread, line, _Values(count, zone, line))
    return "zendesk", _zendesk(ticket, thread, line, _Values(count, zone, line))


class _Values:
    """Of one ticket; a value that says nothing is counted."""

    def __init__(self, count: Count, zone: tzinfo, line: int) -> None:
        self._count = count
        self._zone = zone
        self._line = line

    def moment(self, value: Any, field: str) -> datetime | None:
        text = text_of(int(value) if isinstance(value, float) and isfinite(value) else value)
        if value is None or value is False or value == "" or (text and says_no_day(text)):
            return None
        when = moment(text, "", self._zone)
        if when is None:
            self._count.misread(field, self._line, value)
        return when

    def number(self, value: Any, field: str) -> float | None:
        if value is None or value is False or value == "":
            return None
        number = minutes(value) if isinstance(value, str) else value
        if isinstance(number, int | float) and number is not True and 0 <= number < LONGEST:
            return float(number)
        self._count.misread(field, self._line, value)
        return None


def _words(thread: Thread) -> str:
    return "\n\n".join(one.text for one in thread.messages if one.who == "requestor" and one.text.strip())


def _zendesk(ticket: Mapping[str, Any], thread: Thread, line: int, values: _Values) -> Ticket:
    metrics = dict_of(ticket.get("metric_set"))
    closed = ticket.get("solved_at") or ticket.get("closed_at") or metrics.get("solved_at")
    if not closed and text_of(ticket.get("status")) in _CLOSED:
        closed = ticket.get("updated_at")
    return Ticket(
        thread.ticket_id,
        values.moment(ticket.get("created_at"), "created_at"),
        values.moment(closed, "closed_at"),
        thread.title,
        _words(thread),
        _tags(ticket.get("tags")),
        thread.product,
        text_of(ticket.get("version")),
        text_of(dict_of(ticket.get("via")).get("channel")),
        values.number(ticket.get("handle_minutes"), "handle_minutes"),
        _tags(ticket.get("linked_articles")),
        line,
        _people(thread),
    )


def _intercom(ticket: Mapping[str, Any], thread: Thread, line: int, values: _Values) -> Ticket:
    statistics = dict_of(ticket.get("statistics"))
    closed = statistics.get("last_close_at") or statistics.get("first_close_at")
    if not closed and text_of(ticket.get("state")) in _CLOSED:
        closed = ticket.get("updated_at")
    number = id_of(ticket.get("id"))
    tags = ticket.get("tags")
    handled = values.number(statistics.get("handling_time"), "handle_minutes")
    return Ticket(
        f"intercom-{number}" if number else "",
        values.moment(ticket.get("created_at"), "created_at"),
        values.moment(closed, "closed_at"),
        thread.title,
        _words(thread),
        tuple(text_of(one.get("name")) for one in dicts_of(dict_of(tags).get("tags") or tags)),
        thread.product,
        text_of(dict_of(ticket.get("custom_attributes")).get("version")),
        text_of(dict_of(ticket.get("source")).get("type")) or "conversation",
        None if handled is None else handled / 60,
        _tags(dict_of(ticket.get("custom_attributes")).get("linked_articles")),
        line,
        _people(thread),
    )


def _people(thread: Thread) -> tuple[str, ...]:
    return tuple(one for values in thread.known for one in values)


def _tags(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(value.replace(",", " ").split())
    return tuple(filter(None, map(text_of, value))) if isinstance(value, list) else ()
