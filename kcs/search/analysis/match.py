"""Whether an article answers a question: the second judgement. Ranked is not answered."""

from __future__ import annotations

from collections.abc import Sequence

from kcs.search.analysis.question import Question, Wanted

# A match from here on counts as an answer, where kcs.toml sets no floor of its own.
FLOOR = 0.5


def match(question: Question, record: str) -> float:
    """The share, in [0, 1], of what the question says that the record covers, each word by how rare it is."""
    total = sum(wanted.weight for wanted in question.wanted)
    if not total:
        return 0.0
    return sum(wanted.weight * _covered(wanted, record) for wanted in question.wanted) / total


def _covered(wanted: Wanted, record: str) -> float:
    if any(form in record for form in wanted.forms):
        return 1.0
    if not wanted.grams:
        return 0.0
    share = sum(gram in record for gram in wanted.grams) / len(wanted.grams)
    return share * share if share > 0.5 else 0.0


def best(question: Question, records: Sequence[str]) -> float:
    """The best match among these."""
    return max((match(question, record) for record in records), default=0.0)
