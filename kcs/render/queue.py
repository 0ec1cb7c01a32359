"""What needs eyes as a table and as kcs.queue/1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kcs.counting import counted
from kcs.render.listing import article_json, title_cell
from kcs.render.reasons import who_may
from kcs.render.terminal import for_eyes, note, table, write_json

if TYPE_CHECKING:
    from kcs.insight.queue import Waiting
    from kcs.kb.actor import Actor
    from kcs.kb.base import KnowledgeBase

_HEADERS = ("#", "Article", "Why", "Due", "Reused", "Audience", "Verifiers", "Title")
_STYLES = ("dim", "cyan", "", "dim", "dim", "dim", "", "")


def queue_text(kb: KnowledgeBase, waiting: Sequence[Waiting], total: int) -> None:
    """One line an article; in a pipe: rank, article, why, days over, reuse, audience, verifiers, title."""
    rows = [
        (
            str(rank),
            one.article.name,
            one.why,
            days(one) if for_eyes() else str("" if one.days_over is None else one.days_over),
            str(one.citations + one.tickets),
            one.article.settings.audience,
            who_may(one.article, kb.today, 2),
            title_cell(one.article),
        )
        for rank, one in enumerate(waiting, 1)
    ]
    if rows:
        table(_HEADERS, rows, _STYLES)
    if for_eyes() or not rows:
        count = "" if len(rows) == 1 else f" {len(rows)}"
        shown = f", the first{count} shown" if len(rows) < total else ""
        note(
            f"{counted(total, 'article needs', 'articles need')} attention{shown}"
            if total
            else "nothing needs attention"
        )


def unknown_to_team(kb: KnowledgeBase, actor: Actor) -> None:
    """A line on stderr where `--mine` finds little for want of a
    line in team.toml: an empty queue would look like work done.
    """
    if actor.person is None:
        note(f"kcs: {actor.email} is a machine's address, and a machine is entitled to verify nothing")
    elif kb.team.present and actor.person not in kb.team.people:
        note(f"kcs: team.toml lacks {actor.email}: --mine leaves out all that only named people may verify")


def days(one: Waiting) -> str:
    """`12 days over`, `in 3 days`, `today`, or a dash."""
    if one.days_over is None:
        return "–"
    if one.days_over == 0:
        return "today"
    if one.days_over > 0:
        return f"{counted(one.days_over, 'day')} over"
    return f"in {counted(-one.days_over, 'day')}"


def queue_json(kb: KnowledgeBase, waiting: Sequence[Waiting], total: int) -> None:
    """`kcs.queue/1`, each article with the factors of its risk."""
    write_json(
        "kcs.queue/1",
        {
            "as_of": kb.today.isoformat(),
            "total": total,
            "articles": [_item(kb, rank, one) for rank, one in enumerate(waiting, 1)],
        },
    )


def _item(kb: KnowledgeBase, rank: int, one: Waiting) -> dict[str, Any]:
    return {
        **article_json(one.article, one.verdict),
        "rank": rank,
        "why": one.why,
        "days_over": one.days_over,
        "citations": one.citations,
        "tickets": one.tickets,
        "verifiers": one.article.settings.terms.verifiers(kb.today),
        "risk": round(one.risk, 3),
        "factors": {
            "overdue": round(one.overdue, 3),
            "reuse": round(one.reuse, 3),
            "audience": round(one.audience, 3),
        },
        "heads_the_queue": one.called,
    }
