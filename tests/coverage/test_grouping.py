"""Groups of tickets: the same as average linkage by hand, in bounded memory, named by their own words."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bench.coverage_quality import labelled
from kcs.coverage.certainty import certainty
from kcs.coverage.grouping import Frequencies, Grouper, counts_of, telling_words
from kcs.coverage.grouping.groups import WAITING
from kcs.coverage.grouping.linkage import join
from kcs.coverage.spool import Judged
from kcs.coverage.topics import Trend, topics_of
from kcs.kb.base import KnowledgeBase
from tests.conftest import Base

VECTORS = st.lists(
    st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 1), min_size=1, max_size=4),
    min_size=1,
    max_size=9,
)


def by_hand(vectors: Sequence[dict[str, float]], sizes: Sequence[int], least: float) -> set[frozenset[int]]:
    """Average linkage as the books have it, of vectors that each stand for several tickets."""

    def like(one: frozenset[int], other: frozenset[int]) -> float:
        pairs = [(i, j, sizes[i] * sizes[j]) for i in one for j in other]
        dots = (
            sum(w * vectors[j].get(t, 0.0) for t, w in vectors[i].items()) * tickets
            for i, j, tickets in pairs
        )
        return sum(dots) / sum(tickets for _, _, tickets in pairs)

    groups = {frozenset([place]) for place in range(len(vectors))}
    while len(groups) > 1:
        best, one, other = max(
            ((like(a, b), a, b) for a in groups for b in groups if min(a) < min(b)),
            key=lambda found: found[0],
        )
        if best < least:
            break
        groups = (groups - {one, other}) | {one | other}
    return groups


@given(VECTORS, st.lists(st.integers(1, 4), min_size=9, max_size=9))
def test_joining_is_average_linkage(vectors: list[dict[str, float]], sizes: list[int]) -> None:
    # Weights that differ a little each, so that no two pairs are exactly as like.
    chance = Random(1)
    apart = [{t: w + chance.random() * 0.05 for t, w in one.items()} for one in vectors]
    for least in (0.2, 0.5):
        for some in ([1] * len(apart), sizes[: len(apart)]):
            found = {frozenset(places) for places in join(apart, some, least)}
            assert found == by_hand(apart, some, least)


def test_pairs_that_all_share_a_term_are_plain_numbers() -> None:
    vectors = [{"shared": 0.1, f"own{place}": 0.9} for place in range(400)]
    tracemalloc.start()
    found = join(vectors, [1] * 400, 0.2)
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # 80,000 pairs of eight bytes, and what goes beside; as dictionaries they took 9 MB.
    assert len(found) == 400 and highest < 4_000_000


def labels_of(texts: Sequence[str], **options: int) -> tuple[list[int], Grouper]:
    return labelled([counts_of("", text) for text in texts], **options)


TEXTS = [
    "export invoices to excel", "the vpn drops every hour", "ลืมรหัสผ่านธนาคาร", "excel export of my invoices",
    "vpn connection drops", "ลืมรหัสผ่านธนาคารครับ", "parking permit", "invoices: excel exporting",
]  # fmt: skip


def test_four_languages_in_one_pass_whatever_the_batches() -> None:
    for waiting in (100, 3, 1):
        labels, _ = labels_of(TEXTS, waiting=waiting)
        assert labels[0] == labels[3] == labels[7] and labels[1] == labels[4] and labels[2] == labels[5]
        assert len(set(labels)) == 4
        assert labels == labels_of(TEXTS, waiting=waiting)[0]


def test_memory_is_bounded_by_the_groups_that_are_kept() -> None:
    texts = [f"{chr(97 + n % 26)}{n}zq {n}wx{n}" for n in range(500)] + ["the vpn drops"] * 40
    labels, grouper = labels_of(texts, waiting=20, most=50)
    assert 37 <= len(grouper.groups()) <= 50, "a quarter goes, so that not every batch has to do it"
    assert grouper.groups()[0].size == 40 and len(set(labels[-40:])) == 1
    assert sum(one.size for one in grouper.groups()) + grouper.let_go == len(texts)


@given(VECTORS, st.integers(1, 4), st.integers(3, 9))
def test_a_group_holds_the_tickets_that_were_put_into_it(
    vectors: list[dict[str, float]], waiting: int, most: int
) -> None:
    grouper, at = Grouper(0.4, waiting, most), dict[int, int]()
    vectors = vectors * 3
    for key, vector in enumerate(vectors):
        order = grouper.add(key, vector)
        at |= {} if order is None else {key: order}
        if grouper.is_full:
            at |= grouper.drain()
    at |= grouper.drain()
    made = set(at.values())
    moved = dict(grouper.settle())
    found = {one.order: one for one in grouper.groups()}
    assert len(found) <= most and (grouper.let_go == 0 or len(made) > most)
    assert {one for one in made if grouper.has(one)} == set(found)
    for order, group in found.items():
        held = [key for key in at if moved.get(at[key], at[key]) == order]
        assert group.size == len(held)
        assert len(group.examples) == min(len(held), 8) and set(group.examples) <= set(held)
        for term in "abcdef":
            assert abs(group.sums.get(term, 0.0) - sum(vectors[key].get(term, 0.0) for key in held)) < 1e-6
    assert grouper.let_go == len(vectors) - sum(one.size for one in found.values())


def test_who_waits_joins_the_group_that_became_like_it() -> None:
    grouper = Grouper(0.5)
    grouper.add(0, {"a": 1.0})
    assert dict(grouper.drain()) == {0: 0}
    assert grouper.add(1, {"a": 0.4, "b": 0.9}) is None
    assert grouper.add(2, {"a": 0.6, "b": 0.8}) == 0
    assert dict(grouper.drain()) == {1: 0}


def test_a_group_keeps_its_weightiest_words() -> None:
    grouper = Grouper()
    for key in range(300):
        grouper.add(key, {"vpn": 0.8, f"own{key}": 0.6})
        list(grouper.drain())
    (group,) = grouper.groups()
    assert group.size == 300 and len(group.sums) <= 120 and abs(group.sums["vpn"] - 240) < 1e-6


def test_what_is_counted_is_bounded_and_the_rarest_go_first() -> None:
    few, all_of_them = Frequencies(most=40), Frequencies()
    for number in range(2000):
        # Every term comes twice at least: to let go of those seen once is not enough.
        terms = {f"t{number // 2}": 1.0, f"u{number // 2}": 1.0, "always": 1.0}
        few.add(terms)
        all_of_them.add(terms)
        assert len(few._counts) <= 40
    asked = {"always": 1.0, "t999": 1.0}
    assert few.vector(asked) == all_of_them.vector(asked)


def test_a_group_is_called_by_its_own_words() -> None:
    sums = counts_of("", "invoices excel export")
    words = telling_words(sums, ["How can I export Invoices to Excel?", "invoices in Excel please"])
    assert {one.casefold() for one in words} == {"export", "invoices", "excel"} and "Excel" in words
    asked = ["I'd filter mail that doesn’t ask, client's print"]
    assert telling_words(counts_of("", asked[0]), asked, 9) == ["filter", "mail", "ask", "client's", "print"]
    thai = telling_words(counts_of("", "ลืมรหัสผ่าน"), ["ลืมรหัสผ่านครับ ช่วยด้วย", "คือว่าลืมรหัสผ่านค่ะ"])
    assert any("ลืมรหัสผ่าน" in one for one in thai)
    where = ["จังหวัดนี้มีอะไร", "จังหวัดนั้นมีอะไร"]  # what is there in the province
    assert telling_words(counts_of("", where[0]), where) == ["จังหวัดน"]
    alone, shared = ["ตั้งค่าอีเมลบนมือถือไม่ได้"], ["ตั้งค่าอีเมลบนมือถือไม่ได้", "คือตั้งค่าอีเมลบนมือถือไม่ได้ค่ะ"]
    for texts in (alone, shared):  # cut before the vowel that the next letter is said with
        assert telling_words(counts_of("", texts[0]), texts)[0] == "ตั้งค่าอีเมลบนมือถือไม่"
    assert telling_words({}, [""]) == [] and telling_words({}, ["?!"]) == []


def test_a_name_is_short_in_the_order_and_spelling_of_the_tickets() -> None:
    texts = [
        "Printing invoices with SAP fails since Monday, and printing with sap is slow",
        "SAP: printing of invoices and one invoice more",
        "Invoices: SAP printing stops on Monday at noon",
    ]
    sums = Counter[str]()
    for text in texts:
        sums.update(counts_of("", text))
    assert telling_words(sums, texts, 3) == ["printing", "invoices", "sap"]  # SAP and sap: they disagree
    assert telling_words(sums, [text.replace("sap", "SAP") for text in texts], 3)[-1] == "SAP"
    assert len(telling_words(sums, texts)) == 4 and "invoice" not in telling_words(sums, texts)
    mixed = ["ลืมรหัสผ่าน SAP printing invoices", "ลืมรหัสผ่าน SAP printing invoices"]
    assert len(telling_words(sums, mixed, 2)) == 2, "a stretch of letters is one of them"


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_text_has_its_group(texts: list[str]) -> None:
    labels, grouper = labels_of(texts)
    assert -1 not in labels
    assert sum(one.size for one in grouper.groups()) == len(texts)
    for one in grouper.groups():
        telling_words(one.sums, [texts[key] for key in one.examples])


def test_the_articles_that_tickets_are_near_to_bring_them_together_where_few_tickets_are() -> None:
    def likeness(others: str) -> float:
        frequencies, near = Frequencies(), ("a.md", "b.md")
        one, other = counts_of("", "printer jams", near), counts_of("", "paper stuck inside", near)
        for terms in (one, other, *(counts_of("", f"word{n}", (others.format(n),)) for n in range(200))):
            frequencies.add(terms)
        vector, also = frequencies.vector(one), frequencies.vector(other)
        assert abs(sum(weight**2 for weight in vector.values()) - 1) < 1e-9
        return sum(weight * also.get(term, 0.0) for term, weight in vector.items())

    assert 0.15 < likeness("{}.md") < 0.21
    assert likeness("a.md") < likeness("{}.md") * 0.8
    assert not counts_of("", "", ("a.md",))


def test_of_groups_that_became_alike_every_figure_is_added(native: Base) -> None:
    """Two that were apart when the first batch was full; what came later is like both."""
    day = 86_400

    def asked(
        number: int, words: str, at: int, minutes: float, product: str, path: str, match: float
    ) -> Judged:
        return Judged("uncovered", f"T-{number}", at * day, 0, minutes, product, path, match, False, words)

    first = [
        asked(0, "kerberos ticket expired", 100, 10, "Login", "a.md", 0.3),
        asked(1, "printer jammed upstairs", 100, 30, "Paper", "b.md", 0.5),
    ]
    others = [asked(n, f"q{n}w", 70, 1, "", "", 0.0) for n in range(2, WAITING)]
    both = "kerberos ticket expired printer jammed upstairs"
    later = [
        asked(n, both, 70, 20, "Paper" if n % 2 else "Login", "b.md", 0.1)
        for n in range(WAITING, WAITING + 4)
    ]
    items = [*first, *others, *later]
    found = topics_of(KnowledgeBase.open(native.root), lambda: items, 100 * day, lambda _: None)
    (one,) = [topic for topic in found if topic.count > 1]
    assert (one.count, one.cost, one.trend, one.timed) == (6, 120.0, Trend(2, 4), 6)
    assert (one.product, one.nearest, one.match) == ("Login", "b.md", 0.5)
    assert len(one.examples) == 5
    sure = [certainty(match) for match in (0.3, 0.5, 0.1, 0.1, 0.1, 0.1)]
    assert one.sure == round(sum(sure) / 6, 2)
    assert len(found) == WAITING - 1
