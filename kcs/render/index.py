"""The search index as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.counting import counted
from kcs.render.terminal import note, say, write_json

if TYPE_CHECKING:
    from kcs.search.index_open import Opened
    from kcs.search.index_status import IndexStatus


def index_text(status: IndexStatus, done: Opened | None) -> None:
    """What was done, and what the index holds."""
    if done:
        for one in done.notes:
            note(f"kcs: {one}")
        say(_done(done) if status.kept else "nothing was kept")
    elif not status.kept:
        say("no index yet: the first search, or kcs index, makes it")
    elif status.current:
        say("up to date")
    else:
        say(
            f"{counted(status.missing, 'article')} to bring in, {status.extra:,} to take out: the next search does it"
        )
    say(
        f"{status.engine}: {counted(status.articles, 'article')}, {status.size / 1e6:.1f} MB in {status.folder}"
    )


def _done(done: Opened) -> str:
    change = done.change
    if change is None or not any(change):
        return "already up to date"
    known = f" ({change.known:,} of them known from before)" if change.known else ""
    return f"{counted(change.new, 'article')} brought in{known}, {change.gone:,} taken out"


def index_json(status: IndexStatus, done: Opened | None) -> None:
    """`kcs.index/1`."""
    change = done.change if done else None
    write_json(
        "kcs.index/1",
        {
            "engine": status.engine,
            "folder": str(status.folder),
            "kept": status.kept,
            "current": status.current,
            "articles": status.articles,
            "missing": status.missing,
            "extra": status.extra,
            "size": status.size,
            "change": {"new": change.new, "known": change.known, "gone": change.gone} if change else None,
            "notes": list(done.notes) if done else [],
        },
    )
