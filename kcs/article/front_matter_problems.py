"""What is wrong with a file around its YAML: no front matter, bytes that are no text, a key twice, a merge conflict."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kcs.article.front_matter import (
    MAX_BLOCK,
    Frame,
    Problem,
    begins_like_a_block,
    break_ends,
    breaks_before,
    line_in_file,
    line_of_byte,
)
from kcs.patterns import later

if TYPE_CHECKING:
    from kcs.article.yaml_block import Note

_CONFLICT = later(r"(?:\A|(?<=[\r\n]))(?:(<<<<<<< )|(=======(?=[\r\n]|\Z))|(>>>>>>> ))")


def outer_problems(raw: bytes, frame: Frame, body: str) -> Iterator[Problem]:
    """What can be said before any YAML is parsed."""
    if frame.bom:
        yield Problem("bom", "the file starts with a byte order mark; save it without one", 1)
    unreadable = _not_text(raw)
    if unreadable:
        yield unreadable
    elif frame.end - frame.start > MAX_BLOCK:
        yield Problem("too-large", f"the front matter is larger than {MAX_BLOCK // 1024} KiB", 1, fatal=True)
    elif frame.body == frame.start:
        yield _no_block(frame, body)


def _not_text(raw: bytes) -> Problem | None:
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        utf16 = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
        found = "it is UTF-16" if utf16 else f"byte 0x{raw[error.start]:02x}"
        line = line_of_byte(raw, error.start)
        return Problem("not-utf8", f"not UTF-8 ({found}); save the file as UTF-8", line, fatal=True)
    place = raw.find(b"\0")
    if place >= 0:
        return Problem(
            "nul-byte", "it holds a NUL byte: this is not a text file", line_of_byte(raw, place), fatal=True
        )
    return None


def _no_block(frame: Frame, body: str) -> Problem:
    if frame.opened:
        words = "the front matter opened in line 1 is never closed; add a line --- after it"
        return Problem("unclosed", words, 1, fatal=True)
    if body[:1].isspace() and begins_like_a_block(body):
        words = "no front matter: the line --- must be the very first; remove the blank lines before it"
    elif body.startswith("+++"):
        words = "no YAML front matter: the file starts with +++ (TOML), which is not read"
    else:
        words = "no front matter: the file does not start with a line ---"
    return Problem("no-front-matter", words, 1)


def conflict_in_block(block: str) -> Problem | None:
    """The first marker of a conflict in the front matter."""
    marker = _CONFLICT.search(block)
    if marker is None:
        return None
    words = f"a merge conflict inside the front matter ({marker[0].strip()}); resolve it"
    return Problem("merge-conflict", words, line_in_file(block, marker.start()), fatal=True)


def told(notes: Iterable[Note], block: str) -> Iterator[Problem]:
    """What the reader of YAML noted about keys, as problems with lines."""
    breaks = break_ends(block)
    for note in notes:
        if note.code == "duplicate-key":
            first = 2 + bisect_right(breaks, note.first)
            words = f"the key `{note.key}` stands twice, first in line {first}; the last one counts"
        else:
            words = f"the key `{note.key}` is not plain text; put it in quotes"
        yield Problem(note.code, words, 2 + bisect_right(breaks, note.place))


def conflict_in_body(body: str, body_line: int) -> Iterator[Problem]:
    """Only all three markers in order: an article about Git may well show one of them."""
    wanted, start = 1, 0
    for marker in _CONFLICT.finditer(body):
        if marker.lastindex == 1:
            wanted, start = 2, marker.start()
        elif marker.lastindex == wanted == 3:
            line = body_line + breaks_before(body, start)
            yield Problem("merge-conflict", "a merge conflict in the text; resolve it", line)
            return
        elif marker.lastindex == wanted:
            wanted = 3
