"""Which runs of a question carry meaning, and which are words that any question has."""

from __future__ import annotations

from collections.abc import Sequence

from kcs.article.letters import arabic
from kcs.search.analysis.scripts import Run
from kcs.search.analysis.stop_words import ARABIC, ENGLISH, THAI_QUESTION, VIETNAMESE


def meaningful(found: Sequence[Run]) -> list[Run]:
    """The runs that carry meaning; all of them if none does."""
    kept: list[Run] = []
    for run in found:
        if run.script == "thai":
            kept += [run._replace(text=text) for text in THAI_QUESTION.split(run.text) if text]
        elif not is_stop(run):
            kept.append(run)
    return kept or list(found)


def is_stop(run: Run) -> bool:
    """Whether the run is a stop word or question word of its script."""
    if run.script == "word":
        return run.text in VIETNAMESE or run.text in ENGLISH
    return run.script == "arabic" and arabic(run.text) in ARABIC
