"""Text to terms, questions to plans, and the second look at what an engine found.

One chain for articles and questions, for every engine, script and language: no dictionary, no language flag.
The measurements behind it are in docs/search-quality.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.faces import face

if TYPE_CHECKING:
    from kcs.search.analysis.terms import analyse, analyse_text

__all__ = ["VERSION", "analyse", "analyse_text"]

# Opening an index needs only the version.
__getattr__ = face(__name__, {"analyse": "terms", "analyse_text": "terms"})

# Part of an index's key: raise it whenever the same text would give other terms or another record.
VERSION = "8"
