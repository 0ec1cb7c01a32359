"""Whether an article can be trusted on a day, and every reason why not.

Pure: it takes what was verified, the policy's terms and the day, and gives a verdict. The rules are those of
docs/trust.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from kcs.article.days import Interval
from kcs.article.states import VALIDATED
from kcs.article.trust import (
    ADOPTED,
    CONTENT_CHANGED,
    FLAGGED,
    MACHINE_ONLY,
    NEVER_VERIFIED,
    NOT_ENTITLED,
    NOT_VALIDATED,
    QUORUM_MISSING,
    REASONS,
    STALE,
    UNKNOWN_HISTORY,
    Adoption,
    Evidence,
    Standing,
    Terms,
    Verdict,
)


def judge(
    confidence: str,
    evidence: Sequence[Evidence],
    terms: Terms,
    today: date,
    *,
    blocked: bool = False,
    stale_after: date | None = None,
    key: str = "",
    adoption: Adoption | None = None,
) -> Verdict:
    """Judge one readable article. `blocked`: it has an open blocking flag; `stale_after`: the stored day, if any."""
    found = standing(confidence, evidence, terms, blocked=blocked, stale_after=stale_after, adoption=adoption)
    return found.on(today, lambda: adoption.first_due(key) if adoption else today)


def standing(
    confidence: str,
    evidence: Sequence[Evidence],
    terms: Terms,
    *,
    blocked: bool = False,
    stale_after: date | None = None,
    adoption: Adoption | None = None,
) -> Standing:
    """As `judge`, for every key and every day at once."""
    if len(evidence) == 1 and terms.quorum == 1 and confidence == VALIDATED and not blocked:
        one = evidence[0]
        if one.matches and one.day is not None and terms.counts(one):
            return _plainly(one, terms, stale_after, adoption)
    held: set[str] = set()
    if confidence != VALIDATED:
        held.add(NOT_VALIDATED)
    if blocked:
        held.add(FLAGGED)
    evidence = [one for one in evidence if one.day is not None]
    if not evidence:
        held.add(NEVER_VERIFIED)
        return Standing(_ordered(held), _ordered(held | {STALE}), due=stale_after)
    counting = _newest_by_person([one for one in evidence if one.matches and terms.counts(one)])
    if len(counting) < terms.quorum:
        held |= _why_short(evidence, counting, terms)
    basis = _basis(evidence, counting, terms)
    due = _due(basis, terms.interval)
    waits_from = _waits_from(basis, due, adoption)
    return Standing(
        _ordered(held),
        _ordered(held | {STALE}),
        _verified_at(basis),
        stale_after if due is None else due if stale_after is None else min(due, stale_after),
        tuple([one.person or "" for one in counting]),
        _ordered(held | {ADOPTED}) if waits_from else (),
        waits_from,
    )


def _plainly(one: Evidence, terms: Terms, stale_after: date | None, adoption: Adoption | None) -> Standing:
    """The usual case: validated, and vouched for by one person who counts.
    Same result as in general, in a third of the time.
    """
    assert one.day is not None
    due = terms.interval.after(one.day) if terms.interval else None
    waits_from = _waits_from((one,), due, adoption)
    if stale_after is not None and (due is None or stale_after < due):
        due = stale_after
    waiting = (ADOPTED,) if waits_from else ()
    return Standing((), (STALE,), one.day, due, (one.person or "",), waiting, waits_from)


def _ordered(held: set[str]) -> tuple[str, ...]:
    return _in_order(frozenset(held)) if held else ()


@cache
def _in_order(held: frozenset[str]) -> tuple[str, ...]:
    return tuple(reason for reason in REASONS if reason in held)


def _newest_by_person(evidence: Sequence[Evidence]) -> list[Evidence]:
    if len(evidence) < 2:
        return list(evidence)
    newest: dict[str | None, Evidence] = {}
    for one in sorted(evidence, key=_day):
        newest[one.person] = one
    return sorted(newest.values(), key=_day, reverse=True)


def _day(evidence: Evidence) -> date:
    return evidence.day or date.min


def _why_short(evidence: Sequence[Evidence], counting: Sequence[Evidence], terms: Terms) -> set[str]:
    """Every reason why fewer people than the quorum vouch for today's content."""
    why = set()
    known = [one for one in evidence if one.matches is not None]
    if len(known) < len(evidence):
        why.add(UNKNOWN_HISTORY)
    vouching = {one.person for one in counting}
    others = [one for one in known if one.person not in vouching]
    human = [one for one in others if one.person is not None]
    if any(not one.matches for one in human or others):
        why.add(CONTENT_CHANGED)
    if any(not terms.counts(one) for one in human):
        why.add(NOT_ENTITLED)
    if counting:
        why.add(QUORUM_MISSING)
    elif known and all(one.person is None for one in known):
        why.add(MACHINE_ONLY)
    return why or {QUORUM_MISSING}


def _basis(evidence: Sequence[Evidence], counting: Sequence[Evidence], terms: Terms) -> Sequence[Evidence]:
    """The stamps that the due day is counted from: the newest `quorum` that count.

    Where too few count, what would count if the content had not changed, so that overdue shows as overdue too.
    """
    if len(counting) >= terms.quorum:
        return counting[: terms.quorum]
    entitled = _newest_by_person([one for one in evidence if terms.counts(one)])
    return (entitled or sorted(evidence, key=_day, reverse=True))[: terms.quorum]


def _due(basis: Sequence[Evidence], interval: Interval | None) -> date | None:
    return interval.after(min(map(_day, basis))) if interval else None


def _verified_at(basis: Sequence[Evidence]) -> date:
    return max(map(_day, basis))


def _waits_from(basis: Sequence[Evidence], due: date | None, adoption: Adoption | None) -> date | None:
    """The day from which an overdue article has a first due day: it was only dated, and before the base was adopted.

    Overdue by its interval (`due`) only: a `stale_after` in the file was meant for that very day.
    """
    if adoption is None or due is None or not all(one.date_only for one in basis):
        return None
    return max(adoption.on, due) if _verified_at(basis) < adoption.on else None
