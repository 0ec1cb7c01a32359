from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kcs.article.days import Interval
from kcs.article.judging import judge
from kcs.article.trust import REASONS, Adoption, Evidence, Terms, Verdict

DAY = date(2026, 11, 1)
TERMS = Terms(interval=Interval(days=90))


def stamp(
    person: str | None = "jd", day: date | None = DAY, matches: bool | None = True, date_only: bool = False
) -> Evidence:
    return Evidence(person, day, matches, date_only)


def verdict(
    *evidence: Evidence,
    terms: Terms = TERMS,
    today: date = DAY,
    confidence: str = "validated",
    **rest: object,
) -> Verdict:
    return judge(confidence, evidence, terms, today, **rest)  # type: ignore[arg-type]


def test_a_stamp_for_todays_content_is_trust_until_the_due_day() -> None:
    found = verdict(stamp())
    assert found == Verdict((), DAY, date(2027, 1, 30), ("jd",))
    assert verdict(stamp(), today=date(2027, 1, 29)).trusted
    assert verdict(stamp(), today=date(2027, 1, 30)).reasons == ("stale",)


def test_the_stored_day_can_only_bring_the_due_day_forward() -> None:
    assert verdict(stamp(), stale_after=date(2026, 12, 1)).due == date(2026, 12, 1)
    assert verdict(stamp(), stale_after=date(2099, 1, 1)).due == date(2027, 1, 30)
    never = Terms(interval=None)
    assert verdict(stamp(), terms=never).due is None
    assert verdict(stamp(), terms=never, stale_after=date(2026, 12, 1), today=date(2026, 12, 1)).reasons == (
        "stale",
    )


def test_every_reason_that_holds_is_given_in_the_order_of_the_vocabulary() -> None:
    found = verdict(stamp(matches=False), confidence="not-validated", today=date(2027, 6, 1), blocked=True)
    assert found.reasons == ("not-validated", "stale", "content-changed", "flagged")
    assert found.due == date(2027, 1, 30)


@pytest.mark.parametrize(
    ("evidence", "terms", "reasons"),
    [
        ([], TERMS, ("never-verified",)),
        ([stamp(day=None)], TERMS, ("never-verified",)),
        ([stamp(matches=False)], TERMS, ("content-changed",)),
        ([stamp(None)], TERMS, ("machine-only",)),
        ([stamp(None, matches=False)], TERMS, ("content-changed", "machine-only")),
        ([stamp(matches=False), stamp(None)], TERMS, ("content-changed",)),
        ([stamp(matches=None)], TERMS, ("unknown-history",)),
        ([stamp("zo")], Terms(entitled=frozenset({"jd"})), ("not-entitled",)),
        ([stamp("jd"), stamp(None)], Terms(quorum=2), ("quorum-missing",)),
        ([stamp("jd"), stamp("kp", matches=False)], Terms(quorum=2), ("content-changed", "quorum-missing")),
        ([stamp("jd"), stamp("zo")], Terms(quorum=2, entitled=frozenset({"jd", "kp"})), ("quorum-missing", "not-entitled")),
        ([stamp("jd"), stamp("jd", DAY - timedelta(3))], Terms(quorum=2), ("quorum-missing",)),
        ([stamp("jd"), stamp("jd", DAY - timedelta(3), matches=False)], Terms(quorum=2), ("quorum-missing",)),
        ([stamp("jd"), stamp("kp")], Terms(quorum=2), ()),
        ([stamp("jd"), stamp("kp", matches=False), stamp(None, matches=False)], TERMS, ()),
        ([stamp("jd")], Terms(left={"jd": DAY}), ("not-entitled",)),
        ([stamp("jd")], Terms(left={"jd": DAY + timedelta(1)}), ()),
        ([stamp("jd")], Terms(entitled=frozenset()), ("not-entitled",)),
    ],
)  # fmt: skip
def test_why_not(evidence: list[Evidence], terms: Terms, reasons: tuple[str, ...]) -> None:
    assert verdict(*evidence, terms=terms).reasons == reasons


