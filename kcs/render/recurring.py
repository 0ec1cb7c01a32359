"""Known issues and what they cost, for people and for a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcs.counting import counted
from kcs.insight.metric import CAUTION
from kcs.render.gaps import cost_text
from kcs.render.terminal import for_eyes, note, table

if TYPE_CHECKING:
    from kcs.coverage.recurring import Recurring
    from kcs.kb.base import KnowledgeBase

_HEADERS = ("Article", "Product", "Tickets", "Linked", "Cost", "3 months", "Prevented", "Title")


def recurring_text(kb: KnowledgeBase, found: Sequence[Recurring], limit: int) -> None:
    """Known issues, costliest first; in a pipe: article,
    product, tickets, linked, minutes, last, before, won, title.
    """
    row = _row if for_eyes() else _plain_row
    rows = [row(kb, one) for one in found[:limit]]
    if rows:
        table(_HEADERS, rows, ("cyan", "dim"))
    fell = [one.won for one in found if one.won]
    prevented = f", {len(fell):,} of them rarer than before: {cost_text(sum(fell))} less" if fell else ""
    note(f"{counted(len(found), 'known issue')}{prevented}  [{CAUTION}]")


def _row(kb: KnowledgeBase, one: Recurring) -> tuple[str, ...]:
    won = f"{cost_text(one.won)} less" if one.won else ""
    trend = f"{one.last} (was {_before(one) or '–'})"
    return (*_begin(kb, one), cost_text(one.cost), trend, won, _title(kb, one))


def _plain_row(kb: KnowledgeBase, one: Recurring) -> tuple[str, ...]:
    cost, won = ("" if minutes is None else f"{minutes:.0f}" for minutes in (one.cost, one.won))
    return (*_begin(kb, one), cost, str(one.last), _before(one), won, _title(kb, one))


def _before(one: Recurring) -> str:
    # If some of those before are missing, it fell by even more; whether it rose, nobody knows.
    return str(one.before) if one.whole or one.last < one.before else ""


def _begin(kb: KnowledgeBase, one: Recurring) -> tuple[str, ...]:
    return kb.by_path[one.path].name, one.product, str(one.tickets), str(one.linked)


def _title(kb: KnowledgeBase, one: Recurring) -> str:
    return kb.by_path[one.path].title or one.path
