"""How a term is written for an engine that tokenises texts itself, so that it is not cut, folded or refused."""

from __future__ import annotations

import re

from kcs.patterns import later

# What a tokenizer would split at or fold, and the characters used in place of these.
_CUT = later("[\\x00-\\x20\"'A-Z%\\x7f]")
# What cannot be stored as UTF-8. `re` would take ten times as long to compile both in one set.
_NO_CHARACTER = later("[\\ud800-\\udfff]")


def spelt(term: str) -> str:
    """The term without blanks, quotes, capitals and non-characters; no two terms are written the same."""
    if _CUT.search(term):
        term = _CUT.sub(_numbered, term)
    return term if term.isascii() else _NO_CHARACTER.sub(_numbered, term)


def _numbered(found: re.Match[str]) -> str:
    return f"%{ord(found.group()):x};"
