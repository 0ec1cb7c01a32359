"""A Help Scout conversation in its API's form: the customer's words are in its threads, if it has any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs.authoring.intake import dict_of, dicts_of, plain_text, text_of


def is_help_scout(record: Mapping[str, Any]) -> bool:
    """Whether the keys are those of a conversation."""
    return isinstance(record.get("primaryCustomer"), dict) and "subject" in record


def as_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """The conversation as an object whose keys any table has. Notes and what the house answered are left out."""
    customer = dict_of(record.get("primaryCustomer"))
    threads = dicts_of(dict_of(record.get("_embedded")).get("threads"))
    asked = [one for one in threads if one.get("type") == "customer"]
    asked.sort(key=lambda one: text_of(one.get("createdAt")))  # the newest comes first there
    return {
        "number": record.get("number"),
        "subject": record.get("subject"),
        "description": "\n\n".join(plain_text(text_of(one.get("body"))) for one in asked),
        "createdAt": record.get("createdAt"),
        "closedAt": record.get("closedAt"),
        "tags": record.get("tags"),
        "channel": record.get("type"),
        "customer name": _name(customer),
        "customer email": customer.get("email"),
    }


def _name(person: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (text_of(person.get("first")), text_of(person.get("last")))))
