"""A query's conditions as a set of paths, worked out from the base so that all engines agree.

Policies, the team and the day apply here, at query time; an index knows nothing of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from kcs.article.states import ARCHIVED, CONFIDENCES
from kcs.errors import UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.patterns import later
from kcs.search.language import Condition, Query, spelt
from kcs.tuples import NamedTuple

# Each is tried on every article of the base; nobody means so many, and leaving some out would find too much.
MOST_CONDITIONS = 50

Test = Callable[[Article], bool]

# What keeps an answer from those it is not for. A program adds these to a question that somebody else typed, and
# `trusted:no` or `audience:internal` inside that question must not open what they close.
_GATES = ("trusted", "audience")
# Title words and days narrow each other: title:outlook title:2013 is about both.
_EACH_HOLDS = (*_GATES, "title", "changed")


class Narrowed(NamedTuple):
    """`paths` to search among; None: the whole base. `notes`: what to tell the user about the conditions.

    `meant`: for conditions whose value no article has, those with the nearest value in use; None if nothing is like it
    and no article is left.
    """

    paths: frozenset[str] | None
    notes: tuple[str, ...] = ()
    meant: Mapping[Condition, Condition | None] = {}


def narrow(kb: KnowledgeBase, query: Query, *, archived: bool) -> Narrowed:
    """The articles that fit a query's conditions. UsageProblem for an impossible value."""
    notes: list[str] = []
    meant: dict[Condition, Condition | None] = {}
    asked = tuple(dict.fromkeys(query.conditions))
    if len(asked) > MOST_CONDITIONS:
        raise UsageProblem(
            f"the query has {len(asked)} conditions, and the most is {MOST_CONDITIONS}",
            hint="without some of them, or without the colons that make them conditions",
        )
    tests = [_test(kb, field_conditions, notes, meant) for field_conditions in _by_field(asked)]
    named = any(
        one.field == "confidence" and not one.no and one.value.lower() == ARCHIVED for one in query.conditions
    )
    if not archived and not named and any(one.confidence == ARCHIVED for one in kb.articles.settings()):
        if not tests:
            return Narrowed(frozenset(kb.articles.settled(lambda one: one.confidence != ARCHIVED)))
        tests.append(lambda one: one.confidence != ARCHIVED)
    if not tests:
        return Narrowed(None)
    # One after the other: an article excluded by another condition needs no verdict.
    left: Iterable[Article] = kb.articles
    for test in tests:
        left = filter(test, left)
    paths = frozenset([one.path for one in left])
    return Narrowed(paths, (*notes, *(() if paths else _at_odds(asked))), meant)


def _by_field(conditions: Sequence[Condition]) -> list[list[Condition]]:
    """Group conditions: any on a field may hold, all exclusions must; those that need Git or trust come last."""
    groups: dict[object, list[Condition]] = {}
    for place, one in enumerate(sorted(conditions, key=lambda one: one.field in ("trusted", "changed"))):
        alone = one.no or one.field in _EACH_HOLDS
        groups.setdefault(place if alone else one.field, []).append(one)
    return list(groups.values())


def _at_odds(conditions: Sequence[Condition]) -> Iterator[str]:
    """Of a query that nothing fits: conditions that no article could meet together."""
    for field in _GATES:
        said = {_plain(one): spelt(one) for one in conditions if one.field == field and not one.no}
        if len(said) > 1:
            yield f"no article has {' and '.join(said.values())} at once: each condition on {field} must hold"


def _plain(condition: Condition) -> object:
    return _yes(condition.value) if condition.field == "trusted" else condition.value.lower()


def _test(
    kb: KnowledgeBase,
    conditions: Sequence[Condition],
    notes: list[str],
    meant: dict[Condition, Condition | None],
) -> Test:
    first = conditions[0]
    if first.field == "changed":
        test = _changed(kb, first.value)
    elif first.field == "trusted":
        wanted = {_yes(one.value) for one in conditions}
        return lambda one: (kb.verdicts[one.path].trusted != first.no) in wanted
    elif first.field == "title":
        from kcs.kb.values import folded

        words = folded(first.value)
        return lambda one: (words in folded(one.title)) != first.no
    else:
        test = _has(kb, conditions, notes, meant)
    return (lambda one: not test(one)) if first.no else test


