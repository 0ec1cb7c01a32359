"""Comments by which an article silences a rule: `<!-- kcs: ignore KCS405 because ... -->`.

Alone on its line, or lines, a comment holds for the whole article; after other words, for findings in that line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.article.body import Body
    from kcs.article.leaves import Block

_MARK = re.compile(r"<!--\s{0,20}kcs:\s{0,20}ignore\b((?:(?!-->).){0,500})-->", re.DOTALL)
_CODES = re.compile(r"\s*((?:KCS\d{3})(?:\s*,\s*KCS\d{3})*)(?:[\s:,;-]+(.*))?", re.DOTALL)


class Ignore(NamedTuple):
    """One comment. `codes` is empty if it names no rule. `line` is the file's; `whole`: for the whole article."""

    codes: tuple[str, ...]
    reason: str
    line: int
    whole: bool

    def covers(self, code: str, line: int | None) -> bool:
        """Whether it silences a finding of this rule in this line. Without a reason it silences nothing."""
        return bool(self.reason) and code in self.codes and (self.whole or line == self.line)


def ignores(body: Body, first_line: int) -> list[Ignore]:
    """The comments of a body whose first line is `first_line` of the file; none inside code."""
    text = body.text
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
    found = []
    for mark in _MARK.finditer(text):
        row = bisect_right(starts, mark.start())
        if _in_code(body, mark[0], row):
            continue
        last = bisect_right(starts, mark.end() - 1)
        lines = text[starts[row - 1] : starts[last] if last < len(starts) else len(text)]
        said = _CODES.fullmatch(mark[1].strip())
        codes = tuple(one.strip() for one in said[1].split(",")) if said else ()
        reason = (said[2] or "").strip() if said else ""
        alone = _MARK.sub("", lines).strip(" \t>\r\n") == ""
        found.append(Ignore(codes, reason, first_line + row - 1, alone))
    return found


def _in_code(body: Body, mark: str, row: int) -> bool:
    block = next((one for one in body.blocks if one.start <= row <= one.end), None)
    if block is None or block.kind == "html":
        return False
    return block.kind == "code" or not _is_a_comment(body, block, mark)


def _is_a_comment(body: Body, block: Block, mark: str) -> bool:
    """Whether the block's text holds it outside code spans."""
    text = block.text
    return any(
        span.kind == "tag" and text.startswith(mark[:20], span.start) for span in body.spans(block.kind, text)
    )
