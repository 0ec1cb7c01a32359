"""Where dates came in, by what is kept of an earlier commit and the commits since, is what the whole history says."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from kcs.kb.base import KnowledgeBase
from kcs.kb.git import log as git_log
from kcs.kb.past.references import References
from tests.kb.git_sandbox import NEW, OLD, Node, Sandbox, article, dated
from tests.kb.histories import CASES
from tests.kb.test_history_random import Drawn, build, histories

_CONFIG = '[articles]\ninclude = ["**/*.md"]\n[fields]\nverified_at = "audit_date"\n'


class Ways:
    """A base, and both ways to know of a commit: from an earlier one, and anew."""

    def __init__(self, box: Sandbox, folder: str = "") -> None:
        (root := box.root / folder).mkdir(exist_ok=True)
        (root / "kcs.toml").write_text(_CONFIG)
        self.box, self.kb = box, KnowledgeBase.open(root)
        self.counted: Counter[str] = Counter()

    def line(self) -> list[str]:
        """The commits of HEAD's first parents, newest first."""
        return self.box.git("rev-list", "--first-parent", "HEAD").split()

    def check(self, old: str, new: str) -> bool:
        """Whether what is kept of `old` did for `new`; both ways must say the same of all files."""
        git_log._kept.clear()
        anew = self.kb.references_at(new, "anew")
        self.kb.references_at(old, "kept")
        git_log._kept.clear()
        found = self.kb.references_at(new, "kept")
        carried = not git_log._kept
        self.counted["claims"] += sum(bool(claimed) for claimed, _ in self.said(anew, new).values())
        assert self.said(found, old, new) == self.said(anew, old, new)
        kept, fresh = ((self.kb.cache.folder / name).read_bytes() for name in ("kept", "anew"))
        assert kept == fresh
        self.counted["carried" if carried else "anew"] += 1
        return carried

    def said(self, references: References, *commits: str) -> Mapping[str, tuple[object, bytes | None]]:
        paths = {
            path for one in commits for path in self.box.git("ls-tree", "-rz", "--name-only", one).split("\0")
        }
        names = (path.removeprefix(self.kb.prefix) for path in sorted(filter(None, paths)))
        return {path: (references._claimed(path), references.told(path)) for path in names}


