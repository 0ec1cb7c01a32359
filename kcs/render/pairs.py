"""A round of pairs and how its reviews stand, as text, kcs.pairs/1 and kcs.pairs-status/1. Nobody is ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kcs.counting import counted
from kcs.errors import Refused
from kcs.render.asking import agrees
from kcs.render.reasons import joined
from kcs.render.terminal import can_ask, committed, note, table, write_json

if TYPE_CHECKING:
    from kcs.authoring import NewArticle
    from kcs.kb.settings.team import Person
    from kcs.teamwork.pairs import Round
    from kcs.teamwork.reviews import Standing

_STATES = {"handed-in": "handed in", "open": "open", "late": "late", "set-aside": "set aside"}


def round_text(drawn: Round) -> None:
    """One line a pair; in a pipe: one, the other, hours apart, how often drawn before, separated by tabs."""
    rows = [
        (
            *(_called(person) for person in one.people),
            "" if one.hours is None else f"{one.hours:g} h",
            str(one.before) if one.before else "",
        )
        for one in drawn.meetings
    ]
    table(("One", "Other", "Apart", "Met before"), rows, ("bold", "bold", "dim", "dim"))
    note(f"round of {drawn.begin}: {counted(len(rows), 'pair')}, each reviews the other by {drawn.due}")
    if drawn.alone:
        note(
            f"{', '.join(map(_called, drawn.alone))} {'sits' if len(drawn.alone) == 1 else 'sit'} out this time"
        )
    _warned(drawn.unread)


def said_of(articles: Sequence[NewArticle]) -> None:
    """Notes about making the files, once and not for each."""
    for line in dict.fromkeys(line for one in articles for line in one.notes):
        note(f"kcs: {line}")


def agreed(drawn: Round, *, yes: bool, shown: bool) -> bool:
    """Whether to write. Refused if nobody can be asked, or nobody was `shown` what about."""
    if yes:
        return True
    if not (shown and can_ask()):
        raise Refused(
            "nothing was written", hint="--yes writes the reviews of these pairs, --dry-run shows them"
        )
    return bool(agrees(f"Write their {2 * len(drawn.meetings)} reviews?"))


def written_text(articles: Sequence[NewArticle], commit: str | None) -> None:
    """Where they are."""
    folder = articles[0].path.rpartition("/")[0] or "."
    note(
        f"kcs: wrote {counted(len(articles), 'review')} in {folder}; kcs pairs status says who has handed in"
    )
    committed(commit)


def round_json(drawn: Round, articles: Sequence[NewArticle], commit: str | None, *, written: bool) -> None:
    """`kcs.pairs/1`. Ids and paths of unwritten files belong to no file."""
    files = [{"id": one.id, "path": one.path, "title": one.title} if written else None for one in articles]
    write_json(
        "kcs.pairs/1",
        {
            "round": drawn.begin.isoformat(),
            "due": drawn.due.isoformat(),
            "pairs": [
                {
                    "people": [one.id for one in meeting.people],
                    "hours_apart": meeting.hours,
                    "met_before": meeting.before,
                    "reviews": [
                        {"reviewer": one.id, "reviewed": other.id, "article": file}
                        for (one, other), file in zip(
                            (meeting.people, meeting.people[::-1]),
                            files[2 * place : 2 * place + 2],
                            strict=True,
                        )
                    ],
                }
                for place, meeting in enumerate(drawn.meetings)
            ],
            "sits_out": [one.id for one in drawn.alone],
            "unread": list(drawn.unread),
            "written": written,
            "commit": commit,
        },
    )


def status_text(
    rounds: Sequence[Sequence[Standing]], unread: Sequence[str], strangers: Sequence[tuple[str, str]]
) -> None:
    """One line per review, by reviewer; in a pipe: reviewer, whose call, state, due, article, what is still empty."""
    rows = [_row(one) for stand in rounds for one in stand]
    if rows:
        table(
            ("Reviewer", "Call of", "State", "Due", "Article", "Empty yet"),
            rows,
            ("bold", "", "", "dim", "cyan", "dim"),
        )
    else:
        note("there are no reviews yet: kcs pairs draw")
    for stand in rounds:
        first = stand[0].review
        done = sum(one.state == "handed-in" for one in stand)
        note(f"round of {first.round}: {done} of {counted(len(stand), 'review')} handed in, due {first.due}")
        owed = Counter(one.review.reviewer for one in stand if one.state != "set-aside")
        if twice := sorted(person for person, number in owed.items() if number > 1):
            note(
                f"kcs: {', '.join(twice)} in more than one pair of that round, as where two branches drew it: "
                "kcs archive the reviews that will not be written"
            )
    _warned(unread)
    for path, name in strangers:
        note(f"kcs: {path}: {name!r} is not in team.toml, and a draw takes them for somebody else")


def _row(one: Standing) -> tuple[str, ...]:
    review = one.review
    empty = "" if one.state in ("handed-in", "set-aside") else joined(one.missing, ", ")
    return (
        review.reviewer, review.reviewed, _STATES[one.state], str(review.due), review.article.name, empty,
    )  # fmt: skip


def status_json(
    rounds: Sequence[Sequence[Standing]], unread: Sequence[str], strangers: Sequence[tuple[str, str]]
) -> None:
    """`kcs.pairs-status/1`."""
    write_json(
        "kcs.pairs-status/1",
        {
            "rounds": [
                {
                    "round": stand[0].review.round.isoformat(),
                    "due": stand[0].review.due.isoformat(),
                    "reviews": [_review(one) for one in stand],
                }
                for stand in rounds
            ],
            "unread": list(unread),
            "unknown_people": [{"path": path, "person": name} for path, name in strangers],
        },
    )


def _review(one: Standing) -> dict[str, Any]:
    review = one.review
    return {
        "id": review.article.id or None,
        "path": review.article.path,
        "title": review.article.title,
        "reviewer": review.reviewer,
        "reviewed": review.reviewed,
        "due": review.due.isoformat(),
        "state": one.state,
        "empty": list(one.missing),
    }


def _called(person: Person) -> str:
    return f"{person.name} ({person.id})" if person.name else person.id


def _warned(unread: Sequence[str]) -> None:
    for path in unread:
        note(
            f"kcs: {path}: its `review` is not {{round, reviewer, reviewed, due}} with two people, so it was ignored"
        )
