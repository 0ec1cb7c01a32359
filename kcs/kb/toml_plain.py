"""kcs.toml and team.toml as nearly everybody writes them, read without tomllib, which takes as long to load as twenty of our modules.

Only where both surely say the same. Whatever is not surely so is left to tomllib, which also says what is wrong.
"""

from __future__ import annotations

from datetime import date
from typing import Any


class _Unsure(Exception):
    """Only tomllib knows."""


def read_plain(text: str) -> dict[str, Any] | None:
    """What `tomllib.loads` gives; None where that has to be asked."""
    text = text.replace("\r\n", "\n")
    if not text.replace("\n", " ").isprintable():
        return None
    try:
        return _Reader(text).document()
    except (_Unsure, ValueError, RecursionError):
        return None


class _Reader:
    def __init__(self, text: str) -> None:
        # No text holds the last sign, so that nothing runs past the end.
        self._text = f"{text}\n\0"
        self._at = 0

    def document(self) -> dict[str, Any]:
        """All tables."""
        table = root = dict[str, Any]()
        # What was opened by a header and may be gone on with: a table below which there is another, a list of tables.
        opened = set[int]()
        while self._over(" \n#") != "\0":
            if self._text[self._at] == "[":
                table = self._header(root, opened)
            else:
                self._assign(table)
            if self._over(" #") != "\n":
                raise _Unsure
        return root

    def _header(self, table: dict[str, Any], opened: set[int]) -> dict[str, Any]:
        double = self._text.startswith("[[", self._at)
        end = self._text.index("]", self._at)
        *above, last = map(_name, self._text[self._at + 1 + double : end].split("."))
        self._at = end
        self._take("]]" if double else "]")
        for name in above:
            table = _below(table, name, dict, opened)
        made: dict[str, Any] = {}
        if double:
            _below(table, last, list, opened).append(made)
        elif last in table:
            raise _Unsure
        else:
            made = _below(table, last, dict, opened)
        return made

    def _assign(self, table: dict[str, Any]) -> None:
        end = self._text.index("=", self._at)
        name = _name(self._text[self._at : end].rstrip(" "))
        if name in table:
            raise _Unsure
        self._at = end + 1
        self._over(" ")
        table[name] = self._value()

    def _value(self) -> Any:
        text, at = self._text, self._at
        if text[at] == '"':
            self._at = text.index('"', at + 1) + 1
            return _plain(text[at + 1 : self._at - 1])
        if text[at] == "[":
            return self._list()
        if text[at] == "{":
            return self._inline()
        for word, value in (("true", True), ("false", False)):
            if text.startswith(word, at):
                self._at += len(word)
                return value
        while text[self._at] in "0123456789-":
            self._at += 1
        return _number(text[at : self._at])

    def _list(self) -> list[Any]:
        self._at += 1
        found = []
        while self._over(" \n#") != "]":
            found.append(self._value())
            if self._over(" \n#") != "]":
                self._take(",")
        self._at += 1
        return found

    def _inline(self) -> dict[str, Any]:
        self._at += 1
        found = dict[str, Any]()
        while True:
            self._over(" ")
            self._assign(found)
            if self._over(" ") == "}":
                self._at += 1
                return found
            self._take(",")

    def _over(self, signs: str) -> str:
        """Pass over blanks, and over ends of lines and comments where they are among `signs`; the sign that stands there then."""
        text, at = self._text, self._at
        while (sign := text[at]) in signs:
            at = text.index("\n", at) if sign == "#" else at + 1
        self._at = at
        return sign

    def _take(self, wanted: str) -> None:
        if not self._text.startswith(wanted, self._at):
            raise _Unsure
        self._at += len(wanted)


def _below(table: dict[str, Any], name: str, kind: type, opened: set[int]) -> Any:
    """What stands there, where headers alone made it; made where nothing does."""
    if name not in table:
        table[name] = kind()
        opened.add(id(table[name]))
    if type(table[name]) is not kind or id(table[name]) not in opened:
        raise _Unsure
    return table[name]


def _name(text: str) -> str:
    """A key without quotes, or in plain ones; of a header with several, one that holds no dot."""
    if text[:1] == text[-1:] == '"' and len(text) > 2:
        return _plain(text[1:-1])
    if not (text.isascii() and text.replace("-", "a").replace("_", "a").isalnum()):
        raise _Unsure
    return text


def _plain(text: str) -> str:
    if "\\" in text or '"' in text or "\n" in text:
        raise _Unsure
    return text


def _number(text: str) -> int | date:
    """A day, or a number from 0 on."""
    if len(text) == 10 and text[4] == text[7] == "-":
        return date.fromisoformat(text)
    if not text.isdecimal() or (text[0] == "0" and text != "0"):
        raise _Unsure
    return int(text)
