"""Text of articles in cells of a spreadsheet."""

from __future__ import annotations

import re

from kcs.render.terminal import one_line

# Characters that make Excel and the like see a formula; in East Asia the wide ones too.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")


def cell(text: str) -> str:
    """On one line, without control characters, and nothing that a spreadsheet would take for a formula."""
    text = one_line(text)
    return f"'{text}" if _FORMULA.match(text) else text
