"""Reads the sides of a conflict back out of the markers that Git left in a file."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FIRST = re.compile(rb"^(<{7,})(?: [^\r\n]*)?\r?$", re.M)
_SIGNS = (b"<", b"|", b"=", b">")


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides with what both share. `base` is None unless every conflict shows one (diff3 style).

    `sure`: no further line between the markers looks like one, as the seven signs below a heading do.
    """

    ours: bytes
    base: bytes | None
    theirs: bytes
    labels: tuple[str, str, str]
    size: int
    sure: bool


def has_markers(raw: bytes) -> bool:
    """Whether a line looks like the start of a conflict."""
    return _FIRST.search(raw) is not None


def split(raw: bytes) -> Sides | None:
    """The sides of a file with conflicts; None if it has none, or where its markers do not go together."""
    first = _FIRST.search(raw)
    if first is None:
        return None
    size = len(first[1])
    kept: dict[str, list[bytes]] = {"ours": [], "base": [], "theirs": []}
    labels = {"ours": "ours", "base": "base", "theirs": "theirs"}
    place, based, sure = "", True, True
    for line in _lines(raw):
        sign, label = _marker(line, size)
        following = _NEXT.get((place, sign))
        if following is not None:
            based = based and not (place == "ours" and sign == b"=")
            name = _NAMES.get(sign)
            if name and label:
                labels[name] = label
            place = following
        elif place and sign in (b"<", b">"):
            return None
        else:
            sure = sure and not (place and sign)
            for name in (place,) if place else tuple(kept):
                kept[name].append(line)
    if place:
        return None
    ours, base, theirs = (b"".join(kept[name]) for name in ("ours", "base", "theirs"))
    called = labels["ours"], labels["base"], labels["theirs"]
    return Sides(ours, base if based else None, theirs, called, size, sure)


_NEXT = {
    ("", b"<"): "ours",
    ("ours", b"|"): "base",
    ("ours", b"="): "theirs",
    ("base", b"="): "theirs",
    ("theirs", b">"): "",
}
_NAMES = {b"<": "ours", b"|": "base", b">": "theirs"}


def _lines(raw: bytes) -> list[bytes]:
    """Lines as Git counts them: a lone carriage return ends none."""
    return re.findall(rb"[^\n]*\n|[^\n]+", raw)


def _marker(line: bytes, size: int) -> tuple[bytes, str]:
    """(its sign, its label) of a marker line of exactly this size; an empty sign for any other line."""
    sign = line[:1]
    text = line.rstrip(b"\r\n")
    if sign not in _SIGNS or text[:size] != sign * size or text[size : size + 1] not in (b"", b" "):
        return b"", ""
    if sign == b"=" and len(text) > size:
        return b"", ""
    return sign, text[size + 1 :].decode("utf-8", "replace")
