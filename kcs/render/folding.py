"""Lines for a narrow terminal, broken between words: the terminal itself breaks inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kcs.search.borders import cells
from kcs.search.snippets import Snippet

_QUOTED = r"""'[^']*'|"[^"]*\""""
# A command in a sentence: `kcs`, its name, and whatever follows
# that is no plain word of the sentence, or an option's value.
_WORD = rf"""(?:--[\w-]+ [a-z]+|{_QUOTED}|[\w./~&<-])(?:{_QUOTED}|[^\s'"])*"""
_COMMAND = rf"(?:kcs|git) \S+(?:(?<![,;:]) (?![a-z]+[,;:.)]*(?= |$)){_WORD})*"
# With the blanks before it, and the sign that parts it from the next.
_PIECE = rf"(\s*)((?:\(?{_COMMAND}|\S)\S*(?: ·(?= ))?)"
_MARK = "kcs: "


def folded(text: str, columns: int, hang: int | None = None) -> str:
    """`text` in lines of at most `columns`, the later ones as far in as the first, or `hang` columns.

    What somebody may copy stays in one piece, however long: a
    path; a command, of which a line break would run the half.
    """
    lines = [[line] if cells(line) <= columns else _lines(line, columns, hang) for line in text.split("\n")]
    return "\n".join(line for several in lines for line in several)


def between_parts(text: str, columns: int) -> str:
    """`text` with line breaks in the words that are longer than a line: after a slash, else after a hyphen.

    For a frame, which leaves no word whole that is wider than itself, and would break it in the middle of a name.
    """
    return "\n".join(_parted(line, columns) for line in text.split("\n"))


def _parted(line: str, columns: int) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    room = columns - len(indent)
    return re.sub(r"\S+", lambda word: f"\n{indent}".join(_pieces(word[0], room)), line)


def _pieces(word: str, room: int) -> list[str]:
    if cells(word) <= room:
        return [word]
    lines = [""]
    for part in re.findall(r"[^/]*/|[^/]+", word):
        for piece in [part] if cells(part) <= room else re.findall(r"[^-_]*[-_]+|[^-_]+", part):
            if lines[-1] and cells(lines[-1] + piece) > room:
                lines.append("")
            lines[-1] += piece
    return lines


def _lines(text: str, columns: int, hang: int | None) -> Iterator[str]:
    begin = _MARK if text.startswith(_MARK) else text[: len(text) - len(text.lstrip())]
    begin = begin if hang is None else text[:hang]
    room, line = columns - len(begin), ""
    for gap, piece in re.findall(_PIECE, text.removeprefix(begin)):
        if line and cells(line) + len(gap) + cells(piece) <= room:
            line = f"{line}{gap}{piece}"
            continue
        *parts, last = [line, *_parts(piece, room)] if line else _parts(piece, room)
        for part in parts:
            yield begin + part
            begin = " " * len(begin)
        line = last
    yield begin + line


def _parts(piece: str, room: int) -> list[str]:
    """Thai, which has no blanks, or Chinese, in pieces where it is too long for a line; all else whole."""
    if cells(piece) <= room or piece.isascii() or "/" in piece or re.match(_COMMAND, piece):
        return [piece]
    return [part.text for part in Snippet(piece).lines(max(room, 12))]
