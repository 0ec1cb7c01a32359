"""What is missing, for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kcs.render.terminal import write_json

if TYPE_CHECKING:
    from kcs.coverage.drafting import Draft
    from kcs.coverage.gaps import Gap, Gaps
    from kcs.coverage.recurring import Recurring
    from kcs.coverage.search_gaps import SearchGaps
    from kcs.coverage.taxonomy import Cell, TaxonomyGaps
    from kcs.coverage.ticket_gaps import TicketGaps
    from kcs.coverage.tickets import Count, Tickets
    from kcs.coverage.topics import Topic
    from kcs.kb.base import KnowledgeBase


def gaps_json(kb: KnowledgeBase, gaps: Gaps, limit: int) -> None:
    """`kcs.gaps/1`."""
    write_json(
        "kcs.gaps/1",
        {
            "as_of": kb.today.isoformat(),
            "total": len(gaps.ranked),
            "gaps": [_gap(kb, rank, one) for rank, one in enumerate(gaps.ranked[:limit], 1)],
            "passed_over": [
                {"words": one.words, "count": one.count, "examples": one.examples} for one in gaps.passed
            ],
            "tickets": _tickets(gaps.tickets) if gaps.tickets else None,
            "searches": _searches(gaps.searches) if gaps.searches else None,
            "taxonomy": _taxonomy(gaps.taxonomy) if gaps.taxonomy else None,
            "notes": gaps.notes,
        },
    )


def _gap(kb: KnowledgeBase, rank: int, gap: Gap) -> dict[str, Any]:
    return {
        "rank": rank,
        "kind": gap.kind,
        "count": gap.count,
        "minutes": _rounded(gap.cost),
        "topic": _topic(kb, gap.topic) if gap.topic else None,
        "cell": _cell(gap.cell) if gap.cell else None,
    }


def _topic(kb: KnowledgeBase, topic: Topic) -> dict[str, Any]:
    article = kb.by_path.get(topic.nearest)
    return {
        "words": topic.words,
        "example": topic.example,
        "product": topic.product or None,
        "language": topic.language or None,
        "timed": topic.timed,
        "last_30_days": topic.trend.last if topic.trend else None,
        "30_days_before": topic.trend.before if topic.trend else None,
        "examples": topic.examples,
        "nearest": {
            "id": article.id or None,
            "path": article.path,
            "title": article.title,
            "match": round(topic.match, 3),
            "lacks": topic.missing,
        }
        if article
        else None,
        "sure": topic.sure or None,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "product": cell.product or None,
        "type": cell.type or None,
        "audience": cell.audience or None,
        "articles": cell.families,
        "lacking": dict(cell.lacking),
    }


def _tickets(found: TicketGaps) -> dict[str, Any]:
    return {
        "file": found.name,
        **_count(found.count),
        "too_old": found.skipped,
        "too_new": found.later,
        "judged": found.judged,
        **{verdict: found.verdicts[verdict] for verdict in ("known", "unlinked", "new", "uncovered")},
        "silent": [{"kind": one.kind, "count": one.count, "examples": one.examples} for one in found.silent],
        "mean_minutes": _rounded(found.mean),
        "first": found.first.isoformat() if found.first else None,
        "last": found.last.isoformat() if found.last else None,
    }


def _count(count: Count) -> dict[str, Any]:
    return {
        "rows": count.rows,
        "read": count.read,
        "refused": count.refused,
        "repeated": count.repeated,
        "cut_off": count.cut,
        "unread": dict(sorted(count.unread.items())),
        "problems": [{"line": one.line or None, "message": one.message} for one in count.problems],
    }


def _searches(found: SearchGaps) -> dict[str, Any]:
    return {
        "counted": found.counted,
        "unanswered": found.unanswered,
        "answered_since": found.answered_since,
        "unopened": found.unopened,
        "synonyms": [one._asdict() for one in found.synonyms],
    }


def _taxonomy(found: TaxonomyGaps) -> dict[str, Any]:
    return {
        "cells": [_cell(one) for one in found.cells],
        "languages": list(found.languages),
        "outside": found.outside,
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 1)


def recurring_json(kb: KnowledgeBase, found: Sequence[Recurring], limit: int, notes: Sequence[str]) -> None:
    """`kcs.recurring/1`."""
    issues = [
        {
            "id": kb.by_path[one.path].id or None,
            "path": one.path,
            "title": kb.by_path[one.path].title,
            "product": one.product or None,
            "tickets": one.tickets,
            "linked": one.linked,
            "minutes": _rounded(one.cost),
            "last_3_months": one.last,
            "3_months_before": one.before,
            "before_is_whole": one.whole,
            "minutes_won": _rounded(one.won),
        }
        for one in found[:limit]
    ]
    told = {"as_of": kb.today.isoformat(), "total": len(found), "issues": issues, "notes": list(notes)}
    write_json("kcs.recurring/1", told)


def drafts_json(drafts: Sequence[Draft], *, dry_run: bool) -> None:
    """`kcs.drafts/1`."""
    written = [
        {
            "id": one.article.id,
            "path": one.article.path,
            "title": one.article.title,
            "words": one.topic.words,
            "count": one.topic.count,
            "evidence": list(one.evidence),
        }
        for one in drafts
    ]
    write_json("kcs.drafts/1", {"written": not dry_run, "drafts": written})


def columns_json(tickets: Tickets) -> None:
    """`kcs.columns/1`."""
    write_json(
        "kcs.columns/1",
        {
            "file": str(tickets.path),
            "shape": tickets.shape,
            "encoding": tickets.encoding,
            "separator": tickets.separator or None,
            "system": tickets.system,
            "columns": [{"name": one.name, "field": one.field or None} for one in tickets.columns],
        },
    )
