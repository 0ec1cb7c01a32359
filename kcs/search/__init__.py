"""Instant search, with a verdict whether a hit is an answer. Other features may use these names.

Getting the terms of a text loads no index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.faces import face

if TYPE_CHECKING:
    from kcs.search.analysis.match import FLOOR
    from kcs.search.analysis.meaning import meaningful
    from kcs.search.analysis.query import ask
    from kcs.search.analysis.scripts import runs
    from kcs.search.analysis.stop_words import said_whole
    from kcs.search.answer import Request
    from kcs.search.asking import Asker
    from kcs.search.bulk import Best, Bulk
    from kcs.search.language import LONG, parse
    from kcs.search.linking import ticket_number
    from kcs.search.searcher import Searcher
    from kcs.search.text import parts

__all__ = [
    "FLOOR", "LONG", "Asker", "Best", "Bulk", "Request", "Searcher", "ask", "meaningful", "parse", "parts", "runs",
    "said_whole", "ticket_number",
]  # fmt: skip

__getattr__ = face(
    __name__,
    {
        "FLOOR": "analysis.match",
        "LONG": "language",
        "Asker": "asking",
        "Best": "bulk",
        "Bulk": "bulk",
        "Request": "answer",
        "Searcher": "searcher",
        "ask": "analysis.query",
        "meaningful": "analysis.meaning",
        "parse": "language",
        "parts": "text",
        "ticket_number": "linking",
        "runs": "analysis.scripts",
        "said_whole": "analysis.stop_words",
    },
)
