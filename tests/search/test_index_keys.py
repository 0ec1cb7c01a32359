"""Keys in place of terms: one for each, the same for as long as the index lives, whatever comes and goes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcs.kb.base import KnowledgeBase
from kcs.search.analysis.query import ask
from kcs.search.analysis.vocabulary import Vocabulary
from kcs.search.index_keys import Keys
from kcs.search.model import Entry, Plan, Terms
from kcs.search.searcher import Searcher
from tests.conftest import Base

# `#00000a` and `~a` look like keys; what is no character has none but itself.
WORDS = st.dictionaries(
    st.text("abé東", min_size=1, max_size=3) | st.sampled_from(["#00000a", "~a", "\ud812", "?"]),
    st.integers(1, 300),
    max_size=8,
)


def entries(texts: Iterable[dict[str, int]], first: int = 1) -> list[Entry]:
    return [
        Entry(number, Terms(words, {"ที่": 1} if "a" in words else {}, " \n a \n \n \n "))
        for number, words in enumerate(texts, first)
    ]


def counted_in(vocabulary: Vocabulary, new: Iterable[Entry]) -> Iterable[Entry]:
    for entry in new:
        vocabulary.add(entry.terms)
        yield entry


@given(st.lists(st.lists(WORDS, max_size=5), min_size=1, max_size=4), st.data())
def test_a_term_has_one_key_of_its_own_through_all_changes(
    steps: list[list[dict[str, int]]], data: st.DataObject
) -> None:
    vocabulary, live, known = Vocabulary(places=True), dict[int, Entry](), dict[str, str]()
    for step, texts in enumerate(steps):
        gone = data.draw(st.sets(st.sampled_from(sorted(live)))) if live else set[int]()
        for number in gone:
            vocabulary.remove(live.pop(number).terms)
        new = entries(texts, first=100 * step + 1)
        keyed = list(Keys(vocabulary).entries(counted_in(vocabulary, new)))
        vocabulary = Vocabulary.from_bytes(vocabulary.to_bytes(), places=True)
        keys = Keys(vocabulary)
        live |= {one.number: one for one in new}
        for entry, given_ in zip(new, keyed, strict=True):
            assert given_.number == entry.number
            assert given_.terms.words == {keys.of(term): often for term, often in entry.terms.words.items()}
            assert given_.terms.clusters == {keys.of(term): 1 for term in entry.terms.clusters}
        of_live = {term for one in live.values() for term in (*one.terms.words, *one.terms.clusters)}
        for term in of_live:
            assert known.setdefault(term, keys.of(term)) == keys.of(term)
        assert len({keys.of(term) for term in of_live}) == len(of_live)
        of_live -= {"?", "\ud812"}  # counted as one
        assert {term: vocabulary.known(term) for term in of_live} == {
            term: sum(term in one.terms.words or term in one.terms.clusters for one in live.values())
            for term in of_live
        }


@settings(max_examples=30, deadline=None)
@given(
    st.sets(st.integers(0, 9_999), min_size=1, max_size=3_000), st.sets(st.integers(0, 9_999), max_size=3_000)
)
def test_places_hold_in_a_table_of_many_chunks(old: set[int], new: set[int]) -> None:
    first, second = ({f"word{number:05}" * 2: 1 for number in numbers} for numbers in (old, new))
    made = Vocabulary(places=True)
    made.add(Terms(first, {}, "\n\n"))
    places = made.give_places()
    assert places == {term: place for place, term in enumerate(sorted(first))}
    made.remove(Terms(first, {}, "\n\n"))
    made.add(Terms(second, {}, "\n\n"))
    kept = Vocabulary.from_bytes(made.to_bytes(), places=True)
    assert {term: kept.place(term) for term in first} == places
    assert {kept.place(term) for term in second.keys() - first.keys()} <= {None}
    assert kept.starting("word", 9_999) == sorted(second), "what is there no more is found no more"


def test_a_plan_says_the_same_in_keys() -> None:
    vocabulary = Vocabulary(places=True)
    list(Keys(vocabulary).entries(counted_in(vocabulary, entries([{"a": 1, "b": 2}]))))
    plan = Plan(
        {"a": 1.0, "new": 0.5}, {"ที่": 0.7}, (frozenset({("words", "b")}),), frozenset({("words", "a")})
    )
    assert Keys(vocabulary).plan(plan) == Plan(
        {"#000000": 1.0, "~new": 0.5},
        {"#000002": 0.7},
        (frozenset({("words", "#000001")}),),
        frozenset({("words", "#000000")}),
    )


def test_only_so_many_entries_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kcs.search.index_keys._MOST", 2)
    vocabulary = Vocabulary(places=True)
    texts = [{"b": 1}, {"a": 2}, {"c": 1, "a": 1}]
    keys = Keys(vocabulary)
    assert keys.of("a") == "~a", "nothing has a place yet"
    keyed = list(keys.entries(counted_in(vocabulary, entries(texts))))
    words = [dict(one.terms.words) for one in keyed]
    assert words == [{"#000001": 1}, {"#000000": 2}, {"~c": 1, "#000000": 1}]
    assert Vocabulary.from_bytes(vocabulary.to_bytes(), places=True).known("a") == 2


def test_tantivy_finds_after_any_changes_what_a_new_index_does(
    make_base: Callable[..., Base], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("tantivy")
    draw = random.Random(3)
    some = [
        "printer",
        "jammed",
        "đặt lại",
        "รีเซ็ตรหัสผ่าน",
        "كلمة المرور",
        "重置密码",
        "wi-fi",
        "ERR_CONN_RESET",
    ]
    base = make_base({f"articles/{number}.md": f"# {draw.choice(some)}\n" for number in range(5)})

    def found(cache: str) -> list[tuple[int, set[str]]]:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / cache))
        searcher = Searcher.open(KnowledgeBase.open(base.root), "tantivy")
        asked = [searcher.best(ask(words, searcher.vocabulary), 50) for words in (*some, "newly0", "newly7")]
        searcher.close()
        return [(one.total, {hit.path for hit in one.hits}) for one in asked]

    for step in range(8):
        for _ in range(2):
            words = " ".join(draw.sample(some, 2))
            base.write(f"articles/{draw.randrange(8)}.md", f"# {words} newly{step}\n")
        (base.root / "articles" / f"{draw.randrange(8)}.md").unlink(missing_ok=True)
        changed = found("kept")
        assert sum(total for total, _ in changed) > 3
        assert changed == found(f"new{step}")