A, B = dated(OLD), dated(OLD, path="b.md")
PICTURE, OTHER = b"\x89PNG" + bytes(range(200)), b"\x89PNG" + bytes(range(200, 0, -1))
# What came after `old`, and whether that alone tells where the dates of today came in.
SINCE: dict[str, tuple[dict[str, Node], bool]] = {
    "another file": ({"old": Node([], A), "new": Node(["old"], {**A, "z": "z"})}, True),
    "another text, the same date": ({"old": Node([], A), "new": Node(["old"], dated(OLD, "x"))}, True),
    "another date": ({"old": Node([], A), "new": Node(["old"], dated(NEW))}, True),
    "another date, and back": (
        {"old": Node([], A), "c1": Node(["old"], dated(NEW)), "new": Node(["c1"], A)}, True,
    ),
    "another date, and back, after a commit whose clock was slow": (
        {"c0": Node([], dated("2020-09-13")), "c1": Node(["c0"], dated("2020-09-15", "x"), day=2),
         "old": Node(["c1"], dated("2020-09-15", "x") | {"z": "z"}, day=-400),
         "new": Node(["old"], dated("2020-09-13", "x") | {"z": "z"}, day=5)}, False,
    ),
    "another date, and back, where a merge brought it": (
        {"c0": Node([], dated("2020-09-13"), day=-400), "c1": Node([], dated("2020-09-14"), day=-400),
         "old": Node(["c0", "c1"], dated("2020-09-15"), day=2), "new": Node(["old"], dated("2020-09-14", "x"), day=3)}, False,
    ),
    "another date, and back, where the file had another name": (
        {"c0": Node([], dated("2020-09-14", path="b.md"), day=2), "c1": Node(["c0"], dated("2020-09-15", "x"), day=3),
         "old": Node(["c1"], dated("2020-09-15", "x") | {"z": "z"}, day=4), "new": Node(["old"], dated("2020-09-14", "x") | {"z": "z"}, day=5)}, False,
    ),
    "two that were written to in one commit": (
        {"old": Node([], A | B), "new": Node(["old"], dated(NEW) | dated(NEW, path="b.md"))}, True,
    ),
    "a new article": ({"old": Node([], A), "new": Node(["old"], A | B)}, True),
    "a new article, merged": (
        {"old": Node([], A), "c1": Node(["old"], A | B), "new": Node(["old", "c1"], A | B)}, True,
    ),
    "a date set on a branch that began before": (
        {"c0": Node([], A), "c1": Node(["c0"], dated(NEW)), "old": Node(["c0"], A | {"z": "z"}),
         "new": Node(["old", "c1"], dated(NEW) | {"z": "z"})}, True,
    ),
    "a date from before a branch, taken instead of today's": (
        {"c0": Node([], A), "c1": Node(["c0"], dated(OLD, "x")), "old": Node(["c0"], dated(NEW)),
         "new": Node(["old", "c1"], dated(OLD, "x"))}, False,
    ),
    "a date from before a branch, set again since and taken away": (
        {"c0": Node([], A), "c1": Node(["c0"], dated(NEW)), "old": Node(["c1"], dated(OLD, "x")),
         "c2": Node(["old"], dated(NEW, "x")), "c3": Node(["c0"], dated(OLD, "y")),
         "new": Node(["c2", "c3"], dated(OLD, "y"))}, False,
    ),
    "an article that is gone": ({"old": Node([], A | B), "new": Node(["old"], A)}, True),
    "an article brought back": (
        {"c0": Node([], A | B), "old": Node(["c0"], A), "new": Node(["old"], A | B)}, False,
    ),
    "an article moved": (
        {"old": Node([], B), "new": Node(["old"], {"c.md": B["b.md"]})}, False,
    ),
    "two that changed places": (
        {"old": Node([], dated(OLD) | {"b.md": article(NEW, "y")}),
         "new": Node(["old"], {"a.md": article(NEW, "y"), "b.md": article(OLD)})}, True,
    ),
    "a picture moved": (
        {"old": Node([], A | {"p.png": PICTURE}), "new": Node(["old"], A | {"q.png": PICTURE})}, True,
    ),
    "a picture for another": (
        {"old": Node([], A | {"p.png": PICTURE}), "new": Node(["old"], A | {"q.png": OTHER})}, True,
    ),
    "other names of people": (
        {"old": Node([], A), "new": Node(["old"], A | {".mailmap": "Ann <ann@acme.example> <old@acme.example>\n"})},
        False,
    ),
    "the other side of a merge": (
        {"c0": Node([], A), "old": Node(["c0"], dated(NEW)), "c1": Node(["c0"], A | {"z": "z"}),
         "new": Node(["c1", "old"], dated(NEW) | {"z": "z"})}, False,
    ),
    "the other side of a merge that took nothing of it": (
        {"c0": Node([], A), "old": Node(["c0"], dated(NEW)), "c1": Node(["c0"], A | {"z": "z"}),
         "new": Node(["c1", "old"], A | {"z": "z"})}, False,
    ),
    "a date set by a name of before, where today's came anew": (
        {"c0": Node([], A), "c1": Node(["c0"], dated(NEW)), "c2": Node(["c0"], {"b.md": A["a.md"]}),
         "old": Node(["c2"], {"b.md": article(OLD, "y")}), "c3": Node(["old"], {}), "c4": Node(["c3"], {"b.md": article(OLD, "y")}),
         "new": Node(["c4", "c1"], {"b.md": article(NEW, "y")})}, False,
    ),
    "a date set by a name of before, where another text of today's came anew": (
        {"c0": Node([], A), "c1": Node(["c0"], dated("2020-09-20"), day=8), "c2": Node(["c0"], {"b.md": A["a.md"]}),
         "old": Node(["c2"], {"b.md": article(OLD, "y")}), "c3": Node(["old"], {}), "c4": Node(["c3"], {"b.md": article(OLD, "y")}),
         "new": Node(["c4", "c1"], {"b.md": article("2020-09-20", "y")}, day=9)}, False,
    ),
    "a date set by the name of the first side, by a merge that kept the other's": (
        {"c0": Node([], A), "r": Node(["c0"], {"b.md": A["a.md"]}), "c1": Node(["c0"], A | {"z": "z"}), "old": Node(["c1", "r"], A | {"z": "z"}),
         "c2": Node(["old"], dated("2020-09-20") | {"z": "z"}, day=8), "c3": Node(["r"], {"b.md": article(OLD, "y")}),
         "new": Node(["c2", "c3"], {"b.md": article("2020-09-20", "y"), "z": "z"}, day=9)}, False,
    ),
    "an earlier commit": ({"new": Node([], A), "old": Node(["new"], dated(NEW))}, False),
}  # fmt: skip


@pytest.fixture
def ways(tmp_path: Path) -> Iterator[Ways]:
    yield Ways(Sandbox(tmp_path / "kb"))


@pytest.mark.parametrize("name", CASES)
def test_histories_made_by_hand(name: str, ways: Ways) -> None:
    ways.box.build(CASES[name][0])
    newest, *before = ways.line()
    for old in before:
        ways.check(old, newest)


@pytest.mark.parametrize("name", SINCE)
def test_what_came_since(name: str, ways: Ways) -> None:
    nodes, carried = SINCE[name]
    ids = ways.box.build(nodes)
    assert ways.check(ids["old"], ids["new"]) == carried


def test_a_base_in_a_folder(tmp_path: Path) -> None:
    ways = Ways(Sandbox(tmp_path / "kb"), "kb")
    here = {"kb/a.md": article(NEW), "kb/b.md": article(OLD, "y")}
    there = {"aa/a.md": article(NEW, "z"), "aa/kb/c.md": article(OLD, "w")}
    nodes = {
        "c0": Node([], here),
        "old": Node(["c0"], here | there),
        "c1": Node(["old"], here | there | {"kb/a.md": article(OLD), "aa/kb/c.md": article(NEW, "w")}),
        "new": Node(["c1"], here | there | {"kb/b.md": there["aa/a.md"], "aa/a.md": here["kb/b.md"]}),
    }
    ids = ways.box.build(nodes)
    assert ways.check(ids["old"], ids["c1"])
    assert not ways.check(ids["old"], ids["new"])  # the date came in beside the base


