"""What came from the remote and what went there, as text and as JSON; on a terminal, Git's own progress."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from kcs.counting import counted
from kcs.render.listing import title_cell, trust_word
from kcs.render.terminal import for_eyes, note, safe, say, table, write_json

if TYPE_CHECKING:
    from kcs.article.trust import Verdict
    from kcs.authoring.sync import Came, Synced
    from kcs.kb.git.talk import Progress

_MOST_SHOWN = 40
_WORDS = {"trust": "as before"}


def progress() -> Progress | None:
    """Passes Git's own words on to a terminal; None if nobody looks."""
    if not sys.stderr.isatty():
        return None

    def show(words: str) -> None:
        # Git repaints its line with a carriage return, which `safe` would take away.
        print("\r".join(safe(one) for one in words.split("\r")), end="", file=sys.stderr, flush=True)

    return show


def synced_text(done: Synced) -> None:
    """For people; in a pipe, one line per article: what happened, name, trust, by whom, title, separated by tabs."""
    rows = [_row(one) for one in done.came]
    shown = rows[:_MOST_SHOWN] if for_eyes() else rows
    if shown:
        headers = ("", "Article", "Trust", "By", "Title")
        table(headers, shown, ("", "cyan", "", "dim", ""))
    if len(shown) < len(rows):
        say(f"and {len(rows) - len(shown)} more")
    for line in done.notes:
        note(f"kcs: {line}")
    note(_summary(done))


def _row(one: Came) -> tuple[str, ...]:
    return (
        _WORDS.get(one.what, one.what),
        one.article.name,
        _trust(one.before, one.after),
        ", ".join(one.by),
        title_cell(one.article),
    )


def _trust(before: Verdict | None, after: Verdict | None) -> str:
    if after is None:
        return ""
    if before is None or before.reasons == after.reasons:
        return trust_word(after)
    return f"{trust_word(after)} (was {trust_word(before)})"


def _summary(done: Synced) -> str:
    name = done.upstream.name
    parts = []
    if done.received:
        lost = sum(
            one.before is not None and one.before.trusted and not _trusted(one.after) for one in done.came
        )
        won = sum(_trusted(one.after) and not _trusted(one.before) for one in done.came)
        touched = sum(one.what != "trust" for one in done.came)
        parts.append(f"{counted(done.received, 'commit')} from {name}")
        if not done.notes:  # else nobody knows: none is no number of articles that could not be compared
            parts[-1] += f": {counted(touched, 'article')} touched"
            parts.append(f"{won} newly trusted, {lost} no longer trusted")
    elif not done.pushed:
        parts.append(f"nothing new from {name}")
    if done.pushed:
        parts.append(f"{counted(done.pushed, 'commit')} pushed to {name}")
    if done.ahead:
        parts.append(f"{counted(done.ahead, 'commit')} not pushed yet (kcs sync --push)")
    if done.uncommitted:
        parts.append(f"{counted(done.uncommitted, 'file')} here not committed")
    return "; ".join(parts)


def _trusted(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.trusted


def synced_json(done: Synced) -> None:
    """`kcs.sync/1`."""
    write_json(
        "kcs.sync/1",
        {
            "upstream": done.upstream.name,
            "before": done.old,
            "after": done.new,
            "received": done.received,
            "pushed": done.pushed,
            "ahead": done.ahead,
            "uncommitted": done.uncommitted,
            "notes": list(done.notes),
            "articles": [_json(one) for one in done.came],
        },
    )


def _json(one: Came) -> dict[str, Any]:
    return {
        "what": one.what,
        "id": one.article.id or None,
        "path": one.article.path,
        "title": one.article.title,
        "by": list(one.by),
        "trusted_before": one.before.trusted if one.before else None,
        "trusted": one.after.trusted if one.after else None,
        "reasons": list(one.after.reasons) if one.after else [],
    }
