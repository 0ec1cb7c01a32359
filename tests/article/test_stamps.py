"""What front matter says of verifications and flags, read
as it stands; what is not understood never counts for more.
"""

from __future__ import annotations

from datetime import UTC, date, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.article.stamps import UNREADABLE, Flag, Stamp, entries_of, flags_of, stamps_of

AT = "2026-11-20T09:12:00Z"
DAY = date(2026, 11, 20)


def test_every_field_of_an_entry() -> None:
    full = {
        "by": "human:jd",
        "at": AT,
        "content": "kcs1:0",
        "note": "n",
        "ticket": "ZD-1",
        "minor": True,
        "unseen": True,
    }
    assert stamps_of({"verified": [full, {}]}) == [
        Stamp(0, "human:jd", AT, DAY, "kcs1:0", "n", "ZD-1", True, True),
        Stamp(1, "", "", None, None, "", "", False, False),
    ]
    flag = {"by": "human:kp", "at": "2026-11-21", "reason": "unclear", "section": "Cause", "note": "which?"}
    assert flags_of({"flags": [{}, flag]}) == [
        Flag(0, "", "", ""), Flag(1, "human:kp", "2026-11-21", "unclear", "Cause", "which?"),
    ]  # fmt: skip
    assert stamps_of({}) == [] and flags_of({"flags": ""}) == []


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        ({"at": AT}, DAY),
        ({"at": AT, "since": None}, DAY),
        ({"at": AT, "since": "2026-05-01"}, date(2026, 5, 1)),
        ({"at": AT, "since": "soon"}, None),
        ({"at": AT, "since": ""}, None),
        ({"at": AT, "since": 20260501}, None),
        ({"at": ["2026-11-20"]}, None),
        ({"at": "2026-11-20T22:30:00Z"}, date(2026, 11, 21)),
    ],
)
def test_the_day_it_counts_from(entry: dict[str, Any], day: date | None) -> None:
    """In the base's timezone; where it counts from another day than its own, that day and no other."""
    assert [one.day for one in stamps_of({"verified": entry}, timezone(timedelta(hours=7)))] == [day]
    assert entry["at"] != "2026-11-20T22:30:00Z" or stamps_of({"verified": entry}, UTC)[0].day == DAY


@pytest.mark.parametrize(
    ("by", "person"),
    [
        ("human:jd", "jd"), ("human:x", "x"), ("human:human:x", "human:x"), ("human:", None), ("", None), ("jd", None), ("process:ci", None),
        ("Human:jd", None), ("x human:jd", None), (7, None), (" human:jd ", "jd"), (["human:jd"], None),
    ],
)  # fmt: skip
def test_whose_it_is(by: Any, person: str | None) -> None:
    assert [one.person for one in stamps_of({"verified": {"by": by}})] == [person]


@pytest.mark.parametrize("value", ["true", "yes", 1, None, [True]])
def test_only_true_is_true(value: object) -> None:
    (found,) = stamps_of({"verified": [{"minor": value, "unseen": value, "content": value}]})
    assert (found.minor, found.unseen, found.content) == (
        False,
        False,
        value if isinstance(value, str) or value is None else UNREADABLE,
    )


@pytest.mark.parametrize(
    "reason", ["wrong", "outdated", "unsafe", "changed", "", "Style", "whatever", None, ["style"]]
)
def test_a_flag_blocks_for_any_reason_but_three(reason: object) -> None:
    assert [one.blocking for one in flags_of({"flags": {"reason": reason}})] == [True]


def test_three_reasons_take_no_trust() -> None:
    flags = [{"reason": one} for one in ("unclear", "style", "duplicate")]
    assert (
        not any(one.blocking for one in flags_of({"flags": flags})) and len(flags_of({"flags": flags})) == 3
    )


_VALUES = (
    st.none() | st.text(max_size=5) | st.integers() | st.booleans() | st.lists(st.integers(), max_size=2)
)
_ENTRIES = st.dictionaries(st.sampled_from(["by", "at", "since", "content", "reason"]), _VALUES, max_size=3)


@given(_VALUES | _ENTRIES | st.lists(_VALUES | _ENTRIES, max_size=3))
def test_each_item_is_an_entry_whatever_it_is(value: Any) -> None:
    items = value if isinstance(value, list) else [] if value in (None, "") else [value]
    assert entries_of(value) == [one if isinstance(one, dict) else {} for one in items]
    assert [one.index for one in stamps_of({"verified": value})] == list(range(len(items)))
    blocking = [one.blocking for one in flags_of({"flags": value})]
    assert blocking == [True] * len(items), "what nobody understands takes trust away"
