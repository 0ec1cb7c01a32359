"""A Zendesk ticket: alone, as `{"ticket": ...}`, with its comments and users where the export has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs.authoring.intake.html_text import html_to_text, plain_text
from kcs.authoring.intake.json_text import day_of, dict_of, dicts_of, text_of
from kcs.authoring.intake.mailboxes import person_of
from kcs.authoring.intake.model import Message, Source, Thread, Who
from kcs.authoring.intake.ticket_numbers import id_of
from kcs.privacy import Known


def is_zendesk(value: Mapping[str, Any]) -> bool:
    """Whether the keys are those of a ticket."""
    ticket = _ticket(value)
    return ("subject" in ticket or "raw_subject" in ticket) and (
        "description" in ticket or "requester_id" in ticket or "comments" in ticket or "comments" in value
    )


def read_zendesk(value: Mapping[str, Any]) -> Thread:
    """The ticket as a thread."""
    ticket = _ticket(value)
    comments = [*dicts_of(ticket.get("comments")), *dicts_of(value.get("comments"))]
    requester = text_of(ticket.get("requester_id")) or text_of(dict_of(ticket.get("requester")).get("id"))
    description = plain_text(text_of(ticket.get("description")))
    messages = [
        Message(_body(one), _who(one, requester, first=not index and _begins(one, description)))
        for index, one in enumerate(comments)
    ]
    if not any(one.who == "requestor" and one.text.strip() for one in messages):
        messages.insert(0, Message(description))
    number = id_of(ticket.get("id"))
    return Thread(
        "ticket",
        tuple(messages),
        text_of(ticket.get("subject")) or text_of(ticket.get("raw_subject")),
        _known(ticket, value, comments),
        f"ZD-{number}" if number else "",
        _product(ticket),
        Source(f"zd-{number}", f"ticket:ZD-{number}", day_of(ticket.get("updated_at"))) if number else None,
        tuple("attachment" for one in comments for _ in dicts_of(one.get("attachments"))),
    )


def _ticket(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return dict_of(value.get("ticket")) or value


def _body(comment: Mapping[str, Any]) -> str:
    plain = text_of(comment.get("plain_body"))
    if plain:
        return plain
    html = text_of(comment.get("html_body"))
    return html_to_text(html) if html else plain_text(text_of(comment.get("body")))


def _begins(comment: Mapping[str, Any], description: str) -> bool:
    """Whether the first comment may be what the description
    says: Zendesk repeats it there, some exports begin after it.
    """
    theirs, ours = ("".join(text.split()) for text in (_body(comment), description))
    return ours.startswith(theirs[:80]) or theirs.startswith(ours[:80])


def _who(comment: Mapping[str, Any], requester: str, *, first: bool) -> Who:
    if comment.get("public") is False:
        return "note"
    author = text_of(comment.get("author_id")) or text_of(dict_of(comment.get("author")).get("id"))
    if requester and author:
        return "requestor" if author == requester else "agent"
    role = text_of(dict_of(comment.get("author")).get("role"))
    return "requestor" if role in ("end-user", "user", "requester") or (first and not role) else "agent"


def _known(ticket: Mapping[str, Any], value: Mapping[str, Any], comments: list[Mapping[str, Any]]) -> Known:
    people = [dict_of(ticket.get(key)) for key in ("requester", "submitter", "assignee")]
    people += [*dicts_of(value.get("users")), *dicts_of(ticket.get("collaborators"))]
    people += [dict_of(one.get("author")) for one in comments]
    for one in (ticket, *comments):
        source = dict_of(dict_of(one.get("via")).get("source"))
        people.append(dict_of(source.get("from")))
        # A mail's recipient is nobody if it is the house's own mailbox, which bears its product's name.
        if text_of(dict_of(source.get("to")).get("address")) != text_of(ticket.get("recipient")):
            people.append(dict_of(source.get("to")))
    names = [
        person_of(text_of(one.get("name")), text_of(one.get("email") or one.get("address"))) for one in people
    ]
    mails = [text_of(one.get(key)) for one in people for key in ("email", "address")]
    phones = [text_of(one.get("phone")) for one in people]
    return Known(*(tuple(dict.fromkeys(filter(None, values))) for values in (names, mails, phones)))


def _product(ticket: Mapping[str, Any]) -> str:
    tags = ticket.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, str) and tag.startswith(("product:", "product_")):
            return tag[len("product:") :]
    return text_of(ticket.get("product"))
