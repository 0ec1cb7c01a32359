"""One suite for every engine: the same entries, plans and changes give the same articles, totals and scores."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from math import log
from pathlib import Path

import pytest

from kcs.search.engines.choose import ENGINES, engine_named
from kcs.search.engines.engine import Damaged, Engine, Superseded
from kcs.search.engines.memory import MemoryEngine
from kcs.search.engines.scoring import NO_LENGTH, Lengths, score
from kcs.search.model import Entry, Field, Found, Plan, Term, Terms

WORDS = [f"word{number}" for number in range(300)]
ODD = ["wi-fi", "err_conn_reset", "0x80070005", "v4.3.1", "my.cnf", "--flag", "đặt", "dat", "重置", "إعادة", "a b", 'q"u', "it's",
       "50%", "%20;", "Upper", "\ud812", "\x01", "\x7f", "x" * 300, "+", "*", "NOT", "near(", "w:x", "^"]  # fmt: skip
CLUSTERS = ["รีเ", "เซ็", "^ที่", "ผ่า", "น$"]
FIELDS: tuple[Field, ...] = ("words", "clusters")


class Kept:
    """An engine with all that was ever brought in, as the index around it keeps that."""

    def __init__(self, open_: Callable[[], Engine]) -> None:
        self._open = open_
        self.engine = open_()
        self.all: dict[int, Entry] = {}
        self.live: dict[int, Entry] = {}

    def change(self, gone: Iterable[int] = (), new: Iterable[Entry] = (), state: str = "") -> None:
        gone, new = list(gone), list(new)
        self.all |= {entry.number: entry for entry in new}
        self.engine.change(
            gone, iter(new), self.recall, lambda: state or f"after {len(self.all)}, {sorted(gone)}"
        )
        self.live = {n: e for n, e in {**self.live, **{e.number: e for e in new}}.items() if n not in gone}

    def recall(self, numbers: Iterable[int]) -> Iterator[Entry]:
        return (self.all[number] for number in numbers)

    def reopen(self) -> None:
        self.engine.close()
        self.engine = self._open()


@pytest.fixture(params=["memory", *ENGINES])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    name = request.param
    if name != "memory" and find_spec(name if name != "sqlite" else "sqlite3") is None:
        pytest.skip(f"{name} is not installed")
    held = MemoryEngine()
    made = Kept(lambda: held if name == "memory" else engine_named(name)(tmp_path))
    yield made
    made.engine.close()


def entry(number: int, words: Mapping[str, int], clusters: Mapping[str, int] | None = None) -> Entry:
    return Entry(number, Terms(dict(words), dict(clusters or {}), "record"))


def some_entries(numbers: Iterable[int], seed: int = 1) -> list[Entry]:
    """Entries as a base has them: a few terms in most, most terms in a few, some of them strange."""
    draw = random.Random(seed)
    made = []
    for number in numbers:
        terms: dict[str, int] = {}
        for _ in range(draw.randint(0, 60)):
            term = (
                draw.choice(ODD) if draw.random() < 0.1 else WORDS[min(int(draw.paretovariate(0.5)), 300) - 1]
            )
            terms[term] = terms.get(term, 0) + draw.choice([1, 1, 1, 2, 7])
        clusters = {one: draw.randint(1, 4) for one in CLUSTERS if draw.random() < 0.2}
        made.append(entry(number, terms, clusters))
    return made


def of(entry_: Entry, field: Field) -> Mapping[str, int]:
    return entry_.terms.words if field == "words" else entry_.terms.clusters


def scores(live: Mapping[int, Entry], plan: Plan, within: Iterable[int] | None = None) -> dict[int, float]:
    """What a plan finds, worked out one entry at a time: the definition that engines are held to."""
    found: dict[int, float] = {}
    weights: tuple[tuple[Field, Mapping[str, float]], ...] = (
        ("words", plan.words),
        ("clusters", plan.clusters),
    )
    for field, terms in weights:
        lengths = [sum(of(one, field).values()) for one in live.values()]
        average = sum(lengths) / max(sum(map(bool, lengths)), 1)
        for term, weight in terms.items():
            holding = sum(term in of(one, field) for one in live.values())
            rarity = log(1 + (len(live) - holding + 0.5) / (holding + 0.5))
            for number, one in live.items():
                if often := of(one, field).get(term, 0):
                    length = 0.9 * (0.25 + 0.75 * sum(of(one, field).values()) / average)
                    found[number] = found.get(number, 0.0) + weight * rarity * often * 1.9 / (often + length)

    def holds(number: int, term: Term) -> bool:
        return term[1] in of(live[number], term[0])

    return {
        number: score
        for number, score in found.items()
        if (within is None or number in within)
        and all(any(holds(number, term) for term in group) for group in plan.required)
        and not any(holds(number, term) for term in plan.forbidden)
    }


def check(kept: Kept, plan: Plan, most: int = 10, within: set[int] | None = None) -> Found:
    """The engine's answer, held against the definition."""
    found, wanted = kept.engine.find(plan, most, within), scores(kept.live, plan, within)
    assert found.total == len(wanted)
    assert len(found.best) >= min(most, len(wanted))
    assert all(score == found.best[most - 1][1] for _, score in found.best[most:])
    numbers = [number for number, _ in found.best]
    assert len(set(numbers)) == len(numbers) and set(numbers) <= set(wanted)
    given = [score for _, score in found.best]
    assert given == sorted(given, reverse=True)
    if type(kept.engine).__name__ != "TantivyEngine":  # its BM25 is another
        assert given == pytest.approx([wanted[number] for number in numbers], rel=1e-6)
        assert given == pytest.approx(sorted(wanted.values(), reverse=True)[: len(given)], rel=1e-6)
    return found


