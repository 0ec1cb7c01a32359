"""docs/fingerprint.md says what is and is not a change; here each line of it is tried."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.article.whole_fingerprints import fingerprint_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "fingerprint.md").read_text("utf-8")
_CODE = re.compile(r"^(`+)(.+)\1$")
_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|.)")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}


def _tables() -> list[list[list[str]]]:
    """The cells of each table's rows, heads left out."""
    found = re.findall(r"^\|.*\|\n\| --- .*\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    return [
        [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows.splitlines()]
        for rows in found
    ]


def _code(cell: str) -> str:
    found = _CODE.match(cell)
    assert found, f"not inline code: {cell}"
    inner = found.group(2)
    return (inner[1:-1] if len(found.group(1)) > 1 else inner).replace("\\|", "|")


def _article(cell: str) -> tuple[str | None, str]:
    text = _ESCAPE.sub(
        lambda found: (
            chr(int(found.group(1)[1:], 16)) if len(found.group(1)) > 1 else _LETTERS[found.group(1)]
        ),
        _code(cell).replace("·", " "),
    )
    if not text.startswith("title="):
        return None, text
    title, _, body = text.removeprefix("title=").partition("\n")
    return title, body


EDITS, RESOLVED, *_ = _tables()
TARGETS = {(_code(spelt), image == "yes"): _code(counts) for spelt, image, counts in RESOLVED}


def _resolve(destination: str, image: bool) -> str | None:
    return TARGETS.get((destination, image))


def _fingerprint(cell: str) -> str:
    title, body = _article(cell)
    return fingerprint_of(title, body, _resolve)


@pytest.mark.parametrize(("edit", "before", "after", "change"), EDITS, ids=[edit for edit, *_ in EDITS])
def test_each_line_of_the_table(edit: str, before: str, after: str, change: str) -> None:
    assert change in ("yes", "no")
    assert _article(before) != _article(after), "the line shows no edit"
    assert (_fingerprint(before) != _fingerprint(after)) == (change == "yes")


def test_the_table_was_read() -> None:
    assert len(EDITS) == PAGE.count(" | yes |\n") + PAGE.count(" | no |\n")
    assert len(EDITS) > 100
    assert len(TARGETS) == 8
