"""Reads a file's front matter. No file raises: what is wrong with it is a list of problems with lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from kcs.patterns import later
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.article.yaml_block import Parsed

MAX_BLOCK = 256 * 1024

_BOM = b"\xef\xbb\xbf"
_OPENING = re.compile(rb"---[ \t]*(\r\n|\n|\r|\Z)")
_CLOSING = re.compile(rb"[\r\n](---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
# After blank lines, where it opens nothing.
_LATE_OPENING = later(r"\s*---[ \t]*(?:[\r\n]|\Z)")
_FIRST_BREAK = re.compile(rb"\r\n|\n|\r")
_BREAK = later("\r\n|\n|\r")


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
        breaks = break_ends(self.block or "")
        return {key: 2 + bisect_right(breaks, index) for key, index in self.keys}

    @property
    def fatal(self) -> Problem | None:
        """The problem that makes the file unreadable."""
        return next((problem for problem in self.problems if problem.fatal), None)

    def line_at(self, index: int) -> int:
        """The line in the file of a character offset in `block`."""
        return line_in_file(self.block or "", index)


class Frame(NamedTuple):
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
    block, body, is_text = _decoded(raw, frame)
    problems: list[Problem] = []
    if frame.bom or at == start or end - start > MAX_BLOCK or b"\0" in raw or not is_text:
        from kcs.article.front_matter_problems import outer_problems

        problems += outer_problems(raw, frame, body)
    meta: dict[str, Any] = {}
    keys: tuple[tuple[str, int], ...] = ()
    if at > start and not any(problem.fatal for problem in problems):
        parsed = _parse(block)
        if isinstance(parsed, Problem):
            problems.append(parsed)
        else:
            meta, keys = parsed.data or {}, parsed.keys
            if parsed.notes:
                from kcs.article.front_matter_problems import told

                problems += told(parsed.notes, block)
    body_line = line_of_byte(raw, at)
    if "<<<<<<< " in body:
        from kcs.article.front_matter_problems import conflict_in_body

        problems += conflict_in_body(body, body_line)
    shown = block if at > start else None
    return Document(meta, body, body_line, tuple(problems), shown, start, end, newline, frame.bom, keys)


def _decoded(raw: bytes, frame: Frame) -> tuple[str, str, bool]:
    """The block and the body, and whether both are UTF-8."""
    block, body = raw[frame.start : frame.end], raw[frame.body :]
    try:
        return block.decode(), body.decode(), True
    except UnicodeDecodeError:
        return block.decode("utf-8", "replace"), body.decode("utf-8", "replace"), False


def body_of(raw: bytes) -> str:
    """Only the body, as `read` gives it, for callers that need no front matter."""
    return raw[_frame(raw).body :].decode("utf-8", "replace")


def _frame(raw: bytes) -> Frame:
    bom = raw.startswith(_BOM)
    origin = len(_BOM) if bom else 0
    opening = _OPENING.match(raw, origin)
    closing = _closing(raw, opening.end() - 1) if opening else None
    if opening and closing:
        newline = opening[1].decode()
        return Frame(bom, True, opening.end(), closing.start(1), closing.end(), newline)
    first = _FIRST_BREAK.search(raw)
    newline = first[0].decode() if first else "\n"
    return Frame(bom, opening is not None, origin, origin, origin, newline)


def begins_like_a_block(text: str) -> bool:
    """Whether the first line with anything in it would open front matter, were it the file's first.
    A rule of more hyphens would not.
    """
    return _LATE_OPENING.match(text) is not None


def _closing(raw: bytes, start: int) -> re.Match[bytes] | None:
    """The line that closes the block."""
    # Nearly always the first line of hyphens: finding that takes a
    # fifth of the time of the pattern, which tries each character.
    at = raw.find(b"\n---", start)
    if at >= 0 and raw.find(b"\r", start, at) < 0 and raw.find(b"\n...", start, at) < 0:
        found = _CLOSING.match(raw, at)
        if found:
            return found
    return _CLOSING.search(raw, start)


def _parse(block: str) -> Parsed | Problem:
    from kcs.article.yaml_plain import read_plain

    if (plain := read_plain(block)) is not None:
        return plain  # none of its lines begins like one of a merge conflict
    if "<<<<<<< " in block or "=======" in block or ">>>>>>> " in block:
        from kcs.article.front_matter_problems import conflict_in_block

        if conflict := conflict_in_block(block):
            return conflict
    from kcs.article.yaml_block import BlockError
    from kcs.article.yaml_loader import parse_yaml

    try:
        parsed = parse_yaml(block)
    except BlockError as error:
        line = 1 if error.index is None else line_in_file(block, error.index)
        return Problem(error.code, error.message, line, fatal=True)
    if parsed.data is None or isinstance(parsed.data, dict):
        return parsed
    kind = "a list" if isinstance(parsed.data, list) else "a single value"
    return Problem("not-a-mapping", f"the front matter is {kind}, not `key: value` lines", 2, fatal=True)


def line_in_file(block: str, index: int) -> int:
    """The line in the file of a character in the block."""
    return 2 + breaks_before(block, index)


def break_ends(text: str) -> list[int]:
    """Where lines end, for many places at once: counting again
    for each is quadratic, which a hostile block could exploit.
    """
    return [match.end() for match in _BREAK.finditer(text)]


def line_of_byte(raw: bytes, index: int) -> int:
    """The line in the file of a byte."""
    lines = 1 + raw.count(b"\n", 0, index)
    if raw.find(b"\r", 0, index) >= 0:
        lines += raw.count(b"\r", 0, index) - raw.count(b"\r\n", 0, index)
    return lines


def breaks_before(text: str, index: int) -> int:
    """Line breaks before a character as editors and Git count them; YAML would count U+2028 and others too."""
    return text.count("\n", 0, index) + text.count("\r", 0, index) - text.count("\r\n", 0, index)