def test_with_a_quorum_the_oldest_of_the_newest_counts() -> None:
    terms = Terms(quorum=2, interval=Interval(days=90))
    found = verdict(
        stamp("a", DAY), stamp("b", DAY - timedelta(10)), stamp("c", DAY - timedelta(80)), terms=terms
    )
    assert found.due == DAY - timedelta(10) + timedelta(90)
    assert found.verified_at == DAY
    assert found.counting == ("a", "b", "c")


def test_what_was_verified_last_is_told_by_who_may_verify() -> None:
    before = stamp("jd", DAY - timedelta(80), matches=False)
    found = verdict(before, stamp("zo"), terms=TERMS._replace(entitled=frozenset({"jd"})))
    assert (found.verified_at, found.due) == (DAY - timedelta(80), DAY + timedelta(10))
    nobody = verdict(stamp("zo", DAY - timedelta(9)), stamp(None), terms=TERMS._replace(entitled=frozenset()))
    assert nobody.verified_at == DAY, "by whom ever, where none of them may"


def test_who_may_verify_on_a_day() -> None:
    terms = Terms(entitled=frozenset({"zo", "jd", "kp", "ab"}), left={"kp": DAY})
    assert terms.verifiers(DAY) == ["ab", "jd", "zo"]
    assert terms.verifiers(DAY - timedelta(1)) == ["ab", "jd", "kp", "zo"]
    assert Terms().verifiers(DAY) is None


def test_an_interval_that_cannot_be_read_is_due_at_once() -> None:
    found = verdict(stamp(), terms=Terms(interval=Interval()), today=DAY)
    assert (found.reasons, found.due) == (("stale",), DAY)


class TestAdoption:
    adoption = Adoption(date(2026, 6, 1), 180)
    old = stamp(day=date(2020, 1, 1), date_only=True)

    def test_what_was_overdue_waits_for_its_first_due_day(self) -> None:
        first = self.adoption.first_due("kb-1")
        assert self.adoption.on <= first < self.adoption.on + timedelta(180)
        before = verdict(self.old, today=first - timedelta(1), key="kb-1", adoption=self.adoption)
        assert before == Verdict(("adopted",), self.old.day, first, ("jd",))
        assert verdict(self.old, today=first, key="kb-1", adoption=self.adoption).reasons == ("stale",)

    def test_before_the_day_of_adoption_it_is_stale(self) -> None:
        assert verdict(self.old, today=date(2026, 5, 31), key="kb-1", adoption=self.adoption).reasons == (
            "stale",
        )

    def test_a_bound_stamp_or_a_later_date_ends_it(self) -> None:
        late, far = date(2027, 6, 1), Adoption(self.adoption.on, 100_000)
        assert verdict(self.old, today=late, key="kb-1", adoption=far).reasons == ("adopted",)
        on_the_day, after = (stamp(day=one, date_only=True) for one in (far.on, date(2026, 7, 1)))
        for one in (on_the_day, after, stamp(day=self.old.day)):
            assert verdict(one, today=late, key="kb-1", adoption=far).reasons == ("stale",)

    def test_one_bound_stamp_of_those_that_count_ends_it(self) -> None:
        terms = TERMS._replace(quorum=2)
        bound = stamp("kp", date(2020, 1, 1))
        dated = stamp("kp", date(2020, 1, 1), date_only=True)
        for other, reason in ((bound, "stale"), (dated, "adopted")):
            found = verdict(
                self.old, other, terms=terms, today=self.adoption.on, key="kb-1", adoption=self.adoption
            )
            assert found.reasons == (reason,)

    def test_what_is_not_overdue_is_judged_as_ever(self) -> None:
        recent = stamp(day=date(2026, 5, 20), date_only=True)
        assert verdict(recent, today=date(2026, 6, 2), key="kb-1", adoption=self.adoption).trusted

    def test_a_changed_article_stays_changed(self) -> None:
        old = stamp(day=date(2020, 1, 1), date_only=True, matches=False)
        found = verdict(old, today=self.adoption.on, key="kb-1", adoption=Adoption(self.adoption.on, 100_000))
        assert found.reasons == ("adopted", "content-changed")

    def test_first_due_days_are_spread_evenly_and_the_same_everywhere(self) -> None:
        adoption = Adoption(date(2026, 1, 1), 10)
        assert adoption.first_due("content/mail/smtp.md") == date(2026, 1, 1) + timedelta(
            int.from_bytes(__import__("hashlib").sha256(b"content/mail/smtp.md").digest()[:8], "big") % 10
        )
        days = Counter(adoption.first_due(f"a/{number}.md") for number in range(2000))
        assert len(days) == 10
        assert max(days.values()) < 260
        assert Adoption(date.max, 0).first_due("a.md") == date.max, "the calendar ends on the day of adoption"
        assert adoption.first_due("a/\udcff.md"), "a file's name that is no UTF-8 has its day as well"


