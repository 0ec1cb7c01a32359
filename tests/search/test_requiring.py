"""What must be in an article, and what must not: as whoever reads
all articles finds it, or it is said that not all were read.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kcs.kb.base import KnowledgeBase
from kcs.search import requiring
from kcs.search.analysis.query import ask
from kcs.search.index import Index
from kcs.search.index_update import Update
from kcs.search.language import parse
from kcs.search.requiring import Requiring
from kcs.search.searcher import Searcher
from tests.conftest import KCS_TOML, Base, Run
from tests.search.conftest import article

WORDS = ["mail", "mails", "lamp", "lamps", "red", "box"]
UNSPACED = ["มา", "ปู", "งา", "ตา", "ไฟ"], ["密", "码", "重", "置", "网"]
PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join) | st.sampled_from(
    UNSPACED
).flatmap(lambda signs: st.lists(st.sampled_from(signs), min_size=1, max_size=4).map("".join))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[KnowledgeBase, Searcher]]:
    root, draw = tmp_path_factory.mktemp("kb"), random.Random(4)
    (root / "kcs.toml").write_text(KCS_TOML)
    (root / "articles").mkdir()
    for number in range(30):
        title, text = (" ".join(draw.choices(WORDS, k=draw.randint(1, 5))) for _ in range(2))
        thai, chinese = ("".join(draw.choices(signs, k=draw.randint(0, 5))) for signs in UNSPACED)
        (root / f"articles/{number:02}.md").write_text(
            f"---\ntitle: {title}\n---\n\n{text}\n\n{thai}\n\n{chinese}\n"
        )
    (root / "articles/rare.md").write_text("---\ntitle: mail box\n---\n\nlamp zebra\n")
    kb, index = KnowledgeBase.open(root), Index.in_memory()
    Update(index, kb).run()
    yield kb, Searcher(kb, index, (), lambda _: index)


def lines(kb: KnowledgeBase) -> dict[str, list[str]]:
    return {one.path: [one.title, *kb.read(one).body.split("\n")] for one in kb.articles}


def held(said: list[str], phrase: str) -> bool:
    return any(phrase in one if phrase > "z" else f" {phrase} " in f" {one} " for one in said)


def had(said: list[str], words: str) -> bool:
    """A single word in any form, a phrase as it is."""
    if " " in words or words > "z":
        return held(said, words)
    return any(words.removesuffix("s") in (word.removesuffix("s") for word in one.split()) for one in said)


@settings(max_examples=150)
@given(
    st.lists(PHRASES, max_size=3),
    st.lists(PHRASES, max_size=2),
    st.none() | st.sets(st.integers(0, 29)),
    st.sampled_from([2, 10, 600]),
    st.sampled_from([2, 10, 6000]),
)
@example(["mail box"], ["lamps", "red box"], None, 600, 6000)
@example(["mail", "box"], [], {3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 600, 6000)
def test_it_is_what_a_look_into_every_article_finds(
    opened: tuple[KnowledgeBase, Searcher],
    phrases: list[str],
    without: list[str],
    among: set[int] | None,
    most_read: int,
    most_looked_at: int,
) -> None:
    kb, searcher = opened
    query = parse(" ".join([*(f'"{one}"' for one in phrases), *(f'not:"{one}"' for one in without)]))
    paths = None if among is None else frozenset(f"articles/{one:02}.md" for one in among)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requiring, "MOST_READ", most_read)
        patch.setattr(requiring, "MOST_LOOKED_AT", most_looked_at)
        found = Requiring(kb, searcher, query, every=False)
        within = found.within(paths, ask(query.words, searcher.vocabulary))
    if not phrases and not without:
        assert within is paths
        return
    said = {path: text for path, text in lines(kb).items() if paths is None or path in paths}
    there = {path for path, text in said.items() if all(held(text, one) for one in phrases)}
    wanted = {path for path in there if not any(had(said[path], one) for one in without)}
    assert within is not None
    if not found.notes:
        assert set(within) == wanted
    elif not without or most_looked_at == 6000:
        assert set(within) <= wanted
    assert not found.notes or min(most_read, most_looked_at) < 600
    assert all(" likeliest of " in one for one in found.notes)


def test_the_rarest_phrase_is_looked_for_first_and_no_more_is_read_than_said(
    opened: tuple[KnowledgeBase, Searcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    kb, searcher = opened
    monkeypatch.setattr(requiring, "MOST_READ", 10)
    monkeypatch.setattr(requiring, "MOST_LOOKED_AT", 10)
    query = parse('"mail" "lamp" "lamp zebra"')
    question = ask(query.words, searcher.vocabulary)
    found = Requiring(kb, searcher, query, every=False)
    assert found.within(None, question) == ["articles/rare.md"] and not found.notes
    many = Requiring(
        kb, searcher, parse('not:"mail box" not:"lamp red" not:"red mail" not:"box red"'), every=False
    )
    many.within(None, question)
    assert many.notes and len(many._texts) <= 10 + 3 and len(many._said) <= 10 + 3, "a tenth more a phrase"


def test_what_must_not_be_there_is_the_whole_of_it(make_base: Callable[..., Base], quick: Run) -> None:
    """`not:C++` left out every article with a C."""
    said = (
        "Use the C compiler",
        "Use the C++ compiler",
        "Set path to x",
        "Set $PATH to x",
        "The net is down",
        "The .NET is down",
        "Khách hoà mạng",
        "مُحَرِّر النصوص",
    )
    root = make_base(
        {f"articles/{at}.md": article(one, "Ask first.") for at, one in enumerate(said)}, config=KCS_TOML
    ).root

    def left(words: str) -> set[int]:
        found = quick("search", words, "--format", "ids", "--limit", "50", cwd=root)
        return {int(path[len("articles/") : -len(".md")]) for path in found.out.split()}

    everything = set(range(len(said)))
    for words, gone in (
        ("not:C++", {1}),
        ('not:"C++"', {1}),
        ("not:$PATH", {3}),
        ("not:.NET", {5}),
        ("not:C", {0, 1}),
        ("not:paths", {2, 3}),
        ('not:"Net."', {4, 5}),
        ("not:(net),", {4, 5}),
        ("not:hòa", {6}),
        ("not:hoa", {6}),
        ("not:مُحرر", {7}),
        ('not:"محرر النصوص"', {7}),
    ):
        assert left(words) == everything - gone, words


def test_a_name_in_one_piece_has_each_of_its_words(make_base: Callable[..., Base], quick: Run) -> None:
    """`--all e-mail` found nothing that says email, and called it nothing close."""
    said = (
        "Email setup",
        "The e-mail setup",
        "Mail setup",
        "The login page",
        "WiFi printers",
        "Wi-Fi cables",
    )
    root = make_base(
        {f"articles/{at}.md": article(one, "Ask first.") for at, one in enumerate(said)}, config=KCS_TOML
    ).root
    for words, wanted in (
        ("e-mail", {0, 1}),
        ("e-mail setup", {0, 1}),
        ("log in page", {3}),
        ("wi-fi", {4, 5}),
        ("wi fi printers", {4}),
        ("wifi cables", {5}),
        ("mail setup", {1, 2}),
    ):
        found = quick("search", "--all", words, "--format", "ids", "--limit", "50", cwd=root)
        assert {int(path[len("articles/") : -len(".md")]) for path in found.out.split()} == wanted, words
