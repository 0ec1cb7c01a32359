"""The file of a new article: its front matter as this base calls it, and its text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kcs.article.splice import add_front_matter, flow_list, flow_mapping, scalar
from kcs.article.states import STATUS_OF, WORK_IN_PROGRESS
from kcs.authoring.templates import Template
from kcs.authoring.wanted import Given, Wanted
from kcs.errors import CannotEdit, FileProblem
from kcs.kb.settings.config import Config

# The vocabulary's order.
_ORDER = (
    "type", "id", "title", "permalink", "description", "confidence", "audience", "governance", "owner", "verifiers", "product",
    "tags", "language", "created", "verify_every", "status", "sources", "counterpart", "translation_of", "release",
    "launch", "review",
)  # fmt: skip


def front_matter(
    config: Config,
    today: date,
    template: Template,
    wanted: Wanted,
    given: Given,
    title: str,
    identifier: str,
    language: str,
) -> list[tuple[str, str]]:
    """Keys in the vocabulary's order, as this base calls them,
    and values as YAML of one line; only those that have a value.
    """
    values: dict[str, str] = {}
    for key, value in template.defaults.items():
        # As for an article: what names no audience of this base is for the most closed one.
        strange = key == "audience" and value not in config.audiences
        values[key] = _yaml(config.audiences[0] if strange else value)
    values |= given.pairs
    ours = {theirs_for: theirs for theirs, theirs_for in config.types.items()}
    own: dict[str, Any] = {
        "type": ours.get(template.name, template.name),
        "id": identifier,
        "title": title,
        "confidence": WORK_IN_PROGRESS,
        "status": STATUS_OF[WORK_IN_PROGRESS],
        "audience": wanted.audience,
        "owner": wanted.owner,
        "product": wanted.product,
        "tags": list(wanted.tags),
        "language": language,
        "release": wanted.release,
    }
    values |= {key: _yaml(value) for key, value in own.items() if value}
    values["created"] = today.isoformat()
    if wanted.launch:
        values["launch"] = wanted.launch.isoformat()
    if sources := _sources(wanted.ticket or given.ticket, given.sources):
        values["sources"] = f"[{', '.join(flow_mapping(one.items()) for one in sources)}]"
    return [(config.fields.get(key, key), values[key]) for key in _ORDER if key in values]


def _yaml(value: Any) -> str:
    return flow_list(value) if isinstance(value, list) else scalar(value)


def _sources(ticket: str, others: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The ticket first, then what else is known, each once."""
    if not ticket:
        return list(others)
    first = ticket_source(ticket)
    if any(one.get("resource") == first["resource"] for one in others):
        return list(others)
    return [first, *others]


def ticket_source(ticket: str) -> Mapping[str, str]:
    """A ticket, or an address of one, as `sources` holds it."""
    resource = ticket if re.match(r"[a-z][a-z0-9+.-]*://", ticket) else f"ticket:{ticket}"
    return {"id": re.sub(r"[^\w-]+", "-", ticket.casefold()).strip("-") or "ticket", "resource": resource}


def body(template: Template, wanted: Wanted, given: Given, title: str, language: str, today: date) -> str:
    """The template filled in, with the words that were there before in their sections."""
    values = {
        "title": title,
        "product": wanted.product,
        "ticket": wanted.ticket or given.ticket,
        "tags": list(wanted.tags),
        "language": language,
        "owner": wanted.owner,
        "audience": wanted.audience,
        "release": wanted.release,
        "launch": wanted.launch.isoformat() if wanted.launch else "",
        "today": today.isoformat(),
    }
    body = template.filled(values, language)
    if given.words is None:
        return body
    from kcs.authoring.carrying import put_in

    wishes = {"faq": ("faq",), **{key: (key,) for key in template.sections}, **template.carried}
    return put_in(body, given.words if given.everything else given.words.only(wishes), language)


def file_of(template: Template, pairs: Sequence[tuple[str, str]], body: str) -> bytes:
    """Front matter and body. FileProblem if the template gives what cannot be the text of an article."""
    try:
        return add_front_matter(("\n" + body).encode(), pairs)
    except (CannotEdit, UnicodeEncodeError) as error:
        reason = error.message if isinstance(error, CannotEdit) else "it holds bytes that are not text"
        raise FileProblem(
            f"the template does not produce an article: {reason}",
            path=template.path,
            line=template.body_line,
            hint="kcs new --preview shows what it produces",
        ) from error
