"""A move and what was rewritten for it, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kcs.counting import counted
from kcs.render.terminal import committed, for_eyes, note, say, write_json

if TYPE_CHECKING:
    from kcs.authoring.moving import Moving, Respelt
    from kcs.authoring.writing import Edit

_MANY = 12


def moving_text(moving: Moving, commit: str | None, *, dry_run: bool, diff: bool) -> None:
    """What moved, and each file whose links changed with their number; what is worth a look on stderr."""
    say(f"{moving.old} -> {moving.new}", "bold")
    if diff:
        edits_diff(moving.edits)
    else:
        counts = Counter(one.path for one in moving.respelt)
        for path, count in counts.items():
            say(f"  {path}: {counted(count, 'link')} rewritten")
    note(summary(moving, dry_run=dry_run))
    for line in (*moving.notes[:_MANY], *_more(moving.notes)):
        note(f"kcs: {line}")
    for article in moving.changing:
        note(
            f"kcs: {article.name}: one of its links led nowhere and now leads somewhere, so what it says has changed"
        )
    committed(commit)


def summary(moving: Moving, *, dry_run: bool) -> str:
    """One sentence with the numbers."""
    files = len({one.path for one in moving.respelt})
    count = len(moving.articles)
    parts = [f"{counted(count, 'article')} {'would move' if dry_run else 'moved'}"]
    parts.append(
        f"{counted(len(moving.respelt), 'link')} in {counted(files, 'file')}"
        if files
        else "no link to change"
    )
    return "; ".join(parts) + ("; nothing was written" if dry_run else "")


def _more(lines: Sequence[str]) -> list[str]:
    return [f"and {len(lines) - _MANY} more"] if len(lines) > _MANY else []


def edits_diff(edits: Sequence[Edit]) -> None:
    """The changed lines of each file."""
    from difflib import unified_diff

    from kcs.render.diff import diff_for_eyes

    for edit in edits:
        before, after = (
            raw.decode("utf-8", "replace").replace("\r\n", "\n").split("\n") for raw in (edit.old, edit.new)
        )
        lines = list(unified_diff(before, after, f"a/{edit.path}", f"b/{edit.path}", n=0, lineterm=""))
        if for_eyes():
            say(edit.path, "bold")
            diff_for_eyes(lines[2:])
        else:
            for line in lines:
                say(line)


def moving_json(moving: Moving, commit: str | None, *, dry_run: bool) -> None:
    """`kcs.mv/1`."""
    write_json(
        "kcs.mv/1",
        {
            "from": moving.old,
            "to": moving.new,
            "dry_run": dry_run,
            "articles": [
                {"id": was.id or None, "from": was.path, "to": now.path} for was, now in moving.articles
            ],
            "respelt": [respelt_json(one) for one in moving.respelt],
            "changing": [{"id": one.id or None, "path": one.path} for one in moving.changing],
            "notes": list(moving.notes),
            "commit": commit,
        },
    )


def respelt_json(one: Respelt) -> dict[str, Any]:
    """One place that is rewritten; `key` is null for a link of the text."""
    key = None if one.where == "link" else one.where
    return {"path": one.path, "line": one.line, "key": key, "before": one.before, "after": one.after}
