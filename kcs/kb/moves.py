"""moves.tsv: the keys of what was moved or given an id, so that neither changes a fingerprint.

One line a move: the new path or id, a tab, the key that links to it were counted by before. Merged by union: the
order of lines means nothing, except that of two lines for one name the last counts.
"""

from __future__ import annotations

MOVES_NAME = "moves.tsv"
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def parse_moves(text: str) -> dict[str, str]:
    """New path or id -> key. Lines of another shape (a torn one, conflict markers) are passed over."""
    moves = {}
    for line in text.split("\n"):
        name, tab, key = line.rstrip("\r").partition("\t")
        if tab and name and key and "\t" not in key:
            moves[_unescape(name)] = _unescape(key)
    return moves


def move_line(name: str, key: str) -> str:
    """The line that records that `name` goes on under `key`."""
    return f"{_escape(name)}\t{_escape(key)}\n"


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(sign, sign) for sign in text)


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    out, signs = [], iter(text)
    for sign in signs:
        out.append(
            {"t": "\t", "n": "\n", "r": "\r"}.get(after := next(signs, ""), after) if sign == "\\" else sign
        )
    return "".join(out)
