"""The judgement of one article: what it sees is what a slow look at every place sees, and standing out raises it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kcs.search.analysis import analyse_text
from kcs.search.analysis.match import (
    APART,
    APART_CLOSE,
    FLOOR,
    IN_PASSING,
    MENTIONED,
    NAMED,
    PASSAGE,
    TOGETHER,
    judge,
    match,
    see,
)
from kcs.search.analysis.query import ask
from kcs.search.analysis.question import Question, Wanted
from kcs.search.model import Record
from tests.search.vocabularies import vocabulary_of

# What is wanted as words and, as in scripts without blanks, as letters; eighths are added up without a rest.
WORDS = [Wanted(one, rare / 8, 1.0, (f" {one[:2]}",), frozenset({one})) for one, rare in (("vpn", 7), ("vps", 4), ("red", 1))]  # fmt: skip
LETTERS = [Wanted(one, rare / 8, 1.0, (one,)) for one, rare in (("ab", 6), ("ba", 2), ("aa", 3))]
TYPED = [one.typed for one in WORDS + LETTERS]
# Like one of them, and what stands between two of them: just near enough, just too far, a passage apart.
OTHERS = ["vpns", "vp", "abba", "aaab", *("x" * length for length in (1, 2, 3, 7, 8, 9, 40, 70))]


def places(one: Wanted, text: str) -> list[tuple[int, int]]:
    pattern = rf"(?<= )({one.typed})(?= )" if one.stems else f"(?=({one.typed}))"
    return [found.span(1) for found in re.finditer(pattern, text)][:20]


def seen(wanted: list[Wanted], title: str, text: str) -> tuple[float, list[bool], list[bool]]:
    found = [places(one, text) for one in wanted]
    beside = [bool(own) and (len(wanted) == 1 or own[0][0] < len(title)) for own in found]
    for at, (own, others) in enumerate(pairwise(found)):
        apart = APART if wanted[at].stems else APART_CLOSE
        gaps = [gap for a, b in own for c, d in others for gap in (abs(c - b), abs(a - d))]
        if any(gap <= apart for gap in gaps):
            beside[at] = beside[at + 1] = True
    events = sorted((start, at) for at, own in enumerate(found) for start, _ in own)
    passage: set[int] = set()
    for last, (start, _) in enumerate(events):
        inside = {at for begin, at in events[: last + 1] if begin > start - PASSAGE}
        if sum(wanted[at].rarity for at in inside) > sum(wanted[at].rarity for at in passage):
            passage = inside
    covered = 0.0
    for at, one in enumerate(wanted):
        there = (bool(found[at]) + (at in passage)) / 2
        near = 1.0 if beside[at] else TOGETHER if at in passage and len(passage) > 1 else 0.0
        covered += one.rarity * (one.rarity * there + (1 - one.rarity) * near)
    return covered / sum(one.rarity for one in wanted), [*map(bool, found)], beside


@given(
    st.lists(st.sampled_from(WORDS + LETTERS), min_size=1, max_size=4, unique_by=lambda one: one.typed),
    st.lists(st.sampled_from(TYPED + OTHERS), max_size=3),
    st.lists(st.sampled_from(TYPED + OTHERS), max_size=25),
)
@example([WORDS[0], WORDS[2]], [], ["red", "x" * 70, "x" * 70, "vpn", "x" * 70, "red", "x" * 40, "vpn"])
@example(WORDS[:2], [], ["vpn", "vpn", "vpn", "x" * 70, "x" * 70, "x" * 70, "vpn", "x" * 7, "vps"])
@example(WORDS[::2], [], ["vpn", "vpn", "x" * 70, "x" * 70, "red", "red", "x" * 70, "red", "x" * 70, "vpn"])
@example(WORDS[:2], [], ["vps", "x" * 8, "vpn", "x" * 70])
@example(WORDS[:2], [], ["vps", "x" * 9, "vpn", "x" * 70])
@example(LETTERS[::2], [], ["aaaa", "xx", "ab"])
@settings(max_examples=400)
@example(WORDS[::-1], [], ["red", "vps", *["x" * 70] * 3, "red", "vpn", *["x" * 70] * 3, "vps"])
def test_it_sees_what_a_slow_look_sees(wanted: list[Wanted], title: list[str], words: list[str]) -> None:
    said = " ".join(["", *title, ""])
    text = " ".join(["", *title, *words, ""])
    covered, found, beside = seen(wanted, said, text)
    sight = see(wanted, Record(said, text))
    assert (list(sight.found), list(sight.beside)) == (found, beside)
    assert sight.covered == pytest.approx(covered)
    own = [places(one, said) if title else [] for one in wanted]
    title = title if sum(3 if one.stems else 1 for one in wanted) <= 9 else []  # of short questions alone
    assert sight.named == pytest.approx(weighed(wanted, own) / sum(one.rarity for one in wanted))
    early = any(at < len(said) + PASSAGE for one in wanted for at, _ in places(one, text))
    few = any(len(places(one, text)) <= IN_PASSING for one in wanted)
    assert sight.in_passing == (bool(title) and few and not early)


def weighed(wanted: list[Wanted], found: list[list[tuple[int, int]]]) -> float:
    return sum(one.rarity for one, own in zip(wanted, found, strict=True) if own)


TEXTS = [
    ("VPN drops", "The tunnel drops every hour."),
    ("Printer", "The red lamp is on."),
    ("Mail", "It is slow."),
]
TERMS = [analyse_text(*one) for one in TEXTS]
RECORDS = [Record.of(one.record) for one in TERMS]


@pytest.fixture(scope="module")
def question() -> Question:
    return ask("the vpn drops at lunch", vocabulary_of(TERMS))


def test_standing_out_raises_it_and_nothing_lowers_it(question: Question) -> None:
    record = RECORDS[0]
    matches = [match(question, record, above) for above in (-9.0, 0.0, 1.0, 3.0, 1e9)]
    assert matches[0] == matches[1] < matches[2] < matches[3] < matches[4] < 1
    assert matches[1] < match(question, record, None) < matches[4], "of too few nobody can say"
    assert matches[1] < FLOOR < matches[4]
    assert match(question, RECORDS[1], 1e9) == 0, "it says nothing of what was asked"


def test_those_that_are_judged_are_compared_with_the_third(question: Question) -> None:
    records = {number: RECORDS[number % 3] for number in range(5)}
    ranked = [(0, 9.0), (3, 6.0), (1, 2.0), (2, 1.0), (4, 0.5)]
    expected = [match(question, records[number], score - 2.0) for number, score in ranked]
    assert expected[0] > expected[1] > 0
    assert [one.match for one in judge(question, ranked, records)] == expected
    assert [one.match for one in judge(question, ranked[:4], records, most=2)] == expected[:2]
    few = [match(question, records[one], None) for one in (0, 3, 1)]
    assert [one.match for one in judge(question, ranked[:3], records)] == few
    assert judge(question, ranked, records, most=0) == []


def test_of_the_first_ten_who_covers_more_comes_first(question: Question) -> None:
    """The printer says nothing of it, the VPN half: all of it would
    weigh two fifths of a score, and among the first ten alone.
    """
    said = see(question.wanted, RECORDS[0]).covered
    assert said and not see(question.wanted, RECORDS[1]).covered

    def places(ahead: float, before: int = 0) -> list[int]:
        """`before` printers, one more whose score is so many times the VPN's, the VPN, and two mails."""
        ranked = [(number, 99.0 - number) for number in range(before)]
        ranked += [(20, 9.0 * ahead), (21, 9.0), (22, 1.0), (23, 0.5)]
        records = dict.fromkeys(range(23), RECORDS[1]) | {21: RECORDS[0], 22: RECORDS[2], 23: RECORDS[2]}
        found = judge(question, ranked, records, most=15)
        assert [one.score for one in found] == [score for _, score in ranked], "scores stay on their places"
        for most in range(1, 12):
            assert judge(question, ranked, records, most=most) == found[:most], "however many are wanted"
        return [one.number for one in found]

    assert places(1 + 0.39 * said)[:2] == [21, 20]
    assert places(1 + 0.41 * said)[:2] == [20, 21]
    assert places(1.01, before=8)[7:10] == [7, 21, 20]
    assert places(1.01, before=9)[8:11] == [8, 20, 21], "the eleventh stays where it is"


