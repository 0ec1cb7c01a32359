"""The file begins with a byte order mark.

## Why it matters

kcs skips it, but many programs do not: to them the front matter does not begin on the first line, so the article has none.

## Example

A file that Windows Notepad saved as "UTF-8 with BOM".

## How to mend

`kcs audit --fix` removes the mark and nothing else; or save the file as UTF-8 without it.
"""

from __future__ import annotations

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Rule
from kcs.audit.rules.file import of_problems


def fix(_page: Page, raw: bytes, _hits: list[Hit]) -> bytes:
    """The file without its mark."""
    return raw.removeprefix(b"\xef\xbb\xbf")


RULE = Rule(
    of_problems("bom", mend="kcs audit --fix, or save it without the mark"),
    WARNING,
    (FRONT_MATTER,),
    archived=True,
    fix=fix,
)
