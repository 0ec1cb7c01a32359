"""Gaps as the report and the charts name them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import bidirectional

from kcs.insight.gap_list import GapLine
from kcs.render.gaps import cell_text, nearest_text, title_of

if TYPE_CHECKING:
    from datetime import date

    from kcs.coverage import Export
    from kcs.coverage.gaps import Gap, Gaps
    from kcs.kb.base import KnowledgeBase


def look_for_gaps(kb: KnowledgeBase, export: Export | None, since: date) -> Gaps:
    """All gaps: from these tickets (else those given last), from searches, from the taxonomy."""
    from kcs.coverage.gaps import Wish, find_gaps
    from kcs.coverage.taxonomy import asks
    from kcs.render.progress import counting

    wish = Wish(export, searches=True, taxonomy=asks(kb), since=since) if export else Wish(since=since)
    return find_gaps(kb, wish, counting)


def gap_lines(kb: KnowledgeBase, gaps: Gaps) -> list[GapLine]:
    """The costliest first."""
    return [
        GapLine(
            _name(one),
            one.count,
            one.cost,
            nearest_text(kb, one.topic) if one.topic else "",
            one.topic is not None,
        )
        for one in gaps.ranked
    ]


def _name(gap: Gap) -> str:
    """Its title; the names of the taxonomy in it keep their own direction,
    or Arabic would draw the figures behind it to its other side.
    """
    if gap.cell is None:
        return title_of(gap)
    product, kind, audience = map(_isolated, gap.cell[:3])
    return cell_text(gap.cell._replace(product=product, type=kind, audience=audience))


def _isolated(name: str) -> str:
    return f"\u2068{name}\u2069" if any(bidirectional(sign) in ("R", "AL") for sign in name) else name
