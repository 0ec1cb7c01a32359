"""What is kept of all files by commit answers as the history
does; what was cut off, damaged or written otherwise is made anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kcs.kb.git.graph import Log
from kcs.kb.kept.cache import Cache
from kcs.kb.past import facts as room
from kcs.kb.past.facts import Facts
from kcs.kb.past.history import History
from tests.kb.git_sandbox import NEW, OLD, Node, Sandbox, article, repository


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Cache(tmp_path / "kb")


def never(log: Log) -> object:
    raise AssertionError("it was kept")


def of(box: Sandbox, cache: Cache) -> Facts:
    found = repository(box)
    return Facts.of(found, found.head() or "", cache)


def test_kept_facts_answer_as_the_history_does(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Sandbox(tmp_path / "kb")
    odd = b"caf\xe9.md".decode("utf-8", "surrogateescape")
    box.commit({odd: article(OLD), "b.md": article(OLD), "gone.md": "gone"}, "first", day=1)
    (box.root / "b.md").rename(box.root / "c.md")
    box.commit({odd: article(NEW), "gone.md": None}, "second", day=2)
    history = History.read(repository(box))
    made = of(box, cache)
    monkeypatch.setattr(room, "_parts", never)
    for facts in (made, of(box, cache)):
        for path in (odd, "c.md", "b.md", "gone.md", "nowhere"):
            assert facts.created(path) == history.created(path)
            assert facts.last(path) == history.last(path)
        created = facts.created("c.md")
        assert created and (created.subject, created.path) == ("first", "b.md")
    monkeypatch.undo()
    assert of(box, cache).created("nowhere") is None


def test_an_empty_commit_has_none(tmp_path: Path, cache: Cache) -> None:
    box = Sandbox(tmp_path / "kb")
    box.git("commit", "--quiet", "--allow-empty", "-m", "nothing")
    for _ in range(2):
        assert of(box, cache).last("a.md") is None


def test_a_shallow_clone_that_was_deepened_is_asked_again(tmp_path: Path, cache: Cache) -> None:
    box = Sandbox(tmp_path / "full")
    box.build({"c1": Node([], {"a.md": article(OLD)}), "c2": Node(["c1"], {"a.md": article(NEW)})})
    clone = Sandbox(tmp_path / "kb")
    clone.git("fetch", "--quiet", "--depth=1", box.root.as_uri(), "main")
    clone.git("reset", "--quiet", "--hard", "FETCH_HEAD")
    assert of(clone, cache).created("a.md") is None
    clone.git("fetch", "--quiet", "--unshallow", box.root.as_uri(), "main")
    created, last = of(clone, cache).created("a.md"), of(clone, cache).last("a.md")
    assert created and last and (created.subject, last.subject) == ("c1", "c2")


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"null",
        b"1 2 3\nabcdef",
        b"-1 1 0 0 0 0 0 0\n",
        b"x 0 0 0 0 0 0 0\n",
        # One file of no column, a number that is none, and one of a commit that is not there.
        b"0 2 0 0 0 0 0 0\na\0",
        b"0 2 3 1 1 0 1 1\na\0abc\0\0\0\0",
        b"0 2 4 1 1 4 1 1\na\0\1\0\0\0\0\0\1\0\0\0\0\0",
    ],
)
def test_what_was_kept_in_another_shape_is_made_anew(tmp_path: Path, cache: Cache, damaged: bytes) -> None:
    box = Sandbox(tmp_path / "kb")
    box.commit({"a.md": article(OLD)}, "first", day=1)
    expected = of(box, cache).last("a.md")
    key = f"{room._FORMAT} {repository(box).head()} []"
    assert expected and cache.read_bytes("facts", key)
    cache.write_bytes("facts", damaged, key)
    assert of(box, cache).last("a.md") == expected
