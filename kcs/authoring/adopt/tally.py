"""Accounts for every file of an adopted base, so that the sums agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kcs.article.days import parse_day
from kcs.article.stamps import stamps_of
from kcs.article.states import VALIDATED, confidence_from
from kcs.authoring.adopt.survey import Candidate, Survey

# How articles count that do not say themselves how far they are.
_DATED, _STAMPED, _UNDATED, _DRAFT, _RETIRED = "dated", "stamped", "undated", "draft", "retired"


@dataclass(frozen=True, slots=True)
class Tally:
    """`files` = dated + stamped + undated + drafts + retired + unreadable + the numbers of `states` and `no_article`.

    `states`: the articles that say themselves how far they are: something other than validated, whatever their date, or
    validated without a date. `stamped`: those that hold a verification as kcs and OKF write it.
    `odd_dates` (a date nobody can read) are among the undated or in `states`; files with `duplicate_keys` are among the others.
    """

    files: int
    dated: int
    stamped: int
    undated: int
    drafts: int
    retired: int
    states: Mapping[str, int]
    unreadable: Sequence[Candidate]
    no_article: Mapping[str, int]
    empty_dates: int
    odd_dates: Sequence[tuple[Candidate, str]]
    duplicate_keys: Sequence[Candidate]


def tally(
    survey: Survey,
    date_key: str,
    draft_key: str,
    retired: Iterable[str],
    unpublished: Iterable[str],
    order: str = "",
    status: str = "status",
) -> Tally:
    """Count by what trust will ask: is there a date, is it a draft, is it retired, can it be read.

    `retired` and `unpublished`: folders of archived articles, and of drafts.
    `status`: the key that may say how far an article is.
    """
    signs = _Signs(date_key, draft_key, status, order, _beginnings(retired), _beginnings(unpublished))
    kinds = [(signs.kind(one), one) for one in survey.readable]
    counts = Counter(kind for kind, _ in kinds)
    without_date = [one for kind, one in kinds if kind in (_UNDATED, VALIDATED)]
    dates = [(one, one.document.meta.get(date_key)) for one in without_date]
    return Tally(
        files=len(survey.candidates),
        dated=counts.pop(_DATED, 0),
        stamped=counts.pop(_STAMPED, 0),
        undated=counts.pop(_UNDATED, 0),
        drafts=counts.pop(_DRAFT, 0),
        retired=counts.pop(_RETIRED, 0),
        states=dict(counts.most_common()),
        unreadable=[one for one in survey.articles if one.unreadable],
        no_article=dict(Counter(one.no_article for one in survey.others).most_common()),
        empty_dates=sum(not value and date_key in one.document.meta for one, value in dates),
        odd_dates=[(one, str(value)) for one, value in dates if value],
        duplicate_keys=[
            one
            for one in survey.candidates
            if any(problem.code == "duplicate-key" for problem in one.document.problems)
        ],
    )


@dataclass(frozen=True, slots=True)
class _Signs:
    """What tells how an article counts: the base's own keys, and
    the beginnings of paths of archived articles and of drafts.
    """

    date_key: str
    draft_key: str
    status: str
    order: str
    retired: tuple[str, ...]
    drafts: tuple[str, ...]

    def kind(self, article: Candidate) -> str:
        """How a readable article counts: as one of the constants above, or as the state that it says itself."""
        meta = article.document.meta
        if article.path.startswith(self.retired):
            return _RETIRED
        if (self.draft_key and meta.get(self.draft_key) is True) or article.path.startswith(self.drafts):
            return _DRAFT
        said = confidence_from({"confidence": meta.get("confidence"), "status": meta.get(self.status)})
        if said and said != VALIDATED:
            return said
        if said and any(stamp.day for stamp in stamps_of(meta)):
            return _STAMPED
        value = meta.get(self.date_key)
        if isinstance(value, str) and parse_day(value, order=self.order):
            return _DATED
        return said or _UNDATED


def _beginnings(folders: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{folder}/" for folder in folders)
