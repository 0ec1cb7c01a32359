"""Text to terms, questions to plans, and the second look at what an engine found.

One chain for articles and questions, for every engine, script and language: no dictionary, no language flag.
The measurements behind it are in docs/search-quality.md.
"""

from __future__ import annotations

from kcs.search.analysis.terms import analyse, analyse_text

__all__ = ["VERSION", "analyse", "analyse_text"]

# Part of what an index is keyed by: a new one whenever the same text would give other terms or another record.
VERSION = "2"
