"""The hits of this terminal's last search by their numbers; and the verdicts of some articles alone."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kcs.errors import UsageProblem
from kcs.kb.base import KnowledgeBase
from kcs.kb.recent import Recent, recall, remember
from kcs.kb.select import find_article
from tests.conftest import KP, Base, Run

PATHS = ("articles/vpn.md", "articles/email/outlook.md")


@pytest.fixture
def kb(native: Base, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    for name, value in native.env.items():
        monkeypatch.setenv(name, value)
    return KnowledgeBase.open(native.root)


def test_a_number_is_a_hit_of_the_last_search(kb: KnowledgeBase) -> None:
    assert remember(kb.cache, Recent("vpn", PATHS, "id", "human:jd"))
    assert recall(kb.cache) == Recent("vpn", PATHS, "id", "human:jd")
    assert [find_article(kb, number).path for number in "12"] == list(PATHS)
    for number in ("0", "3", "999"):
        with pytest.raises(UsageProblem, match=f"'vpn', had 2 hits, and no hit {number}"):
            find_article(kb, number)


def test_the_numbers_of_a_queue_replace_those_of_a_search(native: Base, run: Run) -> None:
    run("search", "printer vpn outlook", cwd=native.root)
    before = run("path", "1", cwd=native.root).out
    listed = [line.split("\t") for line in run("queue", cwd=native.root).out.splitlines()]
    assert len(listed) > 1
    for rank, name, *_ in listed:
        assert run("path", rank, cwd=native.root).out == run("path", name, cwd=native.root).out
    beyond = run("path", "99", cwd=native.root)
    said = f"last list, of kcs queue, had {len(listed)} lines, and no line 99"
    assert beyond.code == 2 and said in beyond.err and "kcs queue lists them" in beyond.err
    assert not run("queue", "--owner", "nobody", cwd=native.root).out, (
        "and an empty one leaves them as they are"
    )
    run("queue", "--format", "json", "--limit", "1", cwd=native.root)
    assert run("path", "2", cwd=native.root).code == 0, (
        "JSON is for programs: the list on the screen keeps its numbers"
    )
    run("search", "printer vpn outlook", cwd=native.root)
    assert run("path", "1", cwd=native.root).out == before


def test_an_agent_in_somebodys_terminal_has_numbers_of_its_own(native: Base, run: Run) -> None:
    run("search", "outlook password", cwd=native.root)
    before = run("path", "1", cwd=native.root).out
    assert before.endswith("outlook.md\n")
    agent = {"KCS_ORIGIN": "agent"}
    assert run("path", "1", cwd=native.root, env=agent).code == 2
    run("search", "vpn", "--format", "json", cwd=native.root, env=agent)
    assert run("path", "1", cwd=native.root, env=agent).out.endswith("vpn.md\n")
    assert run("path", "1", cwd=native.root).out == before


def test_an_id_or_a_path_that_is_a_number_comes_first(native: Base, run: Run) -> None:
    native.write("articles/two.md", '---\nid: "2"\ntitle: Two\n---\n')
    native.write("2.md", "no article")
    assert run("path", "2", cwd=native.root).out.endswith("two.md\n")


def test_a_number_without_a_search_is_no_word_of_a_title(native: Base, run: Run) -> None:
    native.write("articles/two.md", "---\nid: kb-2two2two\ntitle: Step 2 of the sign-in\n---\n")
    told = run("path", "2", cwd=native.root)
    assert told.code == 2 and not told.out and "last search or queue, and there was none" in told.err
    assert run("path", "step 2", cwd=native.root).out.endswith("two.md\n")


def test_other_terminals_other_people_and_other_days_do_not_see_it(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(kb.cache, Recent("vpn", PATHS))
    with monkeypatch.context() as here:
        here.setenv("KCS_SESSION", "other")
        assert recall(kb.cache) is None
    with monkeypatch.context() as here:
        here.setenv("GIT_AUTHOR_EMAIL", KP["email"])
        assert recall(kb.cache) is None
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 13 * 3600)
    assert recall(kb.cache) is None


def test_it_is_private_and_old_ones_go(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(kb.cache, Recent("vpn", PATHS))
    (file,) = kb.cache.folder.glob("recent-*")
    if os.name == "posix":
        assert kb.cache.folder.stat().st_mode & 0o077 == 0
    os.utime(file, (1, 1))
    monkeypatch.setenv("KCS_SESSION", "other")
    remember(kb.cache, Recent("vpn", PATHS))
    assert not file.exists()


def test_a_hit_that_is_gone_says_so_and_without_a_search_a_number_says_what_it_would_be(
    native: Base, run: Run, kb: KnowledgeBase
) -> None:
    remember(kb.cache, Recent("vpn", PATHS))
    Path(native.root, PATHS[0]).unlink()
    fresh = KnowledgeBase.open(native.root)
    with pytest.raises(UsageProblem, match="hit 1 of 'vpn', is gone"):
        find_article(fresh, "1")
    told = run("show", "99", cwd=native.root, env={"KCS_SESSION": "none"})
    assert told.code == 2 and "kcs search WORDS" in told.err


@pytest.mark.parametrize("which", ["native", "adopted"])
def test_verdicts_of_some_are_those_of_all(
    which: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    base: Base = request.getfixturevalue(which)
    for name, value in base.env.items():
        monkeypatch.setenv(name, value)

    def some() -> None:
        kb = KnowledgeBase.open(base.root)
        chosen = kb.articles[::-2]
        few = kb.verdicts_of(chosen)
        assert list(few) == [one.path for one in chosen] and "verdicts" not in kb.__dict__
        assert few == {one.path: kb.verdicts[one.path] for one in chosen}

    some()  # nothing is kept
    some()  # now it is
    base.commit(message="more")
    some()


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_a_cache_of_somebody_else_stops_no_search(kb: KnowledgeBase) -> None:
    """As after a first search with sudo: nobody else may even look into the folder."""
    assert remember(kb.cache, Recent("vpn", PATHS))
    mode, is_root = kb.cache.folder.stat().st_mode, os.geteuid() == 0
    kb.cache.folder.chmod(0)
    if is_root:
        os.seteuid(65534)
    try:
        assert not remember(kb.cache, Recent("mail", PATHS))
        assert recall(kb.cache) is None
    finally:
        if is_root:
            os.seteuid(0)
        kb.cache.folder.chmod(mode)
    assert recall(kb.cache) == Recent("vpn", PATHS)
