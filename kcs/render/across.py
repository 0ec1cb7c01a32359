"""Whose knowledge each team depends on, as text and kcs.across/1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.render.terminal import note, table, write_json

if TYPE_CHECKING:
    from kcs.teamwork.across import Across, Dependence

_CAUTION = "what a team used says what it depends on, not how well anybody works: set no goals on it"


def across_text(told: Across) -> None:
    """One line a team and area; in a pipe: team, area, articles, how many its own, owners, writers."""
    if told.found:
        table(
            ("Team", "Area", "Articles", "Own", "Owned by", "Written by"),
            [_row(one) for one in told.found],
            ("bold", "", "dim", "dim", "", ""),
        )
    else:
        note(f"no team opened or linked anything that is known, between {told.since} and {told.until}")
    for team in told.left_out:
        note(f"{team} is left out: only one of its people used anything")
    if told.found:
        note(f"opened or linked between {told.since} and {told.until}; {_CAUTION}")


def _row(one: Dependence) -> tuple[str, ...]:
    writers = [*one.writers, *(["people in no team"] if one.others else [])]
    return (
        one.team, one.area or "-", str(one.articles), str(one.own),
        ", ".join(one.owners) or "-", ", ".join(writers) or "-",
    )  # fmt: skip


def across_json(told: Across) -> None:
    """`kcs.across/1`."""
    write_json(
        "kcs.across/1",
        {
            "since": told.since.isoformat(),
            "until": told.until.isoformat(),
            "teams": [
                {
                    "team": one.team,
                    "area": one.area or None,
                    "articles": one.articles,
                    "own": one.own,
                    "owners": list(one.owners),
                    "writers": list(one.writers),
                    "other_writers": one.others,
                }
                for one in told.found
            ],
            "left_out": list(told.left_out),
            "caution": _CAUTION,
        },
    )