def test_very_many_commits(ways: Ways, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = ways.box.build({"old": Node([], A), "c1": Node(["old"], dated(NEW)), "new": Node(["c1"], A)})
    monkeypatch.setattr(git_log, "_MOST_SINCE", 1)
    assert ways.check(ids["old"], ids["c1"])
    assert not ways.check(ids["old"], ids["new"])


def test_a_commit_that_is_gone_says_nothing(ways: Ways) -> None:
    ids = ways.box.build({"old": Node([], A), "new": Node([], dated(NEW))})
    ways.kb.references_at(ids["old"], "kept")
    ways.box.git("reflog", "expire", "--expire=now", "--all")
    ways.box.git("prune", "--expire=now")
    found = ways.kb.references_at(ids["new"], "kept")._claimed("a.md")
    assert found and found["verified_at"].origin.commit == ids["new"]


def test_what_was_kept_of_a_shallow_clone_is_not_taken_for_all(tmp_path: Path) -> None:
    box, clone = Sandbox(tmp_path / "full"), Sandbox(tmp_path / "clone")
    box.build({"c0": Node([], A, day=1), "c1": Node(["c0"], A | {"z": "z"}, day=2)})
    (clone.root / "kcs.toml").write_text(_CONFIG)
    for depth, status in (("--depth=1", "unknown"), ("--unshallow", "known")):
        clone.git("fetch", "--quiet", depth, box.root.as_uri(), "main")
        clone.git("reset", "--quiet", "--hard", "FETCH_HEAD")
        kb = KnowledgeBase.open(clone.root)
        found = kb.references_at(clone.git("rev-parse", "HEAD"), "kept")._claimed("a.md")
        assert found and found["verified_at"].origin.status == status


def test_what_a_shallow_clone_lacks_is_not_told_by_what_came_since(tmp_path: Path) -> None:
    box, clone = Sandbox(tmp_path / "full"), Sandbox(tmp_path / "clone")
    ids = box.build({
        "c0": Node([], dated("2020-09-14"), day=2), "c1": Node(["c0"], dated("2020-09-15", "x"), day=3),
        "old": Node(["c1"], dated("2020-09-15", "x") | {"z": "z"}, day=4),
        "new": Node(["old"], dated("2020-09-14", "x") | {"z": "z"}, day=5),
    })  # fmt: skip
    clone.git("fetch", "--quiet", "--depth=3", box.root.as_uri(), "main")
    clone.git("reset", "--quiet", "--hard", "FETCH_HEAD")
    assert not Ways(clone).check(ids["old"], ids["new"])


def test_a_link_in_the_place_of_a_file(ways: Ways) -> None:
    box = ways.box
    box.build({
        "c0": Node([], A), "c1": Node(["c0"], {"b.md": A["a.md"]}), "old": Node(["c1"], A), "c2": Node(["c0"], A | {"b.md": A["a.md"]}),
        "main": Node(["old", "c2"], A | {"b.md": A["a.md"]}),
    })  # fmt: skip
    box.git("reset", "--quiet", "--hard")
    (box.root / "a.md").unlink()
    (box.root / "a.md").symlink_to("b.md")
    box.git("add", "a.md")
    box.git("commit", "--quiet", "--amend", "--message", "merged")
    ways.check(box.git("rev-parse", "HEAD^"), box.git("rev-parse", "HEAD"))


def test_a_base_that_comes_into_git(tmp_path: Path) -> None:
    Ways(box := Sandbox(tmp_path / "kb"))
    box.write("a.md", A["a.md"])
    (box.root / ".git").rename(tmp_path / "git")

    def reasons() -> tuple[str, ...]:
        return KnowledgeBase.open(box.root).verdicts["a.md"].reasons

    assert "unknown-history" in reasons()
    (tmp_path / "git").rename(box.root / ".git")
    assert "unknown-history" not in reasons()
    box.commit({})
    assert "unknown-history" not in reasons()


def random(drawn: list[Drawn]) -> Counter[str]:
    with tempfile.TemporaryDirectory() as folder:
        box = Sandbox(Path(folder) / "kb")
        build(box, drawn)
        found = Ways(box)
        newest, *before = found.line()
        for old in islice(before, 2):
            found.check(old, newest)
        return found.counted


def test_random_histories() -> None:
    counted: Counter[str] = Counter()
    some = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

    @some
    @given(histories(renames=False))
    def without_renames(drawn: list[Drawn]) -> None:
        counted.update(random(drawn))

    @some
    @given(histories(renames=True))
    def with_renames(drawn: list[Drawn]) -> None:
        counted.update(random(drawn))

    without_renames()
    with_renames()
    assert counted["carried"] > 5 and counted["anew"] > 5 and counted["claims"] > 50
