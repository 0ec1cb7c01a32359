"""Areas of responsibility, and person by area, as text, kcs.areas/1 and kcs.matrix/1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kcs.counting import counted
from kcs.render.reasons import joined
from kcs.render.terminal import console, for_eyes, note, say, table, write_json
from kcs.render.trust import share

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.teamwork.areas import Areas, Held, Known, Matrix

_TO_MEND = {
    "no-owner": "no owner",
    "owner-left": "the owner has left",
    "owner-unknown": "the owner is nobody in team.toml",
    "deputy-left": "the deputy has left",
    "deputy-unknown": "the deputy is nobody in team.toml",
    "no-articles": "no articles",
}
_UNREPRESENTED = {
    "no-representative": "no representative",
    "representative-left": "its representative, {}, has left",
    "representative-unknown": "its representative, {}, is nobody in team.toml",
}
_ROLES = {
    "owns": "owns",
    "deputy": "deputy",
    "verifies": "verifies",
    "verifies-some": "verifies some",
    "learns": "learns",
}
# In a grid.
_SIGNS = {"owns": "O", "deputy": "D", "verifies": "V", "verifies-some": "v", "learns": "L"}
_LEGEND = "O owns it · D is deputy · V may verify all of it · v some of it · L is learning it"
_CAUTION = "what somebody can do here does not measure a person: set no goals on it"


def areas_text(found: Areas) -> None:
    """One line an area; in a pipe: area, owner, deputy, contact, articles, trusted, what to mend."""
    table(
        ("Area", "Owner", "Deputy", "Contact", "Articles", "Trusted", "To mend"),
        [_row(one) for one in found.held],
        ("bold", "", "", "dim", "dim", "", "yellow"),
    )
    if found.outside:
        are = counted(len(found.outside), "article is", "articles are")
        note(f"{are} in no area: kcs areas --outside")
    # Who names no representative anywhere does not work with them.
    if any(one.representative for one in found.teams):
        for one in found.teams:
            if one.problem:
                note(f"team {one.team}: {_UNREPRESENTED[one.problem].format(one.representative)}")


def _row(one: Held) -> tuple[str, ...]:
    score = one.score
    trusted = f"{score.trusted:,} of {score.total:,}, {share(score.percent)}" if score.total else ""
    area = one.area
    return (
        area.id, area.owner or "-", area.deputy or "-", area.contact or "-", str(len(one.articles)), trusted,
        joined([_TO_MEND[problem] for problem in one.problems], ", "),
    )  # fmt: skip


def outside_text(kb: KnowledgeBase, found: Areas) -> None:
    """The articles in no area, as a list."""
    from kcs.render.listing import listing_text

    if found.outside:
        listing_text(kb, found.outside)
    else:
        note("every article is in an area")


def areas_json(found: Areas) -> None:
    """`kcs.areas/1`."""
    write_json(
        "kcs.areas/1",
        {
            "areas": [_area(one) for one in found.held],
            "outside": [
                {"id": one.id or None, "path": one.path, "title": one.title} for one in found.outside
            ],
            "teams": [
                {
                    "team": one.team,
                    "representative": one.representative or None,
                    "problem": one.problem or None,
                }
                for one in found.teams
            ],
        },
    )


def _area(one: Held) -> dict[str, Any]:
    area, score = one.area, one.score
    return {
        "area": area.id,
        "owner": area.owner or None,
        "deputy": area.deputy or None,
        "contact": area.contact or None,
        "articles": len(one.articles),
        "trusted": score.trusted,
        "total": score.total,
        "percent": score.percent,
        "problems": list(one.problems),
    }


def matrix_text(matrix: Matrix) -> None:
    """A grid if there is room, else a line per person; in a pipe: person, area, what they can do. Then the gaps."""
    if not for_eyes():
        table((), [(one, area, said) for one in matrix.people for area, said in _roles(matrix, one)])
    else:
        from kcs.render.columns import widths_of

        rows = [
            [one, *(" ".join(map(_SIGNS.__getitem__, known.roles.get(one, ()))) for known in matrix.known)]
            for one in matrix.people
        ]
        headers = ["Person", *(known.area.id for known in matrix.known)]
        # A table that has no room begins each row with its first two cells, and the first area would lose its name.
        if widths_of(headers, rows, console().width):
            table(headers, rows, ("bold",))
            note(_LEGEND)
        else:
            for one in matrix.people:
                _person(one, list(_roles(matrix, one)))
    for line in _holes(matrix):
        note(line)
    note(_CAUTION)


def _roles(matrix: Matrix, person: str) -> Iterator[tuple[str, str]]:
    for known in matrix.known:
        if person in known.roles:
            yield known.area.id, ", ".join(map(_ROLES.__getitem__, known.roles[person]))


def _person(person: str, roles: Sequence[tuple[str, str]]) -> None:
    say(person, "bold")
    for area, said in roles:
        say(f"    {area}: {said}")


def _holes(matrix: Matrix) -> Iterator[str]:
    for known in matrix.known:
        yield from _holes_of(known)
    for person, area in matrix.strangers:
        yield f"kcs: {person} is learning {area!r}, which is not an area of team.toml"


def _holes_of(known: Known) -> Iterator[str]:
    where = f"{known.area.id}: "
    for person, number in known.alone.items():
        yield f"{where}{number} of {counted(known.total, 'article')} only {person} may verify"
    if known.unverifiable:
        yield f"{where}{known.unverifiable} of {counted(known.total, 'article')} nobody here may verify"
    if known.risky and not any("learns" in roles for roles in known.roles.values()):
        yield f"{where}nobody is learning it"


def matrix_json(matrix: Matrix) -> None:
    """`kcs.matrix/1`."""
    write_json(
        "kcs.matrix/1",
        {
            "people": list(matrix.people),
            "areas": [
                {
                    "area": known.area.id,
                    "articles": known.total,
                    "people": [{"person": one, "roles": list(roles)} for one, roles in known.roles.items()],
                    "only_verifier": [
                        {"person": one, "articles": number} for one, number in known.alone.items()
                    ],
                    "unverifiable": known.unverifiable,
                    "risky": known.risky,
                }
                for known in matrix.known
            ],
            "unknown_areas": [{"person": one, "area": area} for one, area in matrix.strangers],
            "caution": _CAUTION,
        },
    )
