"""An assignment before and after it is made, as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kcs.errors import Refused
from kcs.render.asking import agrees
from kcs.render.listing import title_cell, trust_word
from kcs.render.terminal import can_ask, note, table, write_json

if TYPE_CHECKING:
    from kcs.authoring.assign import Assigned, Assignment
    from kcs.kb.articles import Article

_MANY = 1


def assignment_text(assignment: Assignment) -> None:
    """The changes, one line per article; in a pipe: article, owner, verifiers, trust, title, separated by tabs."""
    rows = [_row(one) for one in assignment.changes]
    if rows:
        table(("Article", "Owner", "Verifiers", "Trust", "Title"), rows, ("cyan", "", "", "", ""))
    elif not assignment.unchanged:
        note("kcs: no article fits; nothing was written")
    if assignment.unchanged:
        note(f"{assignment.unchanged} of {assignment.unchanged + len(rows)} already are")
    for line in _remarks(assignment):
        note(f"kcs: {line}")


def _remarks(assignment: Assignment) -> list[str]:
    lines = list(assignment.remarks)
    if assignment.losing:
        many = len(assignment.changes) > 1
        lines.append(
            f"{assignment.losing} of {len(assignment.changes)} would lose trust"
            if many
            else "it would lose trust"
        )
        lines[-1] += ": the people who vouched for the text would not be among those who may verify"
    return lines


def _row(one: Assigned) -> tuple[str, ...]:
    trust = trust_word(one.before_verdict)
    return (
        one.article.name,
        _step(one.article.owner, one.after.owner),
        _step(_verifiers(one.article), _verifiers(one.after)),
        _step(trust, trust_word(one.verdict)),
        title_cell(one.article),
    )


def _verifiers(article: Article) -> str:
    return ", ".join(article.own.verifiers)


def _step(before: str, after: str) -> str:
    return before or "-" if before == after else f"{before or '-'} -> {after or '-'}"


def needs_agreement(assignment: Assignment, *, yes: bool) -> bool:
    """Whether somebody has to be asked: where more than one article
    changes or trust is lost, and nobody said yes beforehand.
    """
    return not yes and (len(assignment.changes) > _MANY or assignment.losing > 0)


def agreed(assignment: Assignment, *, shown: bool) -> bool:
    """Whether to go on. Refused if nobody can be asked, or nobody was `shown` what about."""
    if not shown:
        hint = "--yes assigns them; without --format json they are shown first"
        raise Refused("--format json asks nobody: nothing was written", hint=hint)
    if not can_ask():
        raise Refused("nothing was written", hint="--yes assigns what is shown above")
    count = len(assignment.changes)
    return bool(agrees(f"Assign {'this article' if count == 1 else f'these {count} articles'}?"))


def assignment_json(assignment: Assignment, commit: str | None) -> None:
    """`kcs.assign/1`."""
    write_json(
        "kcs.assign/1",
        {
            "articles": [_json(one) for one in assignment.changes],
            "unchanged": assignment.unchanged,
            "remarks": _remarks(assignment),
            "commit": commit,
        },
    )


def _json(one: Assigned) -> dict[str, Any]:
    return {
        "id": one.article.id or None,
        "path": one.article.path,
        "before": _people(one.article),
        "after": _people(one.after),
        "trusted_before": one.before_verdict.trusted,
        "trusted": one.verdict.trusted,
        "reasons": list(one.verdict.reasons),
    }


def _people(article: Article) -> dict[str, Any]:
    return {"owner": article.owner or None, "verifiers": list(article.own.verifiers)}
