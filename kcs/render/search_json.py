"""Hits for programs: JSON, a line of it for each query, or names alone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from kcs.render.terminal import as_json, write_json

if TYPE_CHECKING:
    from kcs.search.answer import Answer, Hit


def answer_json(answer: Answer) -> None:
    """`kcs.search/1`."""
    write_json("kcs.search/1", _told(answer))


def answer_line(answer: Answer) -> None:
    """The same document on one line."""
    document = {"schema": "kcs.search/1", **_told(answer)}
    sys.stdout.write(as_json(document, separators=(",", ":")) + "\n")


def names(answer: Answer, end: str = "\n") -> None:
    """The id, else the path, of each hit, weak ones too."""
    sys.stdout.write("".join([one.article.name + end for one in answer.hits]))


def _told(answer: Answer) -> dict[str, Any]:
    return {
        "query": answer.query.text,
        "total": answer.total,
        "answered": answer.answered,
        "took_ms": answer.took_ms,
        "suggestion": answer.suggestion,
        "sentence": answer.sentence or None,
        "notes": list(answer.notes),
        "hits": [_hit(one) for one in answer.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    article = hit.article
    return {
        "id": article.id or None,
        "path": article.path,
        "title": article.title,
        "score": round(hit.score, 6),
        "match": round(hit.match, 4),
        "weak": hit.weak,
        "confidence": article.confidence,
        "audience": article.settings.audience,
        "language": article.settings.language or None,
        "trusted": hit.verdict.trusted,
        "reasons": list(hit.verdict.reasons),
        # Readers may send this on: text from an internal block must not look like the rest.
        "snippet": ("INTERNAL: " if hit.private else "") + hit.snippet.text,
        "matched_fields": list(hit.matched_fields),
        "sentence": hit.sentence or None,
    }
