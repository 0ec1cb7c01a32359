"""What a user asked `kcs verify` for, checked before anything is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kcs.article.days import Interval, parse_interval
from kcs.authoring.editing import checked_text
from kcs.errors import UsageProblem


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked for. `validate` None: not said. `since`: for a minor change, the day it counts from."""

    note: str = ""
    ticket: str = ""
    until: date | None = None
    span: Interval | None = None
    minor: bool = False
    resolve_flags: bool = False
    validate: bool | None = None
    since: date | None = None

    def all_answered(self) -> Wishes:
        """The wishes if every answer is yes: the most that would be written."""
        return replace(self, resolve_flags=True, validate=self.validate is not False)

    def answered(self, *, resolve_flags: bool | None = None, validate: bool | None = None) -> Wishes:
        """The wishes with these answers."""
        return replace(
            self,
            resolve_flags=self.resolve_flags if resolve_flags is None else resolve_flags,
            validate=self.validate if validate is None else validate,
        )

    def since_day(self, day: date) -> Wishes:
        """The wishes with the day from which a minor change counts."""
        return replace(self, since=day)


def read_wishes(
    *,
    note: str,
    ticket: str,
    span: str | None,
    until: date | None,
    minor: bool,
    why: str,
    resolve_flags: bool,
    validate: bool | None,
    today: date,
) -> Wishes:
    """The options as wishes. UsageProblem if they do not go together."""
    if span is not None and until is not None:
        raise UsageProblem("--for and --until both name the due day", hint="give one of them")
    if minor and (span is not None or until is not None):
        raise UsageProblem("a minor change keeps its due day", hint="leave --for and --until out")
    if why and not minor:
        raise UsageProblem("-m is for --minor", hint="--note says what you checked")
    if minor and note:
        raise UsageProblem("-m is the note of a minor change", hint="leave --note out")
    if until is not None and until <= today:
        raise UsageProblem(f"--until {until} is not after today, {today}", hint="name a later day")
    return Wishes(
        note=checked_text(why, "-m", required=True) if minor else checked_text(note, "--note"),
        ticket=_ticket(ticket),
        until=until,
        span=_interval(span),
        minor=minor,
        resolve_flags=resolve_flags,
        validate=validate,
    )


def _interval(text: str | None) -> Interval | None:
    if text is None:
        return None
    found = parse_interval(text)
    if found is None:
        raise UsageProblem(
            f"--for {text!r} is not an interval", hint="write 90d, 2 weeks, 6 months or 1 year"
        )
    return found


def _ticket(ticket: str) -> str:
    """Its number; a mail address would stay in the article for everybody to read."""
    from kcs.search import ticket_number

    return ticket_number(ticket) if checked_text(ticket, "--ticket") else ""
