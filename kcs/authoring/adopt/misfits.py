"""Keys of a base that look like ours but are not: values unreadable as ours, and misspellings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from kcs.article.days import parse_day
from kcs.authoring.adopt.field_names import NAMES, folded, spellings
from kcs.authoring.adopt.fields import LEAST_SHARE, order_proved, to_come
from kcs.authoring.adopt.survey import Candidate


@dataclass(frozen=True, slots=True)
class Misfit:
    """A key that by its name should be our `ours`, in `count` articles;
    most of its values, such as `example`, cannot be read as that.

    `ahead`: they are days in the future. `against`: a date that begins with the day where `example` begins with the month, or the reverse.
    `within`: it stands under another key (`review: {last_reviewed: ...}`), where nothing is read or stamped.
    """

    ours: str
    theirs: str
    count: int
    example: str
    ahead: bool = False
    against: str = ""
    within: bool = False


@dataclass(frozen=True, slots=True)
class Suspect:
    """A key that looks like a mistyped one."""

    key: str
    path: str
    line: int | None
    near: str


def misfits(articles: Sequence[Candidate], names: Collection[str], order: str, on: date) -> list[Misfit]:
    """Keys whose names promise what trust or products depend on, but whose values cannot be read as that. `names`: our
    fields that are mapped or set apart.

    `order` of dates: as `guess_date_order` says; `on`: today.
    """
    spelt = spellings({key for one in articles for key in one.document.meta})
    found = []
    for ours in ("verified_at", "verify_every", "product"):
        theirs = (key for name in NAMES[ours] for key in spelt.get(folded(name), ()) if key != "product")
        for key in theirs if ours not in names else ():
            values = [
                str(value) for one in articles if (value := one.document.meta.get(key)) not in (None, "", [])
            ]
            if len(values) >= max(2, len(articles) * LEAST_SHARE):
                ahead = sum(to_come(value, order, on) for value in values) * 2 >= len(values)
                day = ours == "verified_at"
                example, against = _opposed(values) if day else ("", "")
                example = example or Counter(values).most_common(1)[0][0]
                found.append(Misfit(ours, key, len(values), example, ahead and day, against))
                break
    if "verified_at" not in names and not any(one.ours == "verified_at" for one in found):
        found.extend(_days_within(articles, order))
    return found


def _days_within(articles: Sequence[Candidate], order: str) -> list[Misfit]:
    """The key that most often holds days of a check under another one, if a share of articles has it."""
    known = {folded(name) for name in NAMES["verified_at"]}
    within = [
        (f"{key}.{inner}", day)
        for one in articles
        for key, value in one.document.meta.items()
        if isinstance(value, dict)
        for inner, day in value.items()
        if folded(inner) in known and isinstance(day, str) and parse_day(day, order=order)
    ]
    most = Counter(name for name, _ in within).most_common(1)
    return [
        Misfit("verified_at", name, count, next(day for key, day in within if key == name), within=True)
        for name, count in most
        if count >= max(2, len(articles) * LEAST_SHARE)
    ]


def _opposed(values: Sequence[str]) -> tuple[str, str]:
    """A date in the order of day and month that most have, and
    one in the other; both empty if only one order is proved.
    """
    proved: dict[str, list[str]] = {}
    for value in values:
        if order := order_proved(value):
            proved.setdefault(order, []).append(value)
    most, *other = sorted(proved.values(), key=len, reverse=True) or [[]]
    return (most[0], other[0][0]) if other else ("", "")


def suspects(articles: Sequence[Candidate]) -> list[Suspect]:
    """Rare keys that are one slip away from a common one."""
    counts: dict[str, int] = {}
    for article in articles:
        for key in article.document.meta:
            counts[key] = counts.get(key, 0) + 1
    common = [key for key, count in counts.items() if count >= max(3, len(articles) // 20)]
    near = {
        key: close[0]
        for key, count in counts.items()
        if count <= max(1, len(articles) // 200)
        and key not in common
        and (close := get_close_matches(key, common, 1, 0.86))
    }
    return [
        Suspect(key, article.path, article.document.lines.get(key), near[key])
        for article in articles
        for key in article.document.meta
        if key in near
    ]
