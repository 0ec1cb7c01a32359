"""What is told of one file of a history: its versions, and where it and its content came in."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcs.kb.git import diff_tree, log
from kcs.kb.kept.cache import user_folder
from kcs.kb.past.committed import Version, commit_of
from kcs.kb.past.history import History
from kcs.kb.records import object_id
from tests.kb.git_sandbox import (
    NEW,
    OLD,
    START,
    Sandbox,
    article,
    claim,
    dated,
    repository,
    told,
)
from tests.kb.histories import CASES


def test_created_last_and_versions(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    first = box.commit({"old name.md": article(OLD)}, "write", day=1)
    second = box.commit({"old name.md": article(NEW)}, "edit", day=2)
    (tmp_path / "new").mkdir()
    (tmp_path / "old name.md").rename(tmp_path / "new" / "name.md")
    third = box.commit({}, "rename", day=3)
    box.commit({"other.md": "other"}, day=4)
    history = History.read(repository(box))
    raw = article(NEW).encode()
    blob = object_id(raw, repository(box).object_format)
    seconds = START + 2 * 86400
    assert history.last("new/name.md") == Version(
        second, "Ann Author", "ann@acme.example", seconds, seconds, "edit", blob, "old name.md"
    )
    created = history.created("new/name.md")
    assert created and (created.commit, created.path) == (first, "old name.md")
    assert [(v.commit, v.path) for v in history.versions("new/name.md")] == [
        (third, "new/name.md"), (second, "old name.md"), (first, "old name.md")]  # fmt: skip
    assert history.created("old name.md") is None and history.last("nowhere") is None


def test_a_commit_that_moves_and_edits_more_files_than_git_compares_loses_no_articles_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise every date in such a commit would vouch for what its author made of the text."""
    for module in (diff_tree, log):
        monkeypatch.setattr(module, "MOST_COMPARED", 2)
    box = Sandbox(tmp_path)
    names = ["one", "two", "three", "four"]
    first = box.commit({f"posts/2019-01-0{len(one)}-{one}.md": article(OLD, one) for one in names}, day=1)
    gone: dict[str, str | None] = {f"posts/2019-01-0{len(one)}-{one}.md": None for one in names}
    moved = {f"content/{one}.md": article(OLD, one, "edited") for one in names}
    pictures = {f"content/{one}.png": one * 99 for one in names}
    box.commit({**gone, **moved, **pictures}, "migrate", day=2)

    def judge() -> Path:
        log._kept.clear()
        history = History.read(repository(box))
        for one in names:
            created = history.created(f"content/{one}.md")
            assert created and created.commit == first
            picture = history.created(f"content/{one}.png")
            assert picture and picture.subject == "migrate"
        (kept,) = user_folder().glob("*/renames-*")
        return kept

    kept = judge()
    written = kept.stat().st_mtime_ns
    box.commit({"content/one.md": article(NEW, "one", "edited")}, "later", day=3)
    assert judge() == kept and kept.stat().st_mtime_ns == written, (
        "the next commit asks Git for no rename again"
    )
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-9])
    assert judge().read_bytes() == whole


