"""The JSON Schema of kcs.toml, for editors that complete and check; from the list of keys that validation reads."""

from __future__ import annotations

import json
from typing import Any

from kcs.article.days import HOW_OFTEN
from kcs.kb.settings.keys import MATCH_KEYS, TABLES, TOP_KEYS, Key, Table

# As bases write them: quarterly, Quarterly, QUARTERLY.
_OFTEN = "|".join(f"[{one[0].upper()}{one[0]}]{one[1:]}|{one.upper()}" for one in HOW_OFTEN)
_STRINGS: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
}
KINDS: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer", "minimum": 1},
    "number": {"type": "number"},
    "percent": {"type": "number", "minimum": 0, "maximum": 100},
    "likeness": {"type": "integer", "minimum": 50, "maximum": 100},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "boolean": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "interval": {
        "type": "string",
        "pattern": r"^\s*(never|\d{1,5}\s*([Dd]|[Dd]ays?|[Ww]|[Ww]eeks?|[Mm]|[Mm]o|[Mm]onths?|[Yy]|[Yy]ears?)"
        rf"|{_OFTEN})\s*$",
    },
    "strings": _STRINGS,
    "audiences": _STRINGS,
    "expressions": _STRINGS,
    "words": {"type": "object", "additionalProperties": {"type": "string"}},
    "pair": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    "match": {
        "type": "object",
        "properties": dict.fromkeys(MATCH_KEYS, _STRINGS),
        "additionalProperties": False,
    },
    "any": {},
}


def schema(rules: dict[str, Any] | None = None) -> dict[str, Any]:
    """The schema as plain values (JSON Schema 2020-12). `rules`: the schema of `[rules]`, which the audit knows."""
    properties = {key.name: _key(key) for key in TOP_KEYS} | {table.name: _table(table) for table in TABLES}
    properties |= {"rules": rules} if rules else {}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "kcs.toml",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def schema_text(rules: dict[str, Any] | None = None) -> str:
    """The text of the schema file that ships."""
    return json.dumps(schema(rules), indent=2, ensure_ascii=False) + "\n"


def _key(key: Key) -> dict[str, Any]:
    described = {"description": key.doc} if key.doc else {}
    return {**KINDS[key.kind], **described, **({"enum": list(key.choices)} if key.choices else {})}


def _table(table: Table) -> dict[str, Any]:
    if table.free:
        return {"type": "object", "description": table.doc, "additionalProperties": KINDS[table.free]}
    one: dict[str, Any] = {
        "type": "object",
        "properties": {key.name: _key(key) for key in table.keys},
        "additionalProperties": False,
    }
    if table.many:
        return {"type": "array", "description": table.doc, "items": one}
    return {**one, "description": table.doc}