def plans(seed: int, number: int = 30) -> Iterator[tuple[Plan, random.Random]]:
    draw = random.Random(seed)
    for _ in range(number):
        terms = draw.sample(WORDS[:40] + ODD, draw.randint(1, 8))
        plan = Plan(
            {term: draw.choice([1.0, 0.8, 0.5]) for term in terms},
            dict.fromkeys(draw.sample(CLUSTERS, draw.randint(0, 3)), 0.7),
        )
        yield plan, draw


def test_a_word_that_is_there_more_often_than_a_byte_counts_counts_alike(kept: Kept) -> None:
    """In SQLite it had eight bits: the first of two long articles was another than with the other engines."""
    often = {1: 255, 2: 256, 3: 1200, 4: 90}
    entries = [entry(one, {"word1": many, "word2": 1300 - many}, {"^ที่": many}) for one, many in often.items()]
    kept.change(new=entries, state="often")
    found = kept.engine.find(Plan({"word1": 1.0}, {"^ที่": 0.7}), 10)
    assert {number for number, _ in found.best} == set(often)
    if kept.engine.exact:
        lengths: dict[Field, Lengths] = dict.fromkeys(FIELDS, NO_LENGTH)
        for one in entries:
            lengths = {field: lengths[field].with_(of(one, field)) for field in FIELDS}
        plan = Plan({"word1": 1.0}, {"^ที่": 0.7})
        wanted = {one.number: score(plan, one.terms, 4, lambda _: 4, lengths) for one in entries}
        assert dict(found.best) == pytest.approx(wanted)


def test_any_of_the_terms_best_first_and_all_that_hold_one_counted(kept: Kept) -> None:
    kept.change(new=some_entries(range(1, 120)))
    for plan, _ in plans(1):
        check(kept, plan)


def test_required_groups_forbidden_terms_and_bounds(kept: Kept) -> None:
    kept.change(new=some_entries(range(1, 120)))
    some = 0
    for plan, draw in plans(2):
        groups: tuple[frozenset[Term], ...] = tuple(frozenset({("words", draw.choice(WORDS[:6])), ("clusters", draw.choice(CLUSTERS))}) for _ in range(draw.randint(0, 2)))  # fmt: skip
        forbidden: frozenset[Term] = frozenset(
            ("words", draw.choice(WORDS[:20])) for _ in range(draw.randint(0, 2))
        )
        within = set(draw.sample(range(1, 200), 90)) if draw.random() < 0.5 else None
        some += check(kept, Plan(plan.words, plan.clusters, groups, forbidden), within=within).total
    assert some > 100


def test_nothing_asked_nothing_known_nothing_there(kept: Kept) -> None:
    assert kept.engine.find(Plan({"word1": 1.0}, {}), 10) == Found(0)
    kept.change(new=some_entries(range(1, 20)))
    assert kept.engine.find(Plan({}, {}), 10) == Found(0)
    assert kept.engine.find(Plan({}, {}, (frozenset({("words", "word1")}),)), 10) == Found(0)
    assert kept.engine.find(Plan({"never": 1.0}, {"ไม่": 1.0}), 10) == Found(0)
    assert kept.engine.find(Plan({"word1": 1.0}, {}), 10, within=set()) == Found(0)
    assert kept.engine.find(Plan({"word1": 1.0}, {}), 10, within={9999}) == Found(0)


def test_a_term_is_found_to_the_letter_and_no_other(kept: Kept) -> None:
    every = [*ODD, *WORDS[:3]]
    kept.change(new=[entry(number, {term: 1}) for number, term in enumerate(every, 1)])
    for number, term in enumerate(every, 1):
        assert [one for one, _ in check(kept, Plan({term: 1.0}, {})).best] == [number]
    for near in ("wi", "fi", "err", "cnf", "flag", "upper", "a", "b", "q", "20", "x", "x" * 299):
        assert check(kept, Plan({near: 1.0}, {})).total == 0


