from __future__ import annotations

import json
from pathlib import Path

import pytest

from kcs.errors import RepositoryProblem
from kcs.kb import git_log
from kcs.kb.git import Repository
from kcs.kb.history import History, Version
from kcs.kb.records import object_id
from tests.kb.git_sandbox import START, Node, Sandbox, article, claim

OLD, NEW = "2019-01-01", "2020-06-01"


def reference(box: Sandbox, path: str = "a.md", value: str = NEW) -> tuple[str, str, str]:
    """(status, subject, path) of where `value` came in; the subject is the commit's name."""
    found = History.read(repository(box)).references({path: {"date": value}}, claim)[path, "date"]
    return (
        (found.status, found.version.subject, found.version.path) if found.version else (found.status, "", "")
    )


def repository(box: Sandbox) -> Repository:
    found = Repository.find(box.root)
    assert found
    return found


def files(value: str, note: str = "", path: str = "a.md") -> dict[str, str]:
    return {path: article(value, note=note)}


BASE = Node([], files(OLD))
CASES: dict[str, tuple[dict[str, Node], str]] = {
    "linear": ({"c1": BASE, "c2": Node(["c1"], files(NEW)), "c3": Node(["c2"], files(NEW, "later"))}, "c2"),
    "present from the start": ({"c1": Node([], files(NEW)), "c2": Node(["c1"], files(NEW, "later"))}, "c1"),
    "on a branch, then merged": (
        {"c1": BASE, "b": Node(["c1"], files(NEW)), "c2": Node(["c1"], {**files(OLD), "z": "z"}),
         "m": Node(["c2", "b"], {**files(NEW), "z": "z"})},
        "b",
    ),
    "on both branches: the first parent's": (
        {"c1": BASE, "b": Node(["c1"], files(NEW), day=1), "c2": Node(["c1"], files(NEW, "x"), day=9),
         "m": Node(["c2", "b"], files(NEW))},
        "c2",
    ),
    "on both branches, the other older": (
        {"c1": BASE, "b": Node(["c1"], files(NEW), day=9), "c2": Node(["c1"], files(NEW, "x"), day=1),
         "m": Node(["b", "c2"], files(NEW))},
        "b",
    ),
    "conflict resolved to the second side": (
        {"c1": BASE, "c2": Node(["c1"], files("2020-01-05")), "b": Node(["c1"], files(NEW)),
         "m": Node(["c2", "b"], files(NEW))},
        "b",
    ),
    "conflict resolved to the first side": (
        {"c1": BASE, "c2": Node(["c1"], files(NEW)), "b": Node(["c1"], files("2020-01-05")),
         "m": Node(["c2", "b"], files(NEW, "both notes"))},
        "c2",
    ),
    "a merge that no parent agrees with": (
        {"c1": BASE, "c2": Node(["c1"], files("2020-01-05")), "b": Node(["c1"], files("2020-01-07")),
         "m": Node(["c2", "b"], files(NEW))},
        "m",
    ),
    "a merge that changes what both left alone": (
        {"c1": BASE, "c2": Node(["c1"], {**files(OLD), "z": "z"}), "b": Node(["c1"], {**files(OLD), "y": "y"}),
         "m": Node(["c2", "b"], files(NEW))},
        "m",
    ),
    "dropped by one merge, brought back by another that nobody asked": (
        {"c1": BASE, "b": Node(["c1"], files(NEW)), "c2": Node(["c1"], {**files(OLD), "z": "z"}),
         "m1": Node(["c2", "b"], {**files(OLD), "z": "z"}), "c3": Node(["m1"], {**files(OLD), "y": "y"}),
         "m2": Node(["c3", "m1"], files(NEW))},
        "m2",
    ),
    "reverted and applied again": (
        {"c1": BASE, "c2": Node(["c1"], files(NEW)), "c3": Node(["c2"], files(OLD)), "c4": Node(["c3"], files(NEW))},
        "c4",
    ),
    "reverted and applied again on a branch, the trunk never gave it up": (
        {"c1": BASE, "c2": Node(["c1"], files(NEW)), "b1": Node(["c2"], files(OLD)), "b2": Node(["b1"], files(NEW)),
         "c3": Node(["c2"], {**files(NEW), "z": "z"}), "m": Node(["c3", "b2"], {**files(NEW), "z": "z"})},
        "c2",
    ),
    "moved back and forth": (
        {"c1": BASE, "c2": Node(["c1"], files("2020-02-02")), "c3": Node(["c2"], files(NEW)),
         "c4": Node(["c3"], files("2020-02-02")), "c5": Node(["c4"], files(NEW)), "c6": Node(["c5"], files(NEW, "x"))},
        "c5",
    ),
    "rename alone": (
        {"c1": BASE, "c2": Node(["c1"], files(NEW, path="old.md")), "c3": Node(["c2"], files(NEW))}, "c2 old.md"),
    "rename with an edit": (
        {"c1": BASE, "c2": Node(["c1"], files(NEW, path="old.md")), "c3": Node(["c2"], files(NEW, "edited"))},
        "c2 old.md",
    ),
    "rename that brings the value": (
        {"c1": Node([], files(OLD, path="old.md")), "c2": Node(["c1"], files(NEW))}, "c2"),
    "renamed on the trunk, dated on the branch": (
        {"c1": Node([], files(OLD, path="old.md")), "c2": Node(["c1"], files(OLD)),
         "b": Node(["c1"], files(NEW, path="old.md")), "m": Node(["c2", "b"], files(NEW))},
        "b old.md",
    ),
    "renamed on the branch, dated on the trunk": (
        {"c1": Node([], files(OLD, path="old.md")), "c2": Node(["c1"], files(NEW, path="old.md")),
         "b": Node(["c1"], files(OLD)), "m": Node(["c2", "b"], files(NEW))},
        "c2 old.md",
    ),
    "the merge itself renamed it": (
        {"c1": Node([], files(OLD, path="old.md")), "c2": Node(["c1"], files(NEW, path="old.md")),
         "b": Node(["c1"], {**files(OLD, path="old.md"), "y": "y"}), "m": Node(["c2", "b"], {**files(NEW), "y": "y"})},
        "c2 old.md",
    ),
    "renamed and rewritten step by step on the branch, dated on the trunk": (
        {
            "c1": Node([], files(OLD, path="old.md")),
            "c2": Node(["c1"], files(NEW, path="old.md")),
            "b1": Node(["c1"], files(OLD)),
            "b2": Node(["b1"], {"a.md": article(OLD)[:600] + article(OLD, "other")[:500]}),
            "b3": Node(["b2"], {"a.md": article(OLD, "other")}),
            "m": Node(["c2", "b3"], {"a.md": article(NEW, "other")}),
        },
        "c2 old.md",
    ),
    "split on the branch: the old name stays another article": (
        {
            "c1": Node([], files(OLD, path="old.md")),
            "c2": Node(["c1"], files(NEW, path="old.md")),
            "b": Node(["c1"], files(NEW)),
            "m": Node(["c2", "b"], files(NEW) | files(NEW, path="old.md")),
        },
        "b",
    ),
    "criss-cross": (
        {"c1": BASE, "p": Node(["c1"], files(NEW)), "q": Node(["c1"], {**files(OLD), "z": "z"}),
         "pq": Node(["p", "q"], {**files(NEW), "z": "z"}), "qp": Node(["q", "p"], {**files(NEW), "z": "z"}),
         "r": Node(["qp"], {**files(OLD), "z": "z"}), "s": Node(["r"], {**files(NEW), "z": "z"}),
         "m": Node(["pq", "s"], {**files(NEW), "z": "z"})},
        "p",
    ),
    "criss-cross, from the other side": (
        {"c1": BASE, "p": Node(["c1"], files(NEW)), "q": Node(["c1"], {**files(OLD), "z": "z"}),
         "pq": Node(["p", "q"], {**files(NEW), "z": "z"}), "qp": Node(["q", "p"], {**files(NEW), "z": "z"}),
         "r": Node(["qp"], {**files(OLD), "z": "z"}), "s": Node(["r"], {**files(NEW), "z": "z"}),
         "m": Node(["s", "pq"], {**files(NEW), "z": "z"})},
        "s",
    ),
    "octopus: the third parent": (
        {"c1": BASE, "c2": Node(["c1"], {**files(OLD), "z": "z"}), "x": Node(["c1"], {**files(OLD), "y": "y"}),
         "b": Node(["c1"], files(NEW)), "m": Node(["c2", "x", "b"], {**files(NEW), "y": "y", "z": "z"})},
        "b",
    ),
    "deleted and written anew": (
        {"c1": Node([], files(NEW)), "c2": Node(["c1"], {"z": "z"}), "c3": Node(["c2"], {**files(NEW), "z": "z"})},
        "c3",
    ),
    "two roots": (
        {"c1": BASE, "r": Node([], files(NEW, path="b.md")), "c2": Node(["c1"], files(NEW)),
         "m": Node(["r", "c2"], {**files(NEW), "b.md": article(NEW)})},
        "c2",
    ),
    "dates that run backwards": (
        {"c1": Node([], files(OLD), day=90), "c2": Node(["c1"], files(NEW), day=50), "c3": Node(["c2"], files(OLD), day=99),
         "c4": Node(["c3"], files(NEW), day=10), "c5": Node(["c4"], files(NEW, "x"), day=70)},
        "c4",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_reference_commit_by_hand(name: str, tmp_path: Path) -> None:
    nodes, expected = CASES[name]
    box = Sandbox(tmp_path / "kb")
    box.build(nodes)
    commit, _, path = expected.partition(" ")
    assert reference(box) == ("known", commit, path or "a.md")


def test_shallow_clone_knows_what_lies_within_and_says_so_of_the_rest(tmp_path: Path) -> None:
    box = Sandbox(tmp_path / "full")
    nodes = {"c1": Node([], files(OLD) | files(NEW, path="b.md"), day=1)}
    for n in range(2, 8):
        nodes[f"c{n}"] = Node(
            [f"c{n - 1}"], files(NEW if n >= 5 else OLD, str(n)) | files(NEW, path="b.md"), day=n
        )
    box.build(nodes)
    answers = {}
    for depth in (1, 3, 4, 5):
        clone = Sandbox(tmp_path / f"depth{depth}")
        clone.git("fetch", "--quiet", f"--depth={depth}", box.root.as_uri(), "main")
        clone.git("reset", "--quiet", "--hard", "FETCH_HEAD")
        answers[depth] = (reference(clone)[:2], reference(clone, "b.md")[0])
        history = History.read(repository(clone))
        assert history.shallow and history.created("a.md") is None
    assert answers == {
        1: (("unknown", ""), "unknown"),
        # Depth 3 ends at c5, which may or may not be where the value came in: it cannot be told.
        3: (("unknown", ""), "unknown"),
        4: (("known", "c5"), "unknown"),
        5: (("known", "c5"), "unknown"),
    }


def test_facts_kept_from_a_shallow_clone_are_refused_once_it_was_deepened(tmp_path: Path) -> None:
    box = Sandbox(tmp_path / "full")
    box.build({"c1": BASE, "c2": Node(["c1"], files(NEW))})
    clone = Sandbox(tmp_path / "clone")
    clone.git("fetch", "--quiet", "--depth=1", box.root.as_uri(), "main")
    clone.git("reset", "--quiet", "--hard", "FETCH_HEAD")
    kept = History.read(repository(clone)).to_json()
    clone.git("fetch", "--quiet", "--unshallow", box.root.as_uri(), "main")
    with pytest.raises(ValueError, match="deepened"):
        History.from_json(repository(clone), kept)
    assert reference(clone)[:2] == ("known", "c2")


def test_value_that_no_commit_holds_yet(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    history = History.read(repository(box))
    assert (history.head, history.files(), history.created("a.md"), history.versions("a.md")) == (
        None,
        {},
        None,
        [],
    )
    assert reference(box) == ("uncommitted", "", "")
    box.commit(files(OLD))
    assert reference(box) == ("uncommitted", "", "")
    assert reference(box, "not-there.md") == ("uncommitted", "", "")
    assert reference(box, value=OLD) == ("known", "work", "a.md")


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
        second, "Ann Author", "ann@acme.example", seconds, 420, seconds, "edit", blob, "old name.md"
    )
    created = history.created("new/name.md")
    assert created and (created.commit, created.path) == (first, "old name.md")
    assert [(v.commit, v.path) for v in history.versions("new/name.md")] == [
        (third, "new/name.md"), (second, "old name.md"), (first, "old name.md")]  # fmt: skip
    assert history.created("old name.md") is None and history.last("nowhere") is None


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


def test_earlier_commit_without_asking_again(tmp_path: Path) -> None:
    box = Sandbox(tmp_path / "kb")
    made = box.build(
        {
            "c1": BASE,
            "c2": Node(["c1"], files(NEW)),
            "c3": Node(["c2"], files(OLD)),
            "c4": Node(["c3"], files(NEW)),
        }
    )
    history = History.read(repository(box))
    now = history.references({"a.md": {"date": NEW}}, claim)["a.md", "date"].version
    then = history.at(made["c2"]).references({"a.md": {"date": NEW}}, claim)["a.md", "date"].version
    assert now and then and (now.subject, then.subject) == ("c4", "c2")
    assert history.at(made["c1"]).files() == repository(box).tree(made["c1"])
    assert (
        History.read(repository(box), made["c2"])
        .references({"a.md": {"date": NEW}}, claim)["a.md", "date"]
        .version
        == then
    )
    with pytest.raises(RepositoryProblem, match="no part of the history"):
        history.at("0" * 40)


def test_kept_facts_answer_alike_and_damaged_ones_are_refused(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    odd = b"caf\xe9.md".decode("utf-8", "surrogateescape")
    box.commit({odd: article(NEW), "b.md": article(OLD)})
    history = History.read(repository(box))
    claims = {odd: {"date": NEW}, "b.md": {"date": NEW}}
    answer = history.references(claims, claim)
    kept = json.loads(json.dumps(history.to_json()))
    again = History.from_json(repository(box), kept)

    def never(raw: bytes) -> dict[str, str]:
        raise AssertionError("it was kept")

    assert again.references(claims, never) == answer and answer[odd, "date"].status == "known"
    assert again.created(odd) == history.created(odd) and again.last("b.md") == history.last("b.md")
    assert again.versions(odd) == history.versions(odd) and again.created("zzz") is None
    asked_later = {"b.md": {"date": OLD}}
    assert again.references(asked_later, claim) == history.references(asked_later, claim)
    damages: list[dict[str, object]] = [
        {},
        kept | {"format": 0},
        kept | {"head": "--output=x"},
        kept | {"commits": 3},
        kept | {"claims": [1]},
    ]
    for damaged in damages:
        with pytest.raises(ValueError):
            History.from_json(repository(box), damaged)


def test_names_of_every_kind(tmp_path: Path) -> None:
    names = [
        " blank .md",
        "new\nline.md",
        "tab\t.md",
        "quo\"te's.md",
        "บทความ.md",
        "-dash.md",
        ":colon.md",
        "\x01.md",
        "[a]*?.md",
    ]
    names.append(b"bad\xff\xfeutf8.md".decode("utf-8", "surrogateescape"))
    box = Sandbox(tmp_path)
    for day, value in enumerate((OLD, NEW)):
        box.commit({name: article(value, body=f"n{n}") for n, name in enumerate(names)}, value, day)
    history = History.read(repository(box))
    assert set(history.files()) == set(names)
    found = history.references({name: {"date": NEW} for name in names}, claim)
    assert {r.version.subject for r in found.values() if r.version} == {NEW} and len(found) == len(names)
    for name in names:
        created = history.created(name)
        assert created and (created.subject, created.path) == (OLD, name)


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


def test_links_submodules_and_mode_changes_are_no_content(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    box.commit(files(NEW), "as a file", day=1)
    (tmp_path / "a.md").chmod(0o755)
    (tmp_path / "link.md").symlink_to("a.md")
    head = box.git("rev-parse", "HEAD")
    box.commit({}, "made executable", day=2)
    box.git("update-index", "--add", "--cacheinfo", f"160000,{head},sub")
    box.git("commit", "--quiet", "-m", "submodule")
    assert set(History.read(repository(box)).files()) == {"a.md"}
    assert reference(box) == ("known", "as a file", "a.md")
    (tmp_path / "b.md").symlink_to("nowhere")
    box.commit({}, "as a link", day=4)
    box.commit({"b.md": None}, day=5)
    box.commit({"b.md": article(NEW, body="other")}, "b", day=6)
    assert reference(box, "b.md") == ("known", "b", "b.md")


def facts(box: Sandbox) -> object:
    """All that Git says anew: the process keeps its last log by commit."""
    git_log._kept.clear()
    return History.read(repository(box)).to_json()


def test_what_lies_on_one_machine_alone_replaces_no_commit(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    root = box.commit(files(OLD), "first", day=1)
    dated = box.commit(files(NEW), "dated", day=2)
    box.commit({"b.md": "b"}, "later", day=3)
    known = facts(box)
    # Both would make the second commit the first, which had the value from the beginning.
    box.git("replace", dated, box.git("commit-tree", f"{dated}^{{tree}}", data=b"replaced"))
    assert box.git("log", "--format=%s").split() == ["later", "replaced"]
    assert facts(box) == known
    box.git("replace", "--delete", dated)
    (tmp_path / ".git" / "info" / "grafts").write_text(f"{dated}\n")
    assert root not in box.git("log", "--format=%H").split()
    assert facts(box) == known
    assert reference(box) == ("known", "dated", "a.md")


def test_mailmap_is_the_commits_own(tmp_path: Path) -> None:
    box = Sandbox(tmp_path)
    box.commit(files(OLD))
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
    plain = History.read(repository(box)).to_json()
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
    assert History.read(repository(box)).to_json() == plain


def test_sha256(tmp_path: Path) -> None:
    box = Sandbox(tmp_path, "--object-format=sha256")
    box.commit(files(OLD), "one", 1)
    box.commit(files(NEW), "two", 2)
    assert reference(box) == ("known", "two", "a.md")
