"""A requestor's text as Markdown that says just that: no heading, HTML, internal block or front matter comes of it."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_HIDDEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb]"
)
_LINE_STARTS = re.compile(
    r"^[ \t\u00a0]*(?=(#{1,6}(?:\s|$)|-{2,}|={1,}\s*$|\+{3}|[*_](?:\s*[*_]){2,}\s*$|-(?:\s*-)+\s*$|`{3,}|~{3,}|>))"
)
_REFERENCE = re.compile(r"^(\s*)(\[[^\]\n]{1,999}\]:)")


def clean(text: str) -> str:
    """NFC, `\\n` breaks, no control or direction-changing characters, no blanks at the ends of lines."""
    text = _HIDDEN.sub("", _BREAKS.sub("\n", unicodedata.normalize("NFC", text)))
    return "\n".join(line.rstrip() for line in text.split("\n"))


def escape(text: str) -> str:
    """Cleaned text as Markdown paragraphs and lists. Escaped characters show as they were typed."""
    text = re.sub(r"<(?=!)", "&lt;", text)
    text = re.sub(r"\\?<(?=[A-Za-z/?])", r"\\<", text)
    text = re.sub(r"\](?=[(\[])", r"\\]", text)
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    """Indented text would be code, where an escape shows; so it moves to the margin."""
    line = line.lstrip(" \t\u00a0") if line.startswith(("    ", "\t", " \t", "  \t")) else line
    line = _REFERENCE.sub(r"\1\\\2", line)
    start = _LINE_STARTS.match(line)
    return "\\" + line[start.end() :] if start else line
