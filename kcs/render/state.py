"""The articles' new states, and what they lack, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kcs.render.terminal import committed, note, say, write_json

if TYPE_CHECKING:
    from kcs.authoring.state import Moved


def states_text(moved: Sequence[Moved], commit: str | None) -> None:
    """One line per article on stdout; what is missing on stderr."""
    for one in moved:
        now = one.after.confidence
        if not one.changed:
            say(f"{one.article.name}: is already {now}; nothing written")
        elif one.article.confidence == now:
            say(f"{one.article.name}: {now}, and now its file says so")
        else:
            say(f"{one.article.name}: {one.article.confidence} -> {now}")
        for line in one.warnings:
            note(f"kcs: {one.article.name}: {line}")
    committed(commit)


def states_json(moved: Sequence[Moved], commit: str | None) -> None:
    """`kcs.state/1`."""
    write_json("kcs.state/1", {"articles": [_json(one) for one in moved], "commit": commit})


def _json(one: Moved) -> dict[str, Any]:
    return {
        "id": one.after.id or None,
        "path": one.after.path,
        "before": one.article.confidence,
        "after": one.after.confidence,
        "changed": one.changed,
        "warnings": list(one.warnings),
        "trusted": one.verdict.trusted,
        "reasons": list(one.verdict.reasons),
    }
