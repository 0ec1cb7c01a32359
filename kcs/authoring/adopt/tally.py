"""Accounts for every file of an adopted base, so that the sums agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kcs.article.days import parse_day
from kcs.article.stamps import stamps_of
from kcs.article.states import VALIDATED, confidence_from
from kcs.authoring.adopt.survey import Candidate, Survey


@dataclass(frozen=True, slots=True)
class Tally:
    """`files` = dated + stamped + undated + drafts + retired + unreadable + the numbers of `states` and `no_article`.

    `states`: how many say themselves how far they are: something else than validated, whatever their date, or that without one.
    `stamped`: those that hold a verification as kcs and OKF write it.
    `odd_dates` (a date nobody can read) are among the undated or say themselves how far they are; files with `duplicate_keys` are among the others.
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
    retired: Mapping[str, int],
    unpublished: Mapping[str, int],
    order: str = "",
    status: str = "status",
) -> Tally:
    """Count by what trust will ask: is there a date, is it a draft, is it retired, can it be read.

    `retired` and `unpublished`: folders of what is archived, and of drafts. `status`: the key that may say how far an article is.
    """
    counts: Counter[str] = Counter()
    states: Counter[str] = Counter()
    unreadable, odd = [], []
    for article in survey.articles:
        meta = article.document.meta
        value = meta.get(date_key)
        said = confidence_from({"confidence": meta.get("confidence"), "status": meta.get(status)})
        if article.unreadable:
            unreadable.append(article)
        elif any(article.path.startswith(folder + "/") for folder in retired):
            counts["retired"] += 1
        elif (draft_key and article.document.meta.get(draft_key) is True) or any(
            article.path.startswith(folder + "/") for folder in unpublished
        ):
            counts["drafts"] += 1
        elif said not in (None, VALIDATED):
            states[said or ""] += 1
        elif said and any(stamp.day for stamp in stamps_of(meta)):
            counts["stamped"] += 1
        elif isinstance(value, str) and parse_day(value, order=order):
            counts["dated"] += 1
        else:
            if said:
                states[said] += 1
            else:
                counts["undated"] += 1
            if value:
                odd.append((article, str(value)))
            elif date_key in article.document.meta:
                counts["empty"] += 1
    return Tally(
        files=len(survey.candidates),
        dated=counts["dated"],
        stamped=counts["stamped"],
        undated=counts["undated"],
        drafts=counts["drafts"],
        retired=counts["retired"],
        states=dict(states.most_common()),
        unreadable=unreadable,
        no_article=dict(Counter(one.no_article for one in survey.others).most_common()),
        empty_dates=counts["empty"],
        odd_dates=odd,
        duplicate_keys=[
            one
            for one in survey.candidates
            if any(problem.code == "duplicate-key" for problem in one.document.problems)
        ],
    )