def test_frequencies_of_any_size(kept: Kept) -> None:
    sizes = (1, 2, 3, 127, 128, 255, 256, 70_000)
    kept.change(new=[entry(n, {"often": size, "other": 100_000 - size}) for n, size in enumerate(sizes, 1)])
    found = kept.engine.find(Plan({"often": 1.0}, {}), 10)
    assert found.total == len(sizes)
    wanted = scores(kept.live, Plan({"often": 1.0}, {}))
    if type(kept.engine).__name__ != "TantivyEngine":
        assert dict(found.best) == pytest.approx(wanted, rel=0.01)


def test_after_any_changes_it_is_as_if_built_anew(kept: Kept) -> None:
    draw = random.Random(7)
    number = 0
    for step in range(40):
        count = draw.choice([0, 1, 2, 5, 40])
        new = some_entries(range(number + 1, number + count + 1), seed=step)
        number += count
        gone = draw.sample(sorted(kept.live), min(len(kept.live), draw.choice([0, 0, 1, 4, 30])))
        kept.change(gone, new)
        assert kept.engine.total == len(kept.live)
        if step % 5 == 4:
            kept.reopen()
            assert kept.engine.total == len(kept.live)
            for plan, _ in plans(step, 6):
                check(kept, plan)


def test_all_may_go_and_others_come(kept: Kept) -> None:
    kept.change(new=some_entries(range(1, 30)))
    kept.change(gone=range(1, 30))
    assert kept.engine.total == 0 and check(kept, Plan({"word1": 1.0}, {})).total == 0
    kept.change(new=some_entries(range(30, 50), seed=2))
    kept.reopen()
    assert check(kept, Plan({"word1": 1.0}, {})).total


def test_the_state_comes_in_with_the_change(kept: Kept, tmp_path: Path) -> None:
    assert kept.engine.state == ""
    seen: list[int] = []

    def entries() -> Iterator[Entry]:
        for one in some_entries(range(1, 10)):
            seen.append(one.number)
            yield one

    def seal() -> str:
        assert len(seen) == 9, "asked last, when all is brought in"
        return "ä state\n"

    kept.engine.change([], entries(), kept.recall, seal)
    assert kept.engine.state == "ä state\n"
    kept.reopen()
    assert kept.engine.state == "ä state\n"


@pytest.mark.parametrize("where", ["entries", "seal"])
def test_a_change_that_fails_changes_nothing(kept: Kept, where: str) -> None:
    if isinstance(kept.engine, MemoryEngine):
        pytest.skip("what is in memory goes with the process that failed")
    kept.change(new=some_entries(range(1, 40)), state="before")

    def entries() -> Iterator[Entry]:
        yield from some_entries(range(40, 60), seed=3)
        if where == "entries":
            raise OSError(28, "No space left on device")

    def seal() -> str:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError):
        kept.engine.change([1, 2], entries(), kept.recall, seal)
    kept.reopen()
    assert kept.engine.state == "before" and kept.engine.total == 39
    for plan, _ in plans(4, 10):
        check(kept, plan)
    kept.change([1, 2], some_entries(range(40, 60), seed=3))
    for plan, _ in plans(5, 10):
        check(kept, plan)


def test_who_reads_while_another_writes_has_the_old_or_is_told(
    kept: Kept, request: pytest.FixtureRequest
) -> None:
    if isinstance(kept.engine, MemoryEngine):
        pytest.skip("nobody else sees it")
    kept.change(new=some_entries(range(1, 40)), state="one")
    reader = Kept(kept._open)
    reader.live, reader.all = dict(kept.live), dict(kept.all)
    for turn in range(12):
        kept.change(
            [turn * 3 + 1], some_entries(range(100 + 10 * turn, 110 + 10 * turn), seed=turn), state=f"{turn}"
        )
    try:
        for plan, _ in plans(6, 10):
            check(reader, plan)
    except Superseded:
        assert type(kept.engine).__name__ == "SqliteEngine"
    reader.reopen()
    assert reader.engine.state == kept.engine.state
    reader.live = dict(kept.live)
    for plan, _ in plans(6, 10):
        check(reader, plan)
    reader.engine.close()


@pytest.mark.parametrize("seed", range(12))
def test_what_is_damaged_is_told_or_answers_as_it_should(kept: Kept, tmp_path: Path, seed: int) -> None:
    if isinstance(kept.engine, MemoryEngine):
        pytest.skip("it has no files")
    kept.change(new=some_entries(range(1, 60)), state="sound")
    kept.engine.close()
    draw = random.Random(seed)
    file = draw.choice(sorted(one for one in tmp_path.iterdir() if one.stat().st_size))
    raw = bytearray(file.read_bytes())
    where = draw.randrange(len(raw))
    match seed % 3:
        case 0:
            raw = raw[:where]
        case 1:
            raw[where : where + 40] = draw.randbytes(min(40, len(raw) - where))
        case _:
            file.unlink()
            raw = bytearray()
    if raw or seed % 3 == 0:
        file.write_bytes(raw)
    try:
        kept.engine = kept._open()
        if kept.engine.state:
            for plan, _ in plans(seed, 15):
                check(kept, plan)
    except Damaged:
        kept.engine = MemoryEngine()
