"""What archiving an article did, and who links to it, as text and as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kcs.render.moving import respelt_json
from kcs.render.terminal import can_ask, note, say, write_json

if TYPE_CHECKING:
    from kcs.authoring.moving import Archived

_MANY = 12


def archive_text(plan: Archived, commit: str | None, *, dry_run: bool) -> None:
    """One line on stdout, and those who link to it; warnings on stderr."""
    would = "would be " if dry_run else ""
    by = f", superseded by {plan.successor.name}" if plan.successor else ""
    say(
        f"{plan.article.name}: {would}archived{by}"
        if plan.edits
        else f"{plan.article.name}: nothing to write"
    )
    for one in plan.linking[:_MANY]:
        count = f"{one.links} link{'s' * (one.links != 1)}"
        loses = "; verify it again" if one.losing else ""
        say(
            f"  {one.article.name}: {count} {'lead' if one.links != 1 else 'leads'} {_where(plan, one.article.path)}{loses}"
        )
    if len(plan.linking) > _MANY:
        say(f"  and {len(plan.linking) - _MANY} more articles link to it")
    for line in plan.warnings:
        note(f"kcs: {plan.article.name}: {line}")
    if plan.linking and plan.successor and not plan.relinked:
        note("kcs: --relink lets these links lead to what takes its place")
    if commit:
        note(f"commit {commit[:12]}")


def _where(plan: Archived, path: str) -> str:
    changed = any(one.path == path for one in plan.relinked)
    return f"to {plan.successor.name} now" if changed and plan.successor else "to it"


def relink_wanted(plan: Archived) -> bool:
    """Whether links are to lead to what takes its place; asked where there are any, and somebody to ask."""
    if not plan.linking or plan.successor is None or not can_ask():
        return False
    trusted = sum(one.trusted for one in plan.linking)
    count = len(plan.linking)
    print(
        f"{count} article{'s link' if count != 1 else ' links'} to it, {trusted} of them trusted; what is re-pointed"
        f" has to be verified again. Let their links lead to {plan.successor.name}? [y/N] ",
        end="",
        flush=True,
    )
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def archive_json(plan: Archived, commit: str | None, *, dry_run: bool) -> None:
    """`kcs.archive/1`."""
    write_json(
        "kcs.archive/1",
        {
            "id": plan.article.id or None,
            "path": plan.article.path,
            "before": plan.article.confidence,
            "after": plan.after.confidence,
            "superseded_by": plan.successor.name if plan.successor else None,
            "dry_run": dry_run,
            "linking": [
                {
                    "id": one.article.id or None,
                    "path": one.article.path,
                    "links": one.links,
                    "trusted": one.trusted,
                    "losing": one.losing,
                }
                for one in plan.linking
            ],
            "relinked": [respelt_json(one) for one in plan.relinked],
            "warnings": list(plan.warnings),
            "commit": commit,
        },
    )