people = st.sampled_from(["jd", "kp", "zo", None])
evidences = st.lists(
    st.builds(
        Evidence,
        people,
        st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 1)),
        st.sampled_from([True, False, None]),
        st.booleans(),
    ),
    max_size=5,
)


def agrees(
    evidence: Sequence[Evidence],
    terms: Terms,
    confidence: str = "validated",
    blocked: bool = False,
    stale_after: date | None = None,
) -> None:
    """Asserts that it is trusted where reckoning by hand says so, and nowhere else."""
    found = judge(confidence, evidence, terms, DAY, blocked=blocked, stale_after=stale_after)
    newest: dict[str, date] = {}
    for one in evidence:
        may = terms.entitled is None or one.person in terms.entitled
        assert terms.counts(one) == bool(one.person and one.day and may)
        if one.matches and one.person and one.day and may:
            newest[one.person] = max(one.day, newest.get(one.person, one.day))
    days = sorted(newest.values(), reverse=True)[: terms.quorum]
    ends = [terms.interval.after(days[-1])] if terms.interval and days else []
    due = min([*ends, stale_after] if stale_after else ends, default=None)
    enough, in_time = len(days) == terms.quorum, due is None or due > DAY
    assert found.trusted == (confidence == "validated" and enough and not blocked and in_time)
    if enough:
        assert (found.due, found.verified_at, {*found.counting}) == (due, days[0], {*newest})
    assert ("flagged" in found.reasons, "not-validated" in found.reasons) == (
        blocked,
        confidence != "validated",
    )
    assert stale_after is None or stale_after > DAY or "stale" in found.reasons
    assert list(found.reasons) == [reason for reason in REASONS if reason in found.reasons]


@given(
    evidences,
    st.integers(1, 3),
    st.sampled_from([None, frozenset({"jd"}), frozenset({"jd", "kp"})]),
    st.booleans(),
    st.sampled_from([None, Interval(days=30), Interval(days=300)]),
    st.none() | st.dates(date(2026, 9, 1), date(2027, 1, 1)),
)
@example([], 1, None, False, None, date(2026, 9, 1))
def test_trust_never_fails_open(
    evidence: list[Evidence],
    quorum: int,
    entitled: frozenset[str] | None,
    blocked: bool,
    interval: Interval | None,
    stale_after: date | None,
) -> None:
    agrees(evidence, Terms(quorum, interval, entitled), blocked=blocked, stale_after=stale_after)


def test_no_case_of_one_or_two_stamps_fails_open() -> None:
    days = (None, DAY, DAY - timedelta(30))
    every = [Evidence(*one) for one in product(("jd", "kp", None), days, (True, False, None))]
    cases = [(), *((one,) for one in every), *product(every[::2], every)]
    asked = [Terms(*one) for one in product((1, 2), (None, Interval(days=30)), (None, frozenset({"jd"})))]
    for evidence, terms, confidence, blocked in product(
        cases, asked, ("validated", "archived"), (False, True)
    ):
        agrees(evidence, terms, confidence, blocked)


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    st.sampled_from([None, Interval(days=30), Interval(months=6), Interval()]),
    st.booleans(),
    st.none() | st.builds(Adoption, st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(1, 400)),
)
def test_the_short_way_of_one_stamp_is_the_long_way(
    day: date, stale_after: date | None, interval: Interval | None, date_only: bool, adoption: Adoption | None
) -> None:
    """The same person's stamp twice takes the long way, and says the same."""
    one = Evidence("jd", day, True, date_only)
    terms = Terms(interval=interval)
    short, long = (
        judge("validated", evidence, terms, DAY, stale_after=stale_after, key="kb-1", adoption=adoption)
        for evidence in ([one], [one, one])
    )
    assert short == long