def _has(
    kb: KnowledgeBase,
    conditions: Sequence[Condition],
    notes: list[str],
    meant: dict[Condition, Condition | None],
) -> Test:
    from kcs.kb.values import VALUES, alike, asked_as, known, meant_by

    field = "language" if conditions[0].field == "lang" else conditions[0].field
    values = VALUES[field]
    wanted = {asked_as(kb.config, field, one.value) for one in conditions}
    if field == "confidence":
        _check_confidence(conditions)
    there = known(kb.articles, field)
    for one in conditions:
        if asked_as(kb.config, field, one.value) not in there:
            # An empty list must not look as if nothing was written: the value is misspelt or needs quotes.
            value = meant_by(kb.config, field, one.value, there)
            near = one._replace(value=value)
            notes.append(
                f"no article has {spelt(one._replace(no=False))}"
                + (f"; did you mean {_typed(near)}?" if value else "")
            )
            if value or (not one.no and wanted.isdisjoint(there)):
                meant[one] = near if value else None
    return lambda one: not wanted.isdisjoint(map(alike, values(one)))


def _typed(condition: Condition) -> str:
    """The condition as typed in a shell."""
    said = spelt(condition._replace(no=False))
    return f"'{said}'" if '"' in said else said


def _check_confidence(conditions: Sequence[Condition]) -> None:
    from kcs.errors import nearest_hint

    for one in conditions:
        if one.value.lower() not in CONFIDENCES:
            raise UsageProblem(
                f"confidence:{one.value} is unknown", hint=nearest_hint(one.value, list(CONFIDENCES))
            )


_SAID = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def _yes(value: str) -> bool:
    said = _SAID.get(value.lower())
    if said is None:
        raise UsageProblem(f"trusted:{value} is neither yes nor no", hint="write trusted:yes or trusted:no")
    return said


def _changed(kb: KnowledgeBase, value: str) -> Test:
    from kcs.search.changed import Changed

    first, last = days(value)
    changed = Changed(kb)

    def test(article: Article) -> bool:
        day = changed.day(article)
        return day is not None and first <= day <= last

    return test


_DAY = later(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")
_RANGE = later(r"(?P<sign>>=|<=|>|<|=)?(?P<from>[\d-]*)(?P<to>\.\.[\d-]*)?")


def days(value: str) -> tuple[date, date]:
    """The first and last day of a `changed:` value. UsageProblem if it means none.

    A day, a month or a year; with >, >=, < or <= before it; or FROM..TO, of which one may be missing.
    """
    found = _RANGE.fullmatch(value)
    if found is None or (found["sign"] and found["to"]) or not (found["from"] or (found["to"] or "")[2:]):
        raise _no_day(value, value.lstrip("<>="))
    sign, first, last = found["sign"] or "=", date.min, date.max
    if found["to"] is not None:
        first = _span(found["from"], value)[0] if found["from"] else first
        last = _span(found["to"][2:], value)[1] if found["to"][2:] else last
        if last < first:
            raise UsageProblem(
                f"changed:{value} ends before it begins",
                hint=f"write changed:{found['to'][2:]}..{found['from']}",
            )
        return first, last
    start, end = _span(found["from"], value)
    try:
        if sign in (">", ">="):
            return (start if sign == ">=" else end + timedelta(days=1)), last
        if sign in ("<", "<="):
            return first, (end if sign == "<=" else start - timedelta(days=1))
    except OverflowError:  # no calendar goes on there
        raise _no_day(value, found["from"]) from None
    return start, end


def _span(text: str, value: str) -> tuple[date, date]:
    found = _DAY.fullmatch(text)
    if found is None:
        raise _no_day(value, text)
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None, "there is no match without one"
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise _no_day(value, text) from None
    if day:
        return first, first
    if month in (None, 12):
        return first, date(year, 12, 31)
    return first, date(year, month + 1, 1) - timedelta(days=1)


def _no_day(value: str, text: str) -> UsageProblem:
    """`text`: the part that should be a day."""
    from kcs.article.no_day import why_no_day

    if told := why_no_day(text):
        return UsageProblem(f"changed:{value}: {text} {told[0]}", hint=told[1])
    return UsageProblem(
        f"changed:{value} names no day",
        hint="such as 'changed:>2026-01-31', changed:2026-01 or changed:2025..2026-03",
    )
