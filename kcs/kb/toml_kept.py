"""The values of a TOML file, kept by its text: loading what parses them takes as long as reading ten articles."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kcs.kb.cache import Cache

# The key of a table that stands for a day, which JSON does not know.
_DAY = ""


def values_of(text: str, name: str, cache: Cache | None) -> dict[str, Any]:
    """What `text` says. tomllib.TOMLDecodeError or RecursionError where it is no TOML. `name`: what the file is called."""
    import json

    kept = cache.read_bytes(f"values-{name}", text) if cache else None
    if kept is not None:
        with suppress(ValueError, TypeError, RecursionError):
            return dict(json.loads(kept, object_hook=_with_days))
    import tomllib

    found = tomllib.loads(text)
    if cache:
        # Not what holds times, or what would be taken for a day.
        with suppress(ValueError, TypeError, RecursionError):
            raw = json.dumps(found, default=_told)
            if repr(json.loads(raw, object_hook=_with_days)) == repr(found):
                cache.write_bytes(f"values-{name}", raw.encode("ascii"), text)
    return found


def _told(value: object) -> dict[str, str]:
    if type(value) is date:
        return {_DAY: value.isoformat()}
    raise TypeError


def _with_days(table: dict[str, Any]) -> object:
    return date.fromisoformat(table[_DAY]) if table.keys() == {_DAY} else table
