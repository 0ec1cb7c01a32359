"""A few styles for lines that must be there at once: loading Rich takes longer than a search."""

from __future__ import annotations

import os

from kcs.render.terminal import for_eyes, safe

_CODES = {
    "bold": "1",
    "dim": "2",
    "found": "1;4",
    "cyan": "36",
    "green": "32",
    "yellow": "33",
    "red": "31",
    "alarm": "1;37;41",
}
_COLOURLESS = {"cyan": "", "green": "", "yellow": "", "red": "", "alarm": "1;7"}
_NARROWEST, _WIDEST = 30, 120


def painted(text: str, style: str) -> str:
    """`text`, safe to show, in a style where people look; without colour under NO_COLOR, plain on a dumb terminal."""
    text = safe(text)
    codes = code_of(style)
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text


def code_of(style: str) -> str:
    """The style's numbers; empty if none is wanted."""
    if not for_eyes() or os.environ.get("TERM") == "dumb":
        return ""
    return _COLOURLESS.get(style, _CODES[style]) if os.environ.get("NO_COLOR") else _CODES[style]


def width() -> int:
    """Columns to write hits in: the terminal's, within a readable range."""
    return max(_NARROWEST, min(columns(1), _WIDEST))


def columns(descriptor: int) -> int:
    """The columns of the terminal behind it; 80 where there is none."""
    told = os.environ.get("COLUMNS", "")
    try:
        found = int(told) if told.isdecimal() else os.get_terminal_size(descriptor).columns
    except OSError:
        found = 0
    return found or 80  # some terminals say that they have none
