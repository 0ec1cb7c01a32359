"""The trust score: both numbers, the figures beside it, and why it is not higher (docs/trust.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from kcs.article.states import ARCHIVED, NOT_VALIDATED, VALIDATED, WORK_IN_PROGRESS
from kcs.article.trust import REASONS, UNREADABLE, Verdict
from kcs.kb.articles import Article

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase

COUNTED = (VALIDATED, NOT_VALIDATED, UNREADABLE)


@dataclass(frozen=True, slots=True)
class Score:
    """`total` = validated + not-validated + unreadable; `percent`
    and `kept_percent` None if there is nothing to divide by.
    """

    trusted: int
    total: int
    validated: int
    dated: int
    excluded: Mapping[str, int]
    reasons: Mapping[str, int]
    first_reason: Mapping[str, int]
    unreadable: Sequence[str] = field(default_factory=tuple)

    @property
    def percent(self) -> float | None:
        """Trusted, in percent of all that count."""
        return percent(self.trusted, self.total)

    @property
    def kept_percent(self) -> float | None:
        """Promise kept: trusted in percent of what is validated."""
        return percent(self.trusted, self.validated)


def percent(part: int, whole: int) -> float | None:
    """A share with one digit, rounded down, so that 99.96 never shows as a target of 100 that was not met."""
    return (part * 1000 // whole) / 10 if whole else None


def state_of(article: Article) -> str:
    """What an article counts as: unreadable, or its confidence."""
    return UNREADABLE if article.unreadable else article.confidence


def score(articles: Iterable[Article], verdicts: Mapping[str, Verdict]) -> Score:
    """The score of these articles."""
    states: dict[str, int] = {}
    reasons: dict[str, int] = {}
    first: dict[str, int] = {}
    trusted = dated = 0
    unreadable = []
    for article in articles:
        state, verdict = state_of(article), verdicts[article.path]
        states[state] = states.get(state, 0) + 1
        if state == UNREADABLE:
            unreadable.append(article.path)
        if state not in COUNTED:
            continue
        dated += verdict.verified_at is not None
        trusted += verdict.trusted
        for reason in verdict.reasons:
            reasons[reason] = reasons.get(reason, 0) + 1
        if verdict.reasons:
            first[verdict.reasons[0]] = first.get(verdict.reasons[0], 0) + 1
    return Score(
        trusted=trusted,
        total=sum(states.get(state, 0) for state in COUNTED),
        validated=states.get(VALIDATED, 0),
        dated=dated,
        excluded={state: states.get(state, 0) for state in (WORK_IN_PROGRESS, ARCHIVED)},
        reasons=_in_order(reasons),
        first_reason=_in_order(first),
        unreadable=tuple(unreadable),
    )


def _in_order(counts: Mapping[str, int]) -> dict[str, int]:
    return {reason: counts[reason] for reason in REASONS if reason in counts}


def left_the_count(before: Mapping[str, str], now: Mapping[str, str]) -> int:
    """How many articles counted before and no longer do. Both
    arguments: key -> state. Articles that are gone count as well.
    """
    return sum(state in COUNTED and now.get(key) not in COUNTED for key, state in before.items())


def left_in_30_days(kb: KnowledgeBase, articles: Iterable[Article]) -> int | None:
    """How many articles counted 30 days before the base's day and do not now; None if Git cannot say."""
    from kcs.kb.opening import articles_on

    before = articles_on(kb, kb.today - timedelta(days=30))
    if before is None:
        return None
    chosen = {kb.links.key(article.path): state_of(article) for article in articles}
    everything = {kb.links.key(article.path) for article in kb.articles}
    # An article that is gone belongs to every selection: nobody can say any more whether it would fit a filter.
    asked = {key: state_of(one) for key, one in before.items() if key in chosen or key not in everything}
    return left_the_count(asked, chosen)


def split(kb: KnowledgeBase, articles: Iterable[Article], by: str) -> dict[str, Score]:
    """The score of each product, team or owner, by name; "" for articles without one."""
    return {name: score(found, kb.verdicts) for name, found in grouped(kb, by, articles).items()}


def grouped(
    kb: KnowledgeBase, by: str, articles: Iterable[Article] | None = None
) -> dict[str, list[Article]]:
    """The articles (of all, or of some) of each product, team, owner or language, by name; "" for those without one."""
    groups: dict[str, list[Article]] = {}
    for article in kb.articles if articles is None else articles:
        for name in _names(kb, article, by):
            groups.setdefault(name, []).append(article)
    return {name: groups[name] for name in sorted(groups)}


def _names(kb: KnowledgeBase, article: Article, by: str) -> Sequence[str]:
    if by == "product":
        return (article.own.product,)
    if by == "language":
        return (article.settings.language,)
    if by == "owner" or not article.owner or article.owner in kb.team.members:
        return (article.owner,)
    person = kb.team.people.get(article.owner)
    return person.teams if person and person.teams else (article.owner,)
