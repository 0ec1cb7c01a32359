"""moves.tsv: the keys of articles that were moved or given an id, so that neither changes a fingerprint.

One line per move: the new path or id, a tab, the former key; then, if the old path differs from that, a tab and the old
path. Merged by union: the order of lines means nothing, except that the last of two lines for one name counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kcs.tuples import NamedTuple

MOVES_NAME = "moves.tsv"
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


class Moves(NamedTuple):
    """`keys`: new path or id -> key. `former`: former path -> key."""

    keys: Mapping[str, str]
    former: Mapping[str, str]


class Move(NamedTuple):
    """One line: `name` (a new path, or an id) keeps `key`; it was at `former` before."""

    name: str
    key: str
    former: str = ""

    @property
    def says_something(self) -> bool:
        """Whether the line holds any information."""
        return self.name != self.key or self.former not in ("", self.key)


NO_MOVES = Moves({}, {})


def parse_moves(text: str) -> Moves:
    """Parse the file. Skips malformed lines (torn ones, conflict markers)."""
    keys, former = {}, {}
    for move in _lines(text):
        keys[move.name] = move.key
        former[move.former or move.key] = move.key
    return Moves(keys, former)


def _lines(text: str) -> list[Move]:
    found = []
    for line in text.split("\n"):
        parts = line.rstrip("\r").split("\t")
        if len(parts) in (2, 3) and all(parts):
            found.append(Move(*map(_unescape, parts)))
    return found


def with_moves(text: str, moves: Sequence[Move], vacated: Mapping[str, str]) -> str:
    """The file with these lines added. `vacated`: path left -> new path or id, which takes over its old lines.

    Otherwise a later file at the old path would inherit a foreign key. All other lines stay.
    """
    kept = []
    for line in text.split("\n"):
        found = _lines(line)
        if found and found[0].name in vacated:
            renamed = found[0]._replace(name=vacated[found[0].name])
            if not renamed.says_something:
                continue
            line = move_line(*renamed).removesuffix("\n")
        kept.append(line)
    old = "\n".join(kept)
    gap = "\n" if old and not old.endswith("\n") else ""
    added = [move_line(*move) for move in moves if move.says_something]
    new = "".join(line for line in added if line.removesuffix("\n") not in kept)
    return old + (gap if new else "") + new


def move_line(name: str, key: str, former: str = "") -> str:
    """The line recording that `name` keeps `key`, with its former path if the key does not give it."""
    parts = (name, key) if former in ("", key) else (name, key, former)
    return "\t".join(map(_escape, parts)) + "\n"


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
