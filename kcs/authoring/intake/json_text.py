"""JSON of others: broken, nested or odd, it ends in a sentence and never in a traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from kcs.errors import FileProblem


def load_json(text: str, name: str) -> Any:
    """The value. FileProblem with the line if it breaks."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        several = error.msg == "Extra data" and text[error.pos : error.pos + 1] == "{"
        raise FileProblem(
            "holds several JSON values, one a line: more than one ticket"
            if several
            else f"is broken JSON: {error.msg}",
            path=name,
            line=error.lineno,
            hint="give the line of one ticket: sed -n 1p FILE | kcs new --from -"
            if several
            else "export it again; a file that was cut off cannot be read",
        ) from None
    except RecursionError:
        raise FileProblem(
            "is JSON nested too deep to be a ticket", path=name, hint="export it again"
        ) from None
    except ValueError as error:  # a number of thousands of digits
        raise FileProblem(
            f"is JSON that cannot be read: {error}", path=name, hint="export it again"
        ) from None


def text_of(value: Any) -> str:
    """A string as is, a whole number as text (`12345.0` too), anything else as nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return (
        str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18 else ""
    )


def dict_of(value: Any) -> Mapping[str, Any]:
    """A mapping, or an empty one."""
    return value if isinstance(value, dict) else {}


def dicts_of(value: Any) -> Iterator[Mapping[str, Any]]:
    """The mappings of a list."""
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def day_of(value: Any) -> str:
    """The day of an ISO moment or of seconds since 1970, as `2026-11-22`; empty if it is neither."""
    try:
        if isinstance(value, str) and not value.replace(".", "", 1).isdigit():
            return datetime.fromisoformat(value).date().isoformat()
        return datetime.fromtimestamp(float(value), UTC).date().isoformat()
    except (ValueError, TypeError, OverflowError, OSError):
        return ""
