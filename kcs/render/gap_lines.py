"""Gaps as the report and the charts name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.insight.gap_list import GapLine
from kcs.render.gaps import nearest_text, title_of

if TYPE_CHECKING:
    from datetime import date

    from kcs.coverage import Export
    from kcs.coverage.gaps import Gaps
    from kcs.kb.base import KnowledgeBase


def look_for_gaps(kb: KnowledgeBase, export: Export | None, since: date) -> Gaps:
    """All gaps: from these tickets (else those given last), from searches, from the taxonomy."""
    from kcs.coverage.gaps import Wish, find_gaps
    from kcs.render.progress import counting

    taxonomy = bool(kb.config.taxonomy)
    wish = Wish(export, searches=True, taxonomy=taxonomy, since=since) if export else Wish(since=since)
    return find_gaps(kb, wish, counting)


def gap_lines(kb: KnowledgeBase, gaps: Gaps) -> list[GapLine]:
    """The costliest first."""
    return [
        GapLine(
            title_of(one),
            one.count,
            one.cost,
            nearest_text(kb, one.topic) if one.topic else "",
            one.topic is not None,
        )
        for one in gaps.ranked
    ]
