"""Where a value came in, on histories of every shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcs.kb.past.history import History
from tests.kb.git_sandbox import (
    HOSTILE,
    NEW,
    OLD,
    Node,
    Sandbox,
    article,
    claim,
    dated,
    present,
    reference,
    repository,
    told,
)
from tests.kb.histories import BASE, CASES


@pytest.mark.parametrize("name", CASES)
def test_reference_commit_by_hand(name: str, tmp_path: Path) -> None:
    nodes, expected = CASES[name]
    box = Sandbox(tmp_path / "kb")
    box.build(nodes)
    commit, _, path = expected.partition(" ")
    assert reference(box) == ("known", commit, path or "a.md")


@pytest.mark.parametrize(("earlier", "within"), [(200, ("known", "c5")), (0, ("unknown", ""))])
def test_shallow_clone_knows_what_lies_within_and_says_so_of_the_rest(
    tmp_path: Path, earlier: int, within: tuple[str, str]
) -> None:
    """What comes before is known to be without the value only if it is older than the day that this names."""
    box = Sandbox(tmp_path / "full")
    nodes = {"c1": Node([], dated(OLD) | dated(NEW, path="b.md"), day=1 - earlier)}
    for n in range(2, 8):
        nodes[f"c{n}"] = Node(
            [f"c{n - 1}"],
            dated(NEW if n >= 5 else OLD, str(n)) | dated(NEW, path="b.md"),
            day=n if n >= 5 else n - earlier,
        )
    box.build(nodes)
    answers = {}
    for depth in (1, 3, 4, 5):
        clone = Sandbox(tmp_path / f"depth{depth}")
        clone.git("fetch", "--quiet", f"--depth={depth}", box.root.as_uri(), "main")
        clone.git("reset", "--quiet", "--hard", "FETCH_HEAD")
        answers[depth] = (reference(clone)[:2], reference(clone, "b.md")[0])
        history = History.read(repository(clone))
        assert history.created("a.md") is None
    assert answers == {
        1: (("unknown", ""), "unknown"),
        # Depth 3 ends at c5, which may or may not be where the value came in: it cannot be told.
        3: (("unknown", ""), "unknown"),
        4: (within, "unknown"),
        5: (within, "unknown"),
    }


def test_value_that_no_commit_holds_yet(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    history = History.read(repository(box))
    assert (history.head, history.created("a.md"), history.versions("a.md")) == (None, None, [])
    assert reference(box) == ("uncommitted", "", "")
    box.commit(dated(OLD))
    assert reference(box) == ("uncommitted", "", "")
    assert reference(box, "not-there.md") == ("uncommitted", "", "")
    assert reference(box, value=OLD) == ("known", "work", "a.md")


def test_names_of_every_kind(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    for day, value in enumerate((OLD, NEW)):
        box.commit({name: article(value, body=f"n{n}") for n, name in enumerate(HOSTILE)}, value, day)
    history = History.read(repository(box))
    assert present(box) == repository(box).tree("HEAD").keys() == set(HOSTILE)
    found = history.references({name: {"date": NEW} for name in HOSTILE}, claim)
    assert {r.version.subject for r in found.values() if r.version} == {NEW} and len(found) == len(HOSTILE)
    for name in HOSTILE:
        created = history.created(name)
        assert created and (created.subject, created.path) == (OLD, name)


@pytest.mark.parametrize("ending", ["md", "MD", "markdown", "mdown", "mdx", "md.erb", "mdx.liquid"])
def test_articles_of_every_ending_change_places(ending: str, tmp_path: Path) -> None:
    box, (one, other) = Sandbox(tmp_path), (article(OLD), article(NEW, "y"))
    a, b = f"a.{ending}", f"b.{ending}"
    box.build({"c1": Node([], {a: one, b: other}), "c2": Node(["c1"], {a: other, b: one})})
    assert reference(box, a) == ("known", "c1", b)


def test_links_submodules_and_mode_changes_are_no_content(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    box.commit(dated(NEW), "as a file", day=1)
    (tmp_path / "a.md").chmod(0o755)
    (tmp_path / "link.md").symlink_to("a.md")
    head = box.git("rev-parse", "HEAD")
    box.commit({}, "made executable", day=2)
    box.git("update-index", "--add", "--cacheinfo", f"160000,{head},sub")
    box.git("commit", "--quiet", "-m", "submodule")
    assert present(box) == {"a.md"}
    assert reference(box) == ("known", "as a file", "a.md")
    (tmp_path / "b.md").symlink_to("nowhere")
    box.commit({}, "as a link", day=4)
    box.commit({"b.md": None}, day=5)
    box.commit({"b.md": article(NEW, body="other")}, "b", day=6)
    assert reference(box, "b.md") == ("known", "b", "b.md")


def test_what_lies_on_one_machine_alone_replaces_no_commit(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    root = box.commit(dated(OLD), "first", day=1)
    second = box.commit(dated(NEW), "dated", day=2)
    box.commit({"b.md": "b"}, "later", day=3)
    known = told(box)
    # Both would make the second commit the first, which had the value from the beginning.
    box.git("replace", second, box.git("commit-tree", f"{second}^{{tree}}", data=b"replaced"))
    assert box.git("log", "--format=%s").split() == ["later", "replaced"]
    assert told(box) == known
    box.git("replace", "--delete", second)
    (tmp_path / ".git" / "info" / "grafts").write_text(f"{second}\n")
    assert root not in box.git("log", "--format=%H").split()
    assert told(box) == known
    assert reference(box) == ("known", "dated", "a.md")


def test_sha256(tmp_path: Path) -> None:
    box = Sandbox(tmp_path, "--object-format=sha256")
    box.commit(dated(OLD), "one", 1)
    box.commit(dated(NEW), "two", 2)
    assert reference(box) == ("known", "two", "a.md")


@pytest.mark.parametrize(
    "value", ["2001-01-01", "2020-09-20", "2020-09-24", "2035-01-01", "9999-12-31", "soon"]
)
def test_the_day_that_a_claim_names_decides_nothing(value: str, tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    nodes = {"c0": BASE} | {
        f"c{n}": Node([f"c{n - 1}"], dated(value if n >= 4 else OLD, str(n)), day=n) for n in range(1, 14)
    }
    nodes |= {"b": Node(["c5"], dated(value, "b"), day=8), "m": Node(["c13", "b"], dated(value, "m"), day=15)}
    box.build(nodes)
    assert reference(box, value=value) == ("known", "c4", "a.md")
