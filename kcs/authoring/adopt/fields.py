"""What each front matter key of a base means, judged by its name and its values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kcs.article.days import DAY_FIRST, MONTH_FIRST, parse_day, parse_interval
from kcs.authoring.adopt.field_names import NAMES, folded, spellings
from kcs.authoring.adopt.survey import Candidate

# They do not say what they are the date of: in Wiki.js the last edit, on Microsoft Learn an edit or a review.
_GENERAL = ("date", "msdate")
_SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}")
_DAYS = ("verified_at", "created", "updated")
AUDIENCES = ("internal", "partner", "external")
# Programs: Wiki.js and others note under `editor` in which one a page was written.
_EDITORS = frozenset(("markdown", "asciidoc", "html", "code", "visual", "wysiwyg", "ckeditor", "api"))
# A name this general counts only when it is used widely.
LEAST_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class FieldGuess:
    """`ours` is called `theirs` in `count` articles, `filled` of which hold a value that fits."""

    ours: str
    theirs: str
    count: int
    filled: int


def guess_date_order(articles: Sequence[Candidate]) -> str:
    """`month-first` or `day-first` where dates such as 01/25/2026
    are in use and prove it; empty if none do, or both.
    """
    seen: Counter[str] = Counter()
    for article in articles:
        for value in article.document.meta.values():
            if isinstance(value, str) and (order := order_proved(value)):
                seen[order] += 1
    return next(iter(seen)) if len(seen) == 1 else ""


def order_proved(value: str) -> str:
    """The order of day and month that a date such as 01/25/2026 proves; empty if it proves none."""
    if match := _SLASHED.fullmatch(value.strip()):
        first, second = int(match[1]), int(match[2])
        if first <= 12 < second <= 31:
            return MONTH_FIRST
        if second <= 12 < first <= 31:
            return DAY_FIRST
    return ""


def guess_fields(articles: Sequence[Candidate], on: date, order: str = "") -> list[FieldGuess]:
    """What the base calls our fields, in the order of our names. `order` of dates: as `guess_date_order` says.

    `on`: today; a day in the future is not the day of a check, but the day on which one is due.
    """
    counts: dict[str, list[Any]] = {}
    for article in articles:
        for key, value in article.document.meta.items():
            counts.setdefault(key, []).append(value)
    spelt = spellings(counts)
    taken: set[str] = set()
    guesses = []
    for ours, names in NAMES.items():
        best = _best(
            _guess(ours, key, counts, order, on)
            for name in names
            for key in spelt.get(folded(name), ())
            if key not in taken
        )
        if best is not None and best.count >= max(1, len(articles) * LEAST_SHARE):
            guesses.append(best)
            taken.add(best.theirs)
    return guesses


def _best(guesses: Iterable[FieldGuess]) -> FieldGuess | None:
    """The key with the most values that fit; a plain `date` yields to a key that says of what."""
    ranked = sorted(guesses, key=_weight, reverse=True)
    telling = next((one for one in ranked if folded(one.theirs) not in _GENERAL), None)
    if telling and ranked[0].filled <= 3 * telling.filled:
        return telling
    return next(iter(ranked), None)


def _weight(guess: FieldGuess) -> int:
    return guess.filled * 1000 + guess.count


def _guess(ours: str, name: str, counts: dict[str, list[Any]], order: str, on: date) -> FieldGuess:
    values = counts.get(name, [])
    filled = [value for value in values if value not in (None, "", [])]
    fits = _FITS.get(ours, _is_anything)
    fitting = [value for value in filled if (_is_day(value, order) if fits is _is_day else fits(value))]
    if ours == "verified_at":
        fitting = [value for value in fitting if not to_come(value, order, on)]
    # If most values of a key do not fit, it means something else, whatever its name.
    # Except an audience: an unknown one closes the article, and this must not get lost.
    usable = len(fitting) * 2 > len(filled) or not filled or ours == "audience"
    return FieldGuess(ours, name, len(values) if usable else 0, len(fitting) if usable else 0)


def _is_anything(_: Any) -> bool:
    return True


def _is_day(value: Any, order: str = "") -> bool:
    return isinstance(value, str) and parse_day(value, order=order) is not None


def to_come(value: str, order: str, on: date) -> bool:
    """Whether it is a day in the future."""
    day = parse_day(value, order=order)
    # A day ahead is the clock of somebody further east.
    return day is not None and day > on + timedelta(days=1)


def _is_interval(value: Any) -> bool:
    return isinstance(value, str) and (value == "never" or parse_interval(value) is not None)


def _is_language(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", value) is not None


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[\w.-]{1,64}", value) is not None


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_person(value: Any) -> bool:
    return str(value).casefold() not in _EDITORS


_FITS: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(_DAYS, _is_day),
    "verify_every": _is_interval,
    "language": _is_language,
    "editor": _is_person,
    **dict.fromkeys(("product", "permalink", "description", "title", "type"), _is_text),
    "id": _is_id,
    "draft": lambda value: isinstance(value, bool),
    "audience": lambda value: value in AUDIENCES,
}


def shared_ids(articles: Sequence[Candidate], key: str) -> int:
    """How many articles share their id with another, if most do (translations, versions of a page); else 0."""
    ids = Counter(
        str(value) for one in articles if (value := one.document.meta.get(key)) not in (None, "", [])
    )
    shared = sum(count for count in ids.values() if count > 1)
    return shared if shared * 2 > ids.total() else 0


def common_interval(articles: Sequence[Candidate], key: str) -> str:
    """The most common interval at `key`, as written; empty if there is none."""
    values = Counter(
        value
        for one in articles
        if isinstance(value := one.document.meta.get(key), str) and parse_interval(value) is not None
    )
    return next((value for value, _ in values.most_common(1)), "")


def names_people(articles: Sequence[Candidate], key: str, people: Collection[str]) -> bool:
    """Whether at least half of the values at `key` are among `people` (names and ids, in lower case)."""
    values = [
        value.casefold() for one in articles if isinstance(value := one.document.meta.get(key), str) and value
    ]
    return 2 * sum(value in people for value in values) >= max(len(values), 1)
