"""What archiving an article did, and who links to it, as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.counting import counted
from kcs.render.asking import agrees
from kcs.render.moving import respelt_json
from kcs.render.terminal import can_ask, committed, note, say, write_json

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
        count = counted(one.links, "link leads", "links lead")
        loses = "; verify it again" if one.losing else ""
        say(f"  {one.name}: {count} {_where(plan, one.path)}{loses}")
    if len(plan.linking) > _MANY:
        say(f"  and {counted(len(plan.linking) - _MANY, 'more file links', 'more files link')} to it")
    for line in plan.warnings:
        note(f"kcs: {plan.article.name}: {line}")
    # Its own links to what it supersedes stay.
    others = [one for one in plan.linking if one.article is not plan.successor]
    if others and plan.successor and not plan.relinked:
        note("kcs: --relink lets these links lead to what takes its place")
    committed(commit)


def _where(plan: Archived, path: str) -> str:
    changed = any(one.path == path for one in plan.relinked)
    return f"to {plan.successor.name} now" if changed and plan.successor else "to it"


def relink_wanted(plan: Archived) -> bool:
    """Whether to point links to its successor; asked if there are any, and somebody to ask."""
    if not plan.linking or plan.successor is None or not can_ask():
        return False
    articles = [one for one in plan.linking if one.article]
    trusted = sum(one.trusted for one in articles)
    pages = len(plan.linking) - len(articles)
    kinds = [
        counted(len(articles), "article") if articles else "",
        counted(pages, "page that is not an article", "pages that are not articles") if pages else "",
    ]
    which = f"{' and '.join(filter(None, kinds))} {'links' if len(plan.linking) == 1 else 'link'}"
    again = f", {trusted} of them trusted; what is re-pointed has to be verified again" if articles else ""
    return bool(agrees(f"{which} to it{again}. Let their links lead to {plan.successor.name}?"))


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
                    "id": (one.article.id or None) if one.article else None,
                    "path": one.path,
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
