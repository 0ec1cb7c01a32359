"""What a new article is made from: the user's wishes, checked against the base, and earlier content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from kcs.authoring.naming import one_line
from kcs.authoring.templates import Template
from kcs.errors import UsageProblem, nearest_hint

if TYPE_CHECKING:
    from kcs.authoring.carrying import Words
    from kcs.authoring.intake import LeftOut
    from kcs.authoring.surroundings import Surroundings
    from kcs.kb.settings.team import Team

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked for; empty if nothing was said."""

    words: tuple[str, ...] = ()
    product: str = ""
    ticket: str = ""
    language: str = ""
    owner: str = ""
    audience: str = ""
    tags: tuple[str, ...] = ()
    folder: str = ""
    release: str = ""
    launch: date | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What another article or a ticket brings along. `pairs`: front matter, as YAML of one line.

    `folder`: its folder from the root; None: nowhere. `left_out` and `notes` are for the user's eyes.
    """

    title: str = ""
    type: str = ""
    product: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    ticket: str = ""
    folder: str | None = None
    words: Words | None = None
    everything: bool = False
    as_it_stands: bool = False
    sources: tuple[Mapping[str, str], ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)
    counterpart_of: str = ""
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


def checked(around: Surroundings, template: Template, wanted: Wanted, notes: list[str]) -> Wanted:
    """The same, on one line each and known to the base.
    UsageProblem for what is not; `notes` gets what the user should see.
    """
    config = around.config
    check_language(wanted.language)
    if wanted.audience and wanted.audience not in config.audiences:
        hint = (
            nearest_hint(wanted.audience, list(config.audiences))
            or f"there are {', '.join(config.audiences)}"
        )
        raise UsageProblem(f"--audience {wanted.audience!r} is unknown", hint=hint)
    if (wanted.release or wanted.launch) and "release" not in template.sections:
        raise UsageProblem(f"--release and --launch are not for {template.name}", hint="leave them out")
    products = config.taxonomy.get("products", ())
    if wanted.product and products and wanted.product not in products:
        near = nearest_hint(wanted.product, list(products)) or f"there are {', '.join(products)}"
        notes.append(f"{wanted.product!r} is not among [taxonomy] products: {near}")
    if owner := one_line(wanted.owner, "--owner"):
        _check_owner(around.team, owner)
    return replace(
        wanted,
        product=one_line(wanted.product, "--product"),
        ticket=_ticket(one_line(wanted.ticket, "--ticket")),
        owner=owner,
        language=usual_case(wanted.language),
        release=one_line(wanted.release, "--release"),
        tags=tuple(dict.fromkeys(tag for one in wanted.tags if (tag := one_line(one, "--tag")))),
    )


def check_language(language: str) -> None:
    """UsageProblem if it is not a language tag."""
    if language and not _LANGUAGE.fullmatch(language):
        raise UsageProblem(
            f"--language {language!r} is not a language", hint="write it as th, vi, ar or en-GB"
        )


def usual_case(language: str) -> str:
    """A language tag as BCP 47 writes it: zh-Hant-TW, en-GB."""
    first, *rest = language.split("-")
    return "-".join((first.lower(), *(_usual_case_of(one) for one in rest)))


def _usual_case_of(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part.lower()


def _ticket(ticket: str) -> str:
    """As it is; UsageProblem for one that names a person, whom every reader would see."""
    if "@" in ticket:
        from kcs.search import ticket_number

        return ticket_number(ticket)
    return ticket


def _check_owner(team: Team, owner: str) -> None:
    from kcs.kb.settings.team import TEAM_NAME

    known = list(dict.fromkeys((*team.people, *team.teams, *team.members)))
    if team.present and owner not in known:
        hint = nearest_hint(owner, known) or "people and teams are named in team.toml"
        raise UsageProblem(f"--owner {owner!r} is neither a person nor a team of {TEAM_NAME}", hint=hint)
