"""Changes places of a file's body and no other byte: bytes in, bytes out. Its twin for front matter is splice.py."""

from __future__ import annotations

from collections.abc import Iterable

from kcs.article.editor import refusal
from kcs.article.front_matter import read

Piece = tuple[int, int, str]
"""Characters `start` to `end` of the body, and their replacement."""


def splice_body(raw: bytes, pieces: Iterable[Piece]) -> bytes:
    """The file with these pieces in place.
    CannotEdit if its text is not UTF-8, or if what comes before them would then be read differently.
    """
    document = read(raw)
    body = document.body.encode("utf-8", "surrogatepass")
    if not raw.endswith(body):
        raise refusal("the text is not UTF-8", document.body_line, "save it as UTF-8")
    text = document.body
    for start, end, new in sorted(pieces, reverse=True):
        text = text[:start] + new + text[end:]
    edited = raw[: len(raw) - len(body)] + text.encode()
    after = read(edited)
    if after.body != text or after.meta != document.meta:
        raise refusal("the front matter would change with it", 1, "edit the text by hand")
    return edited
