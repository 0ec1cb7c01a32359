"""How a term is spelt for an engine that cuts texts into terms itself: so that nothing in it is cut, folded or refused."""

from __future__ import annotations

import re

# What a tokenizer would split at or fold, what cannot be stored as UTF-8, and what all these are written with.
_CUT = re.compile("[\\x00-\\x20\"'A-Z%\\x7f\\ud800-\\udfff]")


def spelt(term: str) -> str:
    """The term without blanks, quotes, capitals and what is no character; two terms are never spelt the same."""
    return _CUT.sub(lambda found: f"%{ord(found.group()):x};", term) if _CUT.search(term) else term