@pytest.mark.parametrize(
    "title",
    [
        "إعادة تعيين كلمة المرور",
        "Change the billing address of a closed account",
        "Đặt lại mật khẩu của hộp thư chung",
    ],
)
def test_whoever_types_a_whole_title_finds_the_answer(title: str) -> None:
    """However common its words are, and however many articles are about nearly the same."""
    words = title.split()
    others = [(" ".join(words[:at] + words[at + 1 :]), " ".join(words)) for at in range(len(words))] * 9
    terms = [analyse_text(*one) for one in [*others, (title, "Here is how.")]]
    asked = ask(title, vocabulary_of(terms))
    assert match(asked, Record.of(terms[-1].record), None) >= NAMED
    assert match(asked, Record.of(terms[0].record), None) < FLOOR


LONG = "Nothing of what was asked for stands in these sentences, which go on for a while. " * 3
CALLED = [
    *((f"DNS record {number}", "Records of DNS.") for number in range(30)),
    ("Reset a server password", f"{LONG} Choose another one."),
    ("Hot meals", f"{LONG} The canteen has fish on Fridays."),
    ("Telephones", f"{LONG} A fax is a fax, and this fax is ours."),
    ("", f"{LONG} One ferry leaves at noon."),
    ("Lost luggage", f"Filed under: lagoon. {LONG}"),
    ("รีเซ็ตรหัสผ่าน", "เปิดหน้าบัญชี"),
    ("ชำระเงิน", f"{LONG} ติดต่อพนักงานที่เคาน์เตอร์"),
    ("Đổi mật khẩu", "Mở trang tài khoản."),
]


def best(words: str, above: float = 0.0) -> float:
    terms = [analyse_text(*one) for one in CALLED]
    asked = ask(words, vocabulary_of(terms))
    return max(match(asked, Record.of(one.record), above) for one in terms)


@pytest.mark.parametrize(
    "words",
    ["dns", "DNS records", "reset password", "password server", "how do I reset a password?", "รหัสผ่าน", "รีเซตรหัสผ่าน", "mat khau"],
)  # fmt: skip
def test_what_is_called_so_answers_a_short_question_however_common_its_words_are(words: str) -> None:
    assert best(words) >= NAMED


@pytest.mark.parametrize("words", ["fish", "canteen fish", "what about fish?", "เคาน์เตอร์"])
def test_what_is_said_in_passing_answers_no_short_question(words: str) -> None:
    assert 0 < best(words) <= MENTIONED < FLOOR


@pytest.mark.parametrize("words", ["fax", "ferry", "lagoon"])
def test_said_often_or_at_the_beginning_or_where_there_is_no_title_is_not_in_passing(words: str) -> None:
    assert FLOOR < best(words) < NAMED


def test_of_two_words_and_nothing_else_both_are_there() -> None:
    assert best("lagoon ferry", 1e9) == MENTIONED < FLOOR < best("what is a lagoon for a ferry?", 1e9)
    assert best("lagoon ferry timetable", 1e9) > FLOOR, "of three words one may be another's word for it"
