"""An article's story as lines and as kcs.log/1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kcs.counting import counted
from kcs.render.terminal import for_eyes, note, table, write_json

if TYPE_CHECKING:
    from kcs.insight.story import Chapter
    from kcs.kb.articles import Article


def story_text(article: Article, chapters: Sequence[Chapter], left_out: int) -> None:
    """One line a commit: day, who, what, commit, its subject; in a pipe separated by tabs."""
    rows = [
        (
            str(one.change.day or "not committed"),
            one.change.author or "you",
            "; ".join(event.text for event in one.events),
            one.change.commit[:9],
            one.change.subject if one.commits == 1 else "",
        )
        for one in chapters
    ]
    if rows:
        table(("Day", "Who", "What", "Commit", "Subject"), rows, ("cyan", "bold", "", "dim", "dim"))
    if not chapters and not left_out:
        note(f"{article.name} has no history: it is in no commit yet")
    elif left_out and for_eyes():
        note(f"{counted(left_out, 'commit')} left out that changed none of these; --all shows them")


def story_json(article: Article, chapters: Sequence[Chapter], left_out: int) -> None:
    """`kcs.log/1`."""
    write_json(
        "kcs.log/1",
        {
            "id": article.id or None,
            "path": article.path,
            "title": article.title,
            "left_out": left_out,
            "entries": [_chapter(one) for one in chapters],
        },
    )


def _chapter(one: Chapter) -> dict[str, Any]:
    from kcs.render.article_json import change_json

    return {
        **change_json(one.change),
        "path": one.path,
        "events": [{"kind": event.kind, "text": event.text} for event in one.events],
    }
