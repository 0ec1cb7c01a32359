"""Reads a file's front matter. No file raises: what is wrong with it is a list of problems with lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kcs.patterns import later
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.article.yaml_block import Parsed

MAX_BLOCK = 256 * 1024

_BOM = b"\xef\xbb\xbf"
_OPENING = re.compile(rb"---[ \t]*(\r\n|\n|\r|\Z)")
_CLOSING = re.compile(rb"[\r\n](---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_FIRST_BREAK = re.compile(rb"\r\n|\n|\r")
_BREAK = later("\r\n|\n|\r")
_CONFLICT = later(r"(?:\A|(?<=[\r\n]))(?:(<<<<<<< )|(=======(?=[\r\n]|\Z))|(>>>>>>> ))")


class Problem(NamedTuple):
    """What is wrong with a file. `line` counts from 1 in the file; fatal means the file is unreadable."""

    code: str
    message: str
    line: int | None = None
    fatal: bool = False


class Document(NamedTuple):
    """A file as read; after a fatal problem `meta` is empty.

    `meta` holds plain str, None, bool, list and dict. `body` is what follows the closing delimiter's line,
    newlines untouched (all of the text where no block is closed; bytes that are no UTF-8 become U+FFFD).
    `block` is the YAML between the delimiters, None if there is none, and `raw[start:end]` are its bytes.
    `newline` is how the file's first line ends.
    """

    meta: dict[str, Any]
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()
    block: str | None = None
    start: int = 0
    end: int = 0
    newline: str = "\n"
    bom: bool = False
    keys: tuple[tuple[str, int], ...] = ()

    @property
    def lines(self) -> dict[str, int]:
        """Top-level key to line in the file; for a repeated key, the one that counts."""
        breaks = _break_ends(self.block or "")
        return {key: 2 + bisect_right(breaks, index) for key, index in self.keys}

    @property
    def fatal(self) -> Problem | None:
        """The problem that makes the file unreadable."""
        return next((problem for problem in self.problems if problem.fatal), None)

    def line_at(self, index: int) -> int:
        """The line in the file of a character offset in `block`."""
        return _line_in_file(self.block or "", index)


class _Frame(NamedTuple):
    """Byte offsets: the block is [start:end], the body begins at `body`; without a closed block all are equal."""

    bom: bool
    opened: bool
    start: int
    end: int
    body: int
    newline: str


def read(raw: bytes) -> Document:
    """Front matter and body of a file's bytes; whatever they hold, a Document and no exception."""
    frame = _frame(raw)
    _, _, start, end, at, newline = frame
    unsure = frame.bom or at == start or end - start > MAX_BLOCK or b"\0" in raw
    try:
        block, body = raw[start:end].decode(), raw[at:].decode()
    except UnicodeDecodeError:
        block, body, unsure = (
            raw[start:end].decode("utf-8", "replace"),
            raw[at:].decode("utf-8", "replace"),
            True,
        )
    problems = [*_outer_problems(raw, frame, body)] if unsure else []
    meta: dict[str, Any] = {}
    keys: tuple[tuple[str, int], ...] = ()
    if at > start and not (problems and any(problem.fatal for problem in problems)):
        parsed = _parse(block)
        if isinstance(parsed, Problem):
            problems.append(parsed)
        else:
            meta, keys = parsed.data or {}, parsed.keys
            if parsed.notes:
                problems += _notes(parsed, block)
    body_line = _line_of_byte(raw, at)
    if "<<<<<<< " in body:
        problems += _conflict_in_body(body, body_line)
    return Document(
        meta,
        body,
        body_line,
        tuple(problems),
        block if at > start else None,
        start,
        end,
        newline,
        frame.bom,
        keys,
    )


def body_of(raw: bytes) -> str:
    """Only the body, as `read` gives it, for callers that need no front matter."""
    return raw[_frame(raw).body :].decode("utf-8", "replace")


def _frame(raw: bytes) -> _Frame:
    bom = raw.startswith(_BOM)
    origin = len(_BOM) if bom else 0
    opening = _OPENING.match(raw, origin)
    closing = _closing(raw, opening.end() - 1) if opening else None
    if opening and closing:
        newline = opening[1].decode()
        return _Frame(bom, True, opening.end(), closing.start(1), closing.end(), newline)
    first = _FIRST_BREAK.search(raw)
    newline = first[0].decode() if first else "\n"
    return _Frame(bom, opening is not None, origin, origin, origin, newline)


