"""The trust score as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kcs.render.terminal import for_eyes, note, prose, say, table, write_json

if TYPE_CHECKING:
    from kcs.insight.score import Score
    from kcs.kb.base import KnowledgeBase

_BAR = 30
_SHORTEST_BAR = 8
_HEADERS = ("Why not", "first reason", "of all", "")
_GAPS = 14  # between five columns, and at both ends

_MEANING = {
    "unreadable": "the file cannot be understood",
    "not-validated": "not validated yet",
    "never-verified": "nobody ever verified it",
    "adopted": "waiting for its first due day",
    "stale": "verified too long ago",
    "content-changed": "changed since it was verified",
    "quorum-missing": "fewer people verified it than the policy requires",
    "not-entitled": "verified by somebody who may not",
    "machine-only": "only a machine verified it",
    "flagged": "somebody flagged it",
    "unknown-history": "history is missing, so nobody can know",
}


def meaning(reason: str) -> str:
    """A reason of the vocabulary in a few plain words."""
    return _MEANING[reason]


def share(percent: float | None) -> str:
    """A percentage with one digit, or a dash."""
    return "–" if percent is None else f"{percent:.1f}%"


def score_json(kb: KnowledgeBase, score: Score, left: int | None) -> None:
    """`kcs.trust/1`."""
    write_json("kcs.trust/1", {**_moment(kb), **_numbers(score), "left_count_30d": left})


def _moment(kb: KnowledgeBase) -> dict[str, Any]:
    return {"as_of": kb.today.isoformat(), "commit": kb.head, "working_tree": kb.commit is None}


def _numbers(score: Score) -> dict[str, Any]:
    return {
        "trusted": score.trusted,
        "total": score.total,
        "percent": score.percent,
        "validated": score.validated,
        "kept_percent": score.kept_percent,
        "dated": score.dated,
        "excluded": dict(score.excluded),
        "reasons": dict(score.reasons),
        "first_reason": dict(score.first_reason),
        "unreadable": list(score.unreadable),
    }


def score_text(kb: KnowledgeBase, score: Score, left: int | None) -> None:
    """The score for people."""
    targets = kb.config.targets
    say(
        _figure(
            "Trust score",
            score.percent,
            score.trusted,
            score.total,
            "article" if score.total == 1 else "articles",
            targets.get("trust"),
        ),
        "bold",
    )
    say(
        _figure(
            "Promise kept",
            score.kept_percent,
            score.trusted,
            score.validated,
            "validated",
            targets.get("kept"),
        )
    )
    prose(
        f"As of {kb.today}, {_state(kb)}. {score.dated:,} of {score.total:,} carry a verification with a date."
    )
    beside = [f"{number:,} {state}" for state, number in score.excluded.items()]
    if left is not None:
        beside.append(f"{left:,} left the count in the last 30 days")
    prose("Beside it: " + ", ".join(beside) + ".")
    if score.first_reason:
        say()
        _reasons(score)
    for path in score.unreadable:
        say(f"unreadable: {path}", "red")
    if score.unreadable:
        note(
            "kcs: kcs doctor says why they cannot be read"
            if len(score.unreadable) > 1
            else "kcs: kcs doctor says why it cannot be read"
        )
    if not len(kb.articles):
        from kcs.render.listing import no_article  # a search loads this module, and no list

        note(f"kcs: no article{no_article(kb)}")


def _state(kb: KnowledgeBase) -> str:
    return f"commit {kb.commit[:12]}" if kb.commit else "the working tree"


def _figure(name: str, percent: float | None, part: int, whole: int, of: str, target: float | None) -> str:
    aim = f"   target {target:g}%" if target is not None else ""
    return f"{name:<13}{share(percent):>7}   {part:,} of {whole:,} {of}{aim}"


def _reasons(score: Score) -> None:
    most = max(score.first_reason.values())
    length = _bar_length(score) if for_eyes() else 0
    rows = []
    for reason, count in score.reasons.items():
        first = score.first_reason.get(reason, 0)
        bar = ("█" * round(first * length / most),) if length else ()
        rows.append((reason, str(first), str(count), meaning(reason), *bar))
    headers = (*_HEADERS, "") if length else _HEADERS
    table(headers, rows, ("", "bold", "dim", "dim", "yellow"))


def _bar_length(score: Score) -> int:
    """The greatest length of a bar that does not wrap; 0 if there is no room for bars."""
    from kcs.render.terminal import console

    taken = sum(map(len, _HEADERS[1:3])) + max(map(len, score.reasons))
    taken += max(len(meaning(reason)) for reason in score.reasons) + _GAPS
    room = console().width - taken
    return min(room, _BAR) if room >= _SHORTEST_BAR else 0


def groups_text(_: KnowledgeBase, by: str, groups: Mapping[str, Score]) -> None:
    """One line a group; in a pipe: name, percent, trusted, total, promise kept."""
    rows = [
        (name or f"(no {by})", share(one.percent), str(one.trusted), str(one.total), share(one.kept_percent))
        for name, one in groups.items()
    ]
    table((by.capitalize(), "Trust", "trusted", "of", "promise kept"), rows, ("cyan", "bold"))


def groups_json(kb: KnowledgeBase, by: str, groups: Mapping[str, Score]) -> None:
    """`kcs.trust/1` with `by` and `groups` in place of one score."""
    split = [{"name": name or None, **_numbers(one)} for name, one in groups.items()]
    write_json("kcs.trust/1", {**_moment(kb), "by": by, "groups": split})
