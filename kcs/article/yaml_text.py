"""Python values as one line of YAML that YAML 1.1 and 1.2 read as the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Literal

from yaml.resolver import Resolver

Quote = Literal["'", '"', ""]
Value = str | bool | date | datetime

_UNPRINTABLE = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_ESCAPED = re.compile(rf'["\\]|{_UNPRINTABLE.pattern}')
# No indicator first, none of flow style anywhere: the text may stand in a list or a mapping of one line.
_PLAIN = re.compile(r"(?![-?:,#&*!|>'\"%@`=~<.])[^,\[\]{}]+(?<!:)")
# libyaml ends at `:?` too, in a list of one line.
_ENDS_PLAIN = re.compile(r":[\s?]|\s#")
# What YAML 1.2 and other readers resolve beyond PyYAML's own patterns.
_RESOLVED = re.compile(
    r"[-+]?[0-9][0-9_]*|0[ox][0-9a-f_]+|[-+]?(?:[0-9]+\.?[0-9]*)(?:e[-+]?[0-9]+)?"
    r"|y|n|null|true|false|yes|no|on|off",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:\d\d))?", re.ASCII)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def scalar(text: str, quote: Quote | None = None) -> str:
    """A string as a scalar of one line.

    Without `quote`: plain where every reader takes it for this text, else in double quotes. With one: in that
    notation (`""` is plain, so that a date can follow the file's habit) unless it cannot hold the text.
    Raises ValueError for a lone surrogate, which no file can hold.
    """
    text.encode()
    printable = _UNPRINTABLE.search(text) is None
    if quote == "'" and printable:
        return "'" + text.replace("'", "''") + "'"
    if quote == "" and _can_be_plain(text) and text.lower() not in ("null", "true", "false"):
        return text
    if quote is None and _can_be_plain(text) and ":" not in text and not _resolves(text):
        return text
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def flow_scalar(text: str) -> str:
    """A string inside a mapping of one line: plain if it is a word.
    PyYAML's own reader, unlike libyaml's, takes any `?` there for a key.
    """
    return scalar(text, '"' if re.search(r"[\s?]", text) else None)


def flow_list(texts: Iterable[str]) -> str:
    """A list of one line, `[sign-in, two words]`."""
    written = (scalar(text, '"' if "?" in text else None) for text in texts)
    return f"[{', '.join(written)}]"


def flow_mapping(pairs: Iterable[tuple[str, Value]]) -> str:
    """A mapping of one line, `{by: "human:jd", at: 2026-11-20T09:12:00Z, minor: true}`.

    A date or time, also as a string of ISO 8601, is written plain; other strings as
    `flow_scalar` writes them. A datetime must know its zone and is written in UTC.
    """
    return "{" + ", ".join(f"{_flow_value(key)}: {_flow_value(value)}" for key, value in pairs) + "}"


def _flow_value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if _WHEN.fullmatch(value):
        return value
    return flow_scalar(value)


def _can_be_plain(text: str) -> bool:
    if text != text.strip() or _UNPRINTABLE.search(text):
        return False
    return _PLAIN.fullmatch(text) is not None and _ENDS_PLAIN.search(text) is None


def _resolves(text: str) -> bool:
    if _RESOLVED.fullmatch(text):
        return True
    patterns = Resolver.yaml_implicit_resolvers.get(text[0], [])
    return any(pattern.match(text) for _, pattern in patterns)


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # all beyond these is printable