def _closing(raw: bytes, start: int) -> re.Match[bytes] | None:
    """The line that closes the block."""
    # Nearly always the first line of hyphens: finding that takes a fifth of the pattern's search, which tries each sign.
    at = raw.find(b"\n---", start)
    if at >= 0 and raw.find(b"\r", start, at) < 0 and raw.find(b"\n...", start, at) < 0:
        found = _CLOSING.match(raw, at)
        if found:
            return found
    return _CLOSING.search(raw, start)


def _outer_problems(raw: bytes, frame: _Frame, body: str) -> Iterator[Problem]:
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
        line = _line_of_byte(raw, error.start)
        return Problem("not-utf8", f"not UTF-8 ({found}); save the file as UTF-8", line, fatal=True)
    place = raw.find(b"\0")
    if place >= 0:
        return Problem(
            "nul-byte", "it holds a NUL byte: this is not a text file", _line_of_byte(raw, place), fatal=True
        )
    return None


def _no_block(frame: _Frame, body: str) -> Problem:
    if frame.opened:
        words = "the front matter opened in line 1 is never closed; add a line --- after it"
        return Problem("unclosed", words, 1, fatal=True)
    if body[:1].isspace() and body.lstrip().startswith("---"):
        words = "no front matter: the line --- must be the very first; remove the blank lines before it"
    elif body.startswith("+++"):
        words = "no YAML front matter: the file starts with +++ (TOML), which is not read"
    else:
        words = "no front matter: the file does not start with a line ---"
    return Problem("no-front-matter", words, 1)


def _parse(block: str) -> Parsed | Problem:
    from kcs.article.yaml_plain import read_plain

    if (plain := read_plain(block)) is not None:
        return plain  # of whose lines none begins as a conflict's does
    marked = "<<<<<<< " in block or "=======" in block or ">>>>>>> " in block
    marker = _CONFLICT.search(block) if marked else None
    if marker:
        words = f"a merge conflict inside the front matter ({marker[0].strip()}); resolve it"
        return Problem("merge-conflict", words, _line_in_file(block, marker.start()), fatal=True)
    from kcs.article.yaml_block import BlockError
    from kcs.article.yaml_loader import parse_yaml

    try:
        parsed = parse_yaml(block)
    except BlockError as error:
        line = 1 if error.index is None else _line_in_file(block, error.index)
        return Problem(error.code, error.message, line, fatal=True)
    if parsed.data is None or isinstance(parsed.data, dict):
        return parsed
    kind = "a list" if isinstance(parsed.data, list) else "a single value"
    return Problem("not-a-mapping", f"the front matter is {kind}, not `key: value` lines", 2, fatal=True)


def _notes(parsed: Parsed, block: str) -> Iterator[Problem]:
    breaks = _break_ends(block)
    for note in parsed.notes:
        if note.code == "duplicate-key":
            first = 2 + bisect_right(breaks, note.first)
            words = f"the key `{note.key}` stands twice, first in line {first}; the last one counts"
        else:
            words = f"the key `{note.key}` is not plain text; put it in quotes"
        yield Problem(note.code, words, 2 + bisect_right(breaks, note.place))


def _conflict_in_body(body: str, body_line: int) -> Iterator[Problem]:
    """Only all three markers in order: an article about Git may well show one of them."""
    wanted, start = 1, 0
    for marker in _CONFLICT.finditer(body):
        if marker.lastindex == 1:
            wanted, start = 2, marker.start()
        elif marker.lastindex == wanted == 3:
            line = body_line + _breaks(body, start)
            yield Problem("merge-conflict", "a merge conflict in the text; resolve it", line)
            return
        elif marker.lastindex == wanted:
            wanted = 3


def _line_in_file(block: str, index: int) -> int:
    return 2 + _breaks(block, index)


def _break_ends(text: str) -> list[int]:
    """For many lines at once: counting again for each is quadratic, which a hostile block could exploit."""
    return [match.end() for match in _BREAK.finditer(text)]


def _line_of_byte(raw: bytes, index: int) -> int:
    lines = 1 + raw.count(b"\n", 0, index)
    if raw.find(b"\r", 0, index) >= 0:
        lines += raw.count(b"\r", 0, index) - raw.count(b"\r\n", 0, index)
    return lines


def _breaks(text: str, index: int) -> int:
    """Line breaks before a character as editors and Git count them; YAML would count U+2028 and others too."""
    return text.count("\n", 0, index) + text.count("\r", 0, index) - text.count("\r\n", 0, index)
