"""Any JSON object as names and texts, as a row of a table has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kcs.authoring.intake import id_of

# In an object that stands for a value, the readable key: Jira's users, ServiceNow's references.
_SHOWN = ("display_value", "displayName", "name", "value", "key", "tag", "email")
_DEEPEST = 12
_SHOWN_AND_KEPT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def flat(record: Mapping[str, Any]) -> tuple[tuple[str, ...], list[str]]:
    """The names, `fields.summary` for nested ones, and each one's text. A name may occur more than once."""
    names: list[str] = []
    texts: list[str] = []
    for name, text in _pairs(record, ""):
        names.append(name)
        texts.append(text)
    return tuple(names), texts


def _pairs(record: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, dict) and (key == "fields" or not before) and not _is_value(value):
            yield from _pairs(value, f"{before}{key}.") if not before else ()
        elif isinstance(value, list):
            for one in value or ("",):
                yield before + key, _text(one)
        else:
            yield before + key, _text(value)


def _is_value(value: Mapping[str, Any]) -> bool:
    return value.get("type") == "doc" or any(key in value for key in _SHOWN)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        if value.get("type") == "doc":
            return document_text(value)
        # ServiceNow shows a moment in its user's format, and keeps it in UTC.
        if "display_value" in value and _SHOWN_AND_KEPT.fullmatch(kept := _text(value.get("value"))):
            return f"{kept}Z" if not kept.startswith("1970") else kept
        return next((_text(value[key]) for key in _SHOWN if value.get(key)), "")
    if value is None or isinstance(value, bool | list):
        return ""
    return id_of(value) if isinstance(value, float) and value.is_integer() else str(value)


def document_text(node: Mapping[str, Any], depth: int = 0) -> str:
    """The plain text of Atlassian's document format."""
    if isinstance(node.get("text"), str):
        return str(node["text"])
    inner = node.get("content")
    if not isinstance(inner, list) or depth > _DEEPEST:
        return "\n" if node.get("type") == "hardBreak" else ""
    text = "".join(document_text(one, depth + 1) for one in inner if isinstance(one, dict))
    return text + "\n" if node.get("type") in ("paragraph", "heading", "listItem", "codeBlock") else text