def test_steps_and_what_lies_behind(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    assert History.read(repository(box)).steps("a.md") == []
    assert History.read(repository(box)).behind(["0" * 40]) == frozenset()
    made = box.build(CASES["conflict resolved to the first side"][0])
    history = History.read(repository(box))
    blobs = {name: repository(box).tree(oid)["a.md"] for name, oid in made.items()}
    steps = {
        step.version.subject: (step.merge, [blob for blob, _ in step.before])
        for step in history.steps("a.md")
    }
    assert steps == {
        "m": (True, [blobs["c2"], blobs["b"]]),
        "c2": (False, [blobs["c1"]]),
        "b": (False, [blobs["c1"]]),
        "c1": (False, []),
    }
    assert history.behind([made["b"], "0" * 40]) == {made["b"], made["c1"]}


def test_as_of_an_earlier_commit(tmp_path: Path) -> None:
    box = Sandbox(tmp_path / "kb")
    made = box.build(CASES["reverted and applied again"][0])
    history = History.read(repository(box), made["c2"])
    then = history.references({"a.md": {"date": NEW}}, claim)["a.md", "date"].version
    last = history.last("a.md")
    assert then and last and (then.subject, last.subject) == ("c2", "c2")
    assert [one.subject for one in history.versions("a.md")] == ["c2", "c1"]
    today = History.read(repository(box)).last("a.md")
    assert today and today.subject == "c4"


def test_odd_commits(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    box.write("a.md", article(OLD))
    box.git("add", "--all")
    tree = box.git("write-tree")
    raw = b"tree %s\nauthor Ren\xe9 <rene@x> 99999999999999999 +9999\ncommitter C <c@x> 1600000000 -0330\n\n:%s\n:\x01\xff"
    oid = box.git(
        "hash-object",
        "-t",
        "commit",
        "-w",
        "--stdin",
        "--literally",
        data=raw % (tree.encode(), b"s" * 2_000_000),
    )
    box.git("reset", "--quiet", "--hard", oid)
    box.commit({"a.md": article(NEW)}, ":100644 100644 looks like a change\x02", day=1)
    newest, oldest = History.read(repository(box)).versions("a.md")
    assert newest.subject.startswith(":100644")
    assert oldest.author_name == "Ren\N{REPLACEMENT CHARACTER}" and oldest.author_time == 0
    assert oldest.committer_time == 1_600_000_000 and len(oldest.subject) == 500


def test_mailmap_is_the_commits_own(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    box.commit(dated(OLD))
    bare = History.read(repository(box)).created("a.md")
    box.commit({".mailmap": "Ann B. <ann.b@acme.example> <ann@acme.example>\n"})
    mapped = History.read(repository(box)).created("a.md")
    (tmp_path / ".mailmap").write_text("Nobody <no@acme.example> <ann@acme.example>\n")
    assert History.read(repository(box)).created("a.md") == mapped
    assert bare and (bare.author_name, bare.author_email) == ("Ann Author", "ann@acme.example")
    assert mapped and (mapped.author_name, mapped.author_email) == ("Ann B.", "ann.b@acme.example")
    old = History.read(repository(box), "HEAD~1").created("a.md")
    assert old == bare


def test_no_configuration_and_no_environment_changes_the_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Sandbox(tmp_path / "kb")
    made = box.build(CASES["renamed on the trunk, dated on the branch"][0])
    plain = told(box)
    (tmp_path / "map").write_text("X <x@x> <b@acme.example>\n<x@x> <c1@acme.example>\n")
    (tmp_path / "order").write_text("zzz\n")
    (tmp_path / "config").write_text(
        f"[log]\nshowRoot = false\nshowSignature = true\ndate = relative\ndiffMerges = separate\nmailmap = false\n"
        f"[diff]\nrenames = false\nrenameLimit = 1\norderFile = {tmp_path}/order\nexternal = false\nnoprefix = true\n"
        f"[color]\nui = always\n[mailmap]\nfile = {tmp_path}/map\n[core]\nfsmonitor = false\nquotePath = true\n"
        "[i18n]\nlogOutputEncoding = UTF-16\n[format]\npretty = oneline\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    box.git("replace", "--graft", made["m"], made["c1"])
    (box.root / ".git" / "info").mkdir(exist_ok=True)
    (box.root / ".git" / "info" / "grafts").write_text(f"{made['m']}\n")
    assert told(box) == plain


@pytest.mark.parametrize(("told", "seconds"), [
    ("1605044400 -0600", 1605044400), ("0 +0000", 0), ("253402300799 +0000", 253402300799), ("253402300800 +0000", 0),
    ("9" * 5000 + " +0000", 0), ("-5 +0000", 0), ("1605044400", 0), ("1605044400 +000", 0), ("1605044400 +00x0", 0), ("", 0),
])  # fmt: skip
def test_a_commit_whatever_its_dates_are(told: str, seconds: int) -> None:
    found = commit_of(f"c1\n{told}\n1605044401\na@acme.example\nAnn\n" + "s" * 600)
    assert found == ("c1", "Ann", "a@acme.example", seconds, 1605044401, "s" * 500)
